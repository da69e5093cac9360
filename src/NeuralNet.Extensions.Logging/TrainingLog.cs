using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Logging;
using NeuralNet.Diagnostics;
using NeuralNet.Guards;
using NeuralNet.Training;

namespace NeuralNet.Extensions.Logging;

/// <summary>
/// Writes a training run to a logger: its begin, its end and every epoch as information, warnings about problems of
/// training as warnings, an exception that ends it as an error, every batch as trace.
/// </summary>
/// <remarks>
/// The messages are structured: losses, samples and times are separate values, not only text. The events are numbered 1
/// (begin), 2 (epoch), 3 (epoch with validation), 4 (end), 5 (warning), 6 (batch) and 7 (end by an exception). The end
/// says how it came about, as <see cref="TrainingOutcome"/> does. An exception that ends a run is logged as an error,
/// one of a cancellation as information, and reaches the caller of Fit. One instance may serve any number of trainers.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TrainingLog<T> : ITrainingCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ILogger _logger;

    /// <summary>Makes the callback.</summary>
    /// <param name="logger">The logger to write to.</param>
    public TrainingLog(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
    }

    /// <inheritdoc/>
    public void OnTrainingStart(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_logger.IsEnabled(LogLevel.Information))
        {
            _logger.Started(
                context.Network.ParameterCount,
                context.LossFunction.Name,
                context.Optimizer.GetType().Name,
                context.Seed);
        }
    }

    /// <inheritdoc/>
    public void OnBatchEnd(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_logger.IsEnabled(LogLevel.Trace))
        {
            _logger.BatchEnded(context.Epoch, context.Batch, context.BatchLoss, context.LearningRate);
        }
    }

    /// <inheritdoc/>
    public void OnWarning(TrainingContext<T> context, TrainingWarning warning)
    {
        ArgumentNullException.ThrowIfNull(warning);
        _logger.Warned(warning.Kind, warning.Layer, warning.Message);
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (!_logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        double seconds = result.Duration.TotalSeconds;
        if (result.Validation is { } validation)
        {
            _logger.EpochEndedWithValidation(
                result.Epoch,
                result.Loss,
                Text(result.Metrics),
                validation.Loss,
                Text(validation.Metrics),
                result.Samples,
                seconds,
                result.LearningRate);
        }
        else
        {
            _logger.EpochEnded(
                result.Epoch, result.Loss, Text(result.Metrics), result.Samples, seconds, result.LearningRate);
        }
    }

    /// <inheritdoc/>
    public void OnTrainingEnd(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_logger.IsEnabled(LogLevel.Information))
        {
            _logger.Ended(context.Results.Count, context.Elapsed.TotalSeconds, context.Outcome, Reason(context));
        }
    }

    /// <inheritdoc/>
    public void OnTrainingFailed(TrainingContext<T> context, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(exception);
        if (context.Outcome is not TrainingOutcome.Cancelled)
        {
            _logger.Failed(
                context.Epoch,
                context.Batch,
                context.Elapsed.TotalSeconds,
                context.Outcome,
                MessageText.Reason(exception),
                exception);
        }
        else
        {
            OnTrainingEnd(context);
        }
    }

    private static string Reason(TrainingContext<T> context) => context.Outcome switch
    {
        TrainingOutcome.Stopped when context.StoppedBy is { } callback => $"{context.StopReason} (by {callback})",
        TrainingOutcome.Stopped => context.StopReason!,
        TrainingOutcome.Cancelled => $"it was cancelled in epoch {context.Epoch}",
        _ when context.Options.Steps is { } steps && !IsLastEpochDone(context) => $"all of its {steps} steps are made",
        _ => "all of its epochs are done",
    };

    private static bool IsLastEpochDone(TrainingContext<T> context) =>
        context.Results is [.., { IsComplete: true } last] && last.Epoch == context.Options.Epochs;

    private static string Text(IReadOnlyDictionary<string, double> metrics) =>
        metrics.Count == 0
            ? "no metrics"
            : string.Join(
                ", ",
                metrics.Select(
                    metric => string.Create(CultureInfo.InvariantCulture, $"{metric.Key} {metric.Value:G4}")));
}
