using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Metrics;
using NeuralNet.Schedules;

namespace NeuralNet.Training;

/// <summary>How to train.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class FitOptions<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _epochs = 10;
    private readonly int _batchSize = 32;

    /// <summary>How often each sample is seen; 10 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value below 1.</exception>
    public int Epochs
    {
        get => _epochs;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Epochs));
            _epochs = value;
        }
    }

    /// <summary>Samples per step; 32 unless set. The last batch of an epoch has what is left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value below 1.</exception>
    public int BatchSize
    {
        get => _batchSize;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(BatchSize));
            _batchSize = value;
        }
    }

    /// <summary>Whether the samples are seen in a new random order in every epoch; true unless set.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>How the learning rate changes from step to step of this run; constant if null.</summary>
    public ILearningRateSchedule? Schedule { get; init; }

    /// <summary>Data the network is evaluated on after every epoch, and never trained on.</summary>
    public DataSet<T>? Validation { get; init; }

    /// <summary>Figures besides the loss, on training and validation data.</summary>
    public IReadOnlyList<IMetric> Metrics { get; init; } = [];

    /// <summary>Told how far training is, after every batch, on the training thread.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }
}
