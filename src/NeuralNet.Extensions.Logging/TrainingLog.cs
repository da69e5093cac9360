using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Logging;
using NeuralNet.Diagnostics;
using NeuralNet.Training;

namespace NeuralNet.Extensions.Logging;

/// <summary>
/// Writes a training run to a logger: its begin, its end and every epoch as information, warnings about problems of
/// training as warnings, every batch as trace.
/// </summary>
/// <remarks>
/// The messages are structured: losses, samples and times are separate values, not only text. The events are numbered 1
/// (begin), 2 (epoch), 3 (epoch with validation), 4 (end), 5 (warning) and 6 (batch). An exception that ends a run is
/// thrown to the caller of Fit and not logged. One instance may serve any number of trainers.
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
            _logger.Ended(
                context.Results.Count, context.Elapsed.TotalSeconds, context.StopReason ?? "no reason to stop earlier");
        }
    }

    private static string Text(IReadOnlyDictionary<string, double> metrics) =>
        metrics.Count == 0
            ? "no metrics"
            : string.Join(
                ", ",
                metrics.Select(
                    metric => string.Create(CultureInfo.InvariantCulture, $"{metric.Key} {metric.Value:G4}")));
}
