using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Numerics;
using NeuralNet.Evaluation;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Training;

/// <summary>The bookkeeping of one call of Fit: where it is, running means, metrics and time.</summary>
internal sealed class TrainingRun
{
    private static readonly IReadOnlyDictionary<string, double> _noMetrics = ReadOnlyDictionary<string, double>.Empty;

    private readonly int _epochs;
    private readonly long? _steps;
    private readonly bool _endsBySteps;
    private readonly RunningMetrics _metrics;
    private readonly List<EpochResult> _results = [];
    private readonly Stopwatch _total = Stopwatch.StartNew();
    private readonly Stopwatch _epoch = new();
    private bool _isLastOver = true;
    private long _samples;

    // What was done before the run was resumed: no clock of this one has seen it.
    private TimeSpan _elapsedBefore;
    private TimeSpan? _epochElapsedBefore = TimeSpan.Zero;
    private long _samplesBefore;
    private long _stepsBefore;
    private double _lossSum;
    private (int Batch, long Samples, double LossSum) _atStep;

    /// <summary>Begins a run.</summary>
    /// <param name="epochs">Epochs asked for.</param>
    /// <param name="totalSteps">Steps that the run makes if it is not stopped, if that is known.</param>
    /// <param name="endsBySteps">Whether the steps end the run before its epochs are done.</param>
    /// <param name="batches">Batches of an epoch, if known.</param>
    /// <param name="samplesPerEpoch">Samples of an epoch, if known.</param>
    /// <param name="metrics">The metrics besides the loss.</param>
    public TrainingRun(
        int epochs,
        long? totalSteps,
        bool endsBySteps,
        int? batches,
        int? samplesPerEpoch,
        RunningMetrics metrics)
    {
        _epochs = epochs;
        _steps = totalSteps;
        _endsBySteps = endsBySteps;
        SamplesPerEpoch = samplesPerEpoch;
        Batches = batches;
        _metrics = metrics;
    }

    /// <summary>The current epoch, from 1.</summary>
    public int Epoch { get; private set; }

    /// <summary>The current batch, from 1; 0 before the first one of an epoch.</summary>
    public int Batch { get; private set; }

    /// <summary>Batches of an epoch, if known.</summary>
    public int? Batches { get; }

    /// <summary>Samples of an epoch, if known.</summary>
    public int? SamplesPerEpoch { get; }

    /// <summary>Steps made in this run.</summary>
    public long Steps { get; private set; }

    /// <summary>Whether all batches up to the current one have had their step.</summary>
    public bool IsAtStep => _atStep.Batch == Batch;

    /// <summary>Whether the run is within an epoch, as a resumed one may be.</summary>
    public bool IsWithinEpoch { get; private set; }

    public double BatchLoss { get; private set; } = double.NaN;

    public double LearningRate { get; private set; } = double.NaN;

    public IReadOnlyList<EpochResult> Results => _results;

    public IReadOnlyDictionary<string, double> Metrics => _metrics;

    /// <summary>Time spent on the run, that before an interruption included.</summary>
    public TimeSpan Elapsed => _elapsedBefore + _total.Elapsed;

    public double MeanLoss => _samples == 0 ? double.NaN : _lossSum / _samples;

    public void StartEpoch()
    {
        Epoch++;
        Batch = 0;
        _samples = 0;
        _lossSum = 0;
        _atStep = default;
        IsWithinEpoch = true;
        (_samplesBefore, _epochElapsedBefore) = (0, TimeSpan.Zero);
        _metrics.Reset();
        _epoch.Restart();
    }

    /// <summary>Goes on with the epoch that <see cref="Restore"/> brought back.</summary>
    public void ContinueEpoch() => _epoch.Restart();

    public void StartBatch() => Batch++;

    /// <summary>Takes the loss of a batch in; its step, if it made one, is counted afterwards.</summary>
    public void EndBatch(double loss, double learningRate, int samples)
    {
        BatchLoss = loss;
        LearningRate = learningRate;
        _samples += samples;
        _lossSum += loss * samples;
    }

    /// <summary>Takes the outputs for a batch in.</summary>
    public void Measure<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T> => _metrics.Add(outputs, targets, weights);

    /// <summary>Counts a step that was made with all batches up to the one at hand.</summary>
    public void CountStep()
    {
        Steps++;
        _atStep = (Batch, _samples, _lossSum);
    }

