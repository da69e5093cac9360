using System.Diagnostics;
using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Metrics;

namespace NeuralNet.Training;

/// <summary>The bookkeeping of one call of Fit: running means, metrics and time.</summary>
internal sealed class TrainingRun
{
    private readonly int _epochs;
    private readonly int _samplesPerEpoch;
    private readonly int _batches;
    private readonly RunningMetrics _metrics;
    private readonly Stopwatch _total = Stopwatch.StartNew();
    private readonly Stopwatch _epoch = new();
    private int _samples;
    private double _lossSum;

    public TrainingRun(int epochs, int samplesPerEpoch, int batchSize, IReadOnlyList<IMetric> metrics)
    {
        _epochs = epochs;
        _samplesPerEpoch = samplesPerEpoch;
        _batches = (int)(((long)samplesPerEpoch + batchSize - 1) / batchSize);
        _metrics = new RunningMetrics(metrics);
    }

    /// <summary>The epoch at hand, from 1.</summary>
    public int Epoch { get; private set; }

    /// <summary>Steps made in this run.</summary>
    public long Steps { get; private set; }

    /// <summary>Steps the run makes if it is not stopped before.</summary>
    public long TotalSteps => (long)_epochs * _batches;

    public TimeSpan Elapsed => _total.Elapsed;

    private double MeanLoss => _samples == 0 ? double.NaN : _lossSum / _samples;

    public void StartEpoch()
    {
        Epoch++;
        _samples = 0;
        _lossSum = 0;
        _metrics.Reset();
        _epoch.Restart();
    }

    public void Add<T>(double loss, ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Steps++;
        _samples += outputs.Columns;
        _lossSum += loss * outputs.Columns;
        _metrics.Add(outputs, targets);
    }

    public TrainingProgress Report(int batch, double learningRate)
    {
        double samplesPerSecond = _samples / _epoch.Elapsed.TotalSeconds;
        double samplesLeft = ((double)(_epochs - Epoch) * _samplesPerEpoch) + (_samplesPerEpoch - _samples);
        return new(
            Epoch,
            _epochs,
            batch,
            _batches,
            _samples,
            MeanLoss,
            _metrics,
            learningRate,
            samplesPerSecond,
            Elapsed,
            Remaining(samplesLeft / samplesPerSecond));
    }

    public EpochResult EndEpoch() =>
        new(
            Epoch,
            _samples == _samplesPerEpoch,
            _samples,
            MeanLoss,
            _metrics.ToDictionary(),
            Validation: null,
            _epoch.Elapsed);

    // "Until cancelled" is a number of epochs that no time span holds.
    private static TimeSpan Remaining(double seconds) =>
        seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
}
