using System.Diagnostics;
using System.Diagnostics.Metrics;
using NeuralNet.Diagnostics;
using NeuralNet.Guards;

namespace NeuralNet.Training;

/// <summary>
/// Measurements and activities of training runs, for OpenTelemetry and others that listen by <see cref="Meter"/> and
/// <see cref="ActivitySource"/>. Without a listener nothing is measured.
/// </summary>
/// <remarks>
/// <para>Instruments, after each batch: the counters <c>neuralnet.training.steps</c> ({step}) and
/// <c>neuralnet.training.samples</c> ({sample}), the gauges <c>neuralnet.training.loss</c> (that of the batch) and
/// <c>neuralnet.training.learning_rate</c>; after each epoch: the histogram <c>neuralnet.training.epoch.duration</c>
/// (s) and the gauge <c>neuralnet.training.validation.loss</c>; the counter <c>neuralnet.training.warnings</c>
/// ({warning}), tagged <c>neuralnet.warning.kind</c>.</para>
/// <para>Activities: <c>fit</c>, a whole run, and within it <c>epoch</c>, tagged with what was asked for and what came
/// of it. The tag <c>neuralnet.outcome</c> of a run is the name of its <see cref="TrainingOutcome"/>. Its status
/// is an error if it diverged or failed, and unset otherwise.</para>
/// </remarks>
public static class TrainingTelemetry
{
    /// <summary>The name of the meter: what <c>AddMeter</c> takes.</summary>
    public const string MeterName = "NeuralNet.Training";

    /// <summary>The name of the activity source: what <c>AddSource</c> takes.</summary>
    public const string ActivitySourceName = "NeuralNet.Training";

    private static readonly ActivitySource _source = new(ActivitySourceName);
    private static readonly Meter _meter = new(MeterName);

    private static readonly Counter<long> _steps =
        _meter.CreateCounter<long>("neuralnet.training.steps", "{step}", "Optimizer steps made.");

    private static readonly Counter<long> _samples =
        _meter.CreateCounter<long>("neuralnet.training.samples", "{sample}", "Samples trained on.");

    private static readonly Gauge<double> _loss =
        _meter.CreateGauge<double>("neuralnet.training.loss", "1", "Loss of the last batch.");

    private static readonly Gauge<double> _learningRate =
        _meter.CreateGauge<double>("neuralnet.training.learning_rate", "1", "Learning rate of the last batch.");

    private static readonly Histogram<double> _epochDuration =
        _meter.CreateHistogram<double>(
            "neuralnet.training.epoch.duration",
            "s",
            "Time spent on the training of an epoch, without validation.");

    private static readonly Gauge<double> _validationLoss =
        _meter.CreateGauge<double>(
            "neuralnet.training.validation.loss", "1", "Loss on the validation data after the last epoch.");

    private static readonly Counter<long> _warnings =
        _meter.CreateCounter<long>(
            "neuralnet.training.warnings", "{warning}", "Warnings of what keeps networks from learning.");

    /// <summary>Whether anything listens to the measurements of batches.</summary>
    internal static bool ListensToBatches =>
        _steps.Enabled || _samples.Enabled || _loss.Enabled || _learningRate.Enabled;

    /// <summary>Begins an activity; null without a listener.</summary>
    internal static Activity? Start(string name) => _source.HasListeners() ? _source.StartActivity(name) : null;

    internal static void CountStep() => _steps.Add(1);

    internal static void RecordBatch(int samples, double loss, double learningRate)
    {
        _samples.Add(samples);
        _loss.Record(loss);
        _learningRate.Record(learningRate);
    }

    internal static void RecordEpoch(EpochResult result, Activity? activity)
    {
        _epochDuration.Record(result.Duration.TotalSeconds);
        if (result.Validation is { } validation)
        {
            _validationLoss.Record(validation.Loss);
            activity?.SetTag("neuralnet.validation.loss", validation.Loss);
        }

        activity?.SetTag("neuralnet.epoch", result.Epoch)
            .SetTag("neuralnet.loss", result.Loss)
            .SetTag("neuralnet.samples", result.Samples)
            .SetTag("neuralnet.learning_rate", result.LearningRate)
            .SetTag("neuralnet.complete", result.IsComplete);
    }

    internal static void RecordWarning(TrainingWarning warning)
    {
        if (_warnings.Enabled)
        {
            _warnings.Add(1, new KeyValuePair<string, object?>("neuralnet.warning.kind", warning.Kind.ToString()));
        }
    }

    /// <summary>Marks an activity as failed.</summary>
    internal static void Fail(Activity? activity, Exception exception) =>
        activity?.SetStatus(ActivityStatusCode.Error, MessageText.Reason(exception)).AddException(exception);
}