    /// <summary>
    /// The position of the run at its last step: batches whose step is still to come are not counted.
    /// </summary>
    public RunPosition Capture()
    {
        bool isOpen = IsWithinEpoch || !_isLastOver;
        return new(
            Epoch,
            isOpen,
            _atStep.Batch,
            _atStep.Samples,
            _atStep.LossSum,
            LearningRate,
            Steps,
            _isLastOver ? [.. _results] : [.. _results.SkipLast(1)])
        {
            EpochElapsed = EpochElapsed(),
            Elapsed = Elapsed,
        };
    }

    /// <summary>Goes to where an interrupted run was.</summary>
    public void Restore(RunPosition position)
    {
        Epoch = position.Epoch;
        IsWithinEpoch = position.IsWithinEpoch;
        Batch = position.IsWithinEpoch ? position.Batch : Batches ?? 0;
        _samples = position.Samples;
        _lossSum = position.LossSum;
        _atStep = (position.Batch, position.Samples, position.LossSum);
        LearningRate = position.LearningRate;
        Steps = position.Steps;
        _stepsBefore = position.Steps;
        _samplesBefore = position.Samples;
        _epochElapsedBefore = position.EpochElapsed;
        _elapsedBefore = position.Elapsed;
        _results.AddRange(position.Results.Select(WithAllMetrics));
    }

    /// <summary>
    /// The result of an epoch before the interruption with all metrics of this run: NaN where it did not measure one.
    /// </summary>
    private EpochResult WithAllMetrics(EpochResult result) => result with
    {
        Metrics = All(result.Metrics),
        Validation = result.Validation is { } validation
            ? validation with { Metrics = All(validation.Metrics) }
            : null,
    };

    private Dictionary<string, double> All(IReadOnlyDictionary<string, double> measured) =>
        _metrics.Keys.Union(measured.Keys)
            .ToDictionary(metric => metric, metric => measured.GetValueOrDefault(metric, double.NaN));

    /// <summary>
    /// A report of how far the run is: a copy, so that its receiver may read it later and on another thread.
    /// </summary>
    public TrainingProgress Report()
    {
        // Read once, so that the figures fit each other however long the metrics take.
        TimeSpan elapsed = _total.Elapsed;
        long samples = _samples - _samplesBefore;
        double samplesPerSecond = samples == 0 ? 0 : samples / _epoch.Elapsed.TotalSeconds;
        return new(
            Epoch,
            _epochs,
            Batch,
            Batches,
            _samples,
            MeanLoss,
            _metrics.Count == 0 ? _noMetrics : _metrics.ToDictionary(),
            LearningRate,
            samplesPerSecond,
            _elapsedBefore + elapsed,
            Remaining(samplesPerSecond, elapsed));
    }

    public EpochResult EndEpoch(bool isComplete)
    {
        var result = new EpochResult(
            Epoch, isComplete, _samples, MeanLoss, _metrics.ToDictionary(), Validation: null, EpochElapsed())
        {
            LearningRate = LearningRate,
        };
        _epoch.Stop();
        IsWithinEpoch = false;
        return result;
    }

    /// <summary>Takes in what an epoch gave, and whether it is over or may go on later.</summary>
    public void Add(EpochResult result, bool isOver)
    {
        _results.Add(result);
        _isLastOver = isOver;
    }

    /// <summary>Time spent on the training of the epoch, that before an interruption included.</summary>
    private TimeSpan EpochElapsed()
    {
        if (_epochElapsedBefore is { } before)
        {
            return before + _epoch.Elapsed;
        }

        // The checkpoint is of a format that does not know the time: it is taken to have been as fast as this run.
        long samples = _samples - _samplesBefore;
        return samples == 0 ? _epoch.Elapsed : _epoch.Elapsed * ((double)_samples / samples);
    }

    /// <summary>The time that the rest of the run takes at the speed that this run's own clocks have seen.</summary>
    private TimeSpan? Remaining(double samplesPerSecond, TimeSpan elapsed)
    {
        double seconds;
        if (SamplesPerEpoch is { } perEpoch && !_endsBySteps)
        {
            double left = ((double)(_epochs - Epoch) * perEpoch) + (perEpoch - _samples);
            seconds = left == 0 ? 0 : left / samplesPerSecond;
        }
        else if (_steps is { } steps && Steps > _stepsBefore)
        {
            seconds = elapsed.TotalSeconds / (Steps - _stepsBefore) * (steps - Steps);
        }
        else
        {
            return null;
        }

        if (!double.IsFinite(seconds))
        {
            return null;
        }

        // "Until cancelled" is a number of epochs that no time span holds.
        return seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
    }
}
