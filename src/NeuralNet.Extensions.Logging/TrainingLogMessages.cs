using Microsoft.Extensions.Logging;
using NeuralNet.Diagnostics;
using NeuralNet.Training;

namespace NeuralNet.Extensions.Logging;

/// <summary>The messages of a training run.</summary>
internal static partial class TrainingLogMessages
{
    [LoggerMessage(
        EventId = 1,
        EventName = "TrainingStarted",
        Level = LogLevel.Information,
        SkipEnabledCheck = true,
        Message = "Training of {Parameters} parameters begins: loss {Objective}, optimizer {Optimizer}, seed {Seed}")]
    public static partial void Started(
        this ILogger logger, long parameters, string objective, string optimizer, int seed);

    [LoggerMessage(
        EventId = 2,
        EventName = "EpochEnded",
        Level = LogLevel.Information,
        SkipEnabledCheck = true,
        Message =
            "Epoch {Epoch}: loss {Loss:G5}, {Metrics}; {Samples} samples in {Seconds:F2} s, learning rate "
            + "{LearningRate:G4}")]
    public static partial void EpochEnded(
        this ILogger logger, int epoch, double loss, string metrics, long samples, double seconds, double learningRate);

    [LoggerMessage(
        EventId = 3,
        EventName = "EpochEndedWithValidation",
        Level = LogLevel.Information,
        SkipEnabledCheck = true,
        Message =
            "Epoch {Epoch}: loss {Loss:G5}, {Metrics}; validation loss {ValidationLoss:G5}, {ValidationMetrics}; "
            + "{Samples} samples in {Seconds:F2} s, learning rate {LearningRate:G4}")]
    public static partial void EpochEndedWithValidation(
        this ILogger logger,
        int epoch,
        double loss,
        string metrics,
        double validationLoss,
        string validationMetrics,
        long samples,
        double seconds,
        double learningRate);

    [LoggerMessage(
        EventId = 4,
        EventName = "TrainingEnded",
        Level = LogLevel.Information,
        SkipEnabledCheck = true,
        Message = "Training ended ({Outcome}); epochs: {Epochs}, seconds: {Seconds:F1}, reason: {Reason}")]
    public static partial void Ended(
        this ILogger logger, int epochs, double seconds, TrainingOutcome? outcome, string reason);

    [LoggerMessage(
        EventId = 5,
        EventName = "TrainingWarning",
        Level = LogLevel.Warning,
        Message = "{Kind} (layer {Layer}): {Explanation}")]
    public static partial void Warned(this ILogger logger, TrainingWarningKind kind, string? layer, string explanation);

    [LoggerMessage(
        EventId = 6,
        EventName = "BatchEnded",
        Level = LogLevel.Trace,
        SkipEnabledCheck = true,
        Message = "Epoch {Epoch}, batch {Batch}: loss {Loss:G5}, learning rate {LearningRate:G4}")]
    public static partial void BatchEnded(this ILogger logger, int epoch, int batch, double loss, double learningRate);

    [LoggerMessage(
        EventId = 7,
        EventName = "TrainingFailed",
        Level = LogLevel.Error,
        Message =
            "Training ended ({Outcome}) in epoch {Epoch}, batch {Batch}, after {Seconds:F1} s, by an exception: "
            + "{Reason}")]
    public static partial void Failed(
        this ILogger logger,
        int epoch,
        int batch,
        double seconds,
        TrainingOutcome? outcome,
        string reason,
        Exception exception);
}
