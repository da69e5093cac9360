using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Metrics;
using NeuralNet.Optimizers;
using NeuralNet.Schedules;

namespace NeuralNet.Training;

/// <summary>How to train.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class FitOptions<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int DefaultEpochs = 10;

    private readonly int? _epochs;
    private readonly long? _steps;
    private readonly int _batchSize = 32;
    private readonly int _accumulationSteps = 1;
    private readonly int _validationEvery = 1;
    private readonly double? _validationSplit;
    private readonly TimeSpan _progressInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How often each sample is seen; 10 unless set, and as often as it takes if <see cref="Steps"/> is set. Of a
    /// resumed run, those from before the interruption count.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value below 1.</exception>
    public int Epochs
    {
        get => _epochs ?? (_steps is null ? DefaultEpochs : int.MaxValue);
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Epochs));
            _epochs = value;
        }
    }

    /// <summary>The most steps of the run, which may end in the middle of an epoch; no limit if null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value below 1.</exception>
    public long? Steps
    {
        get => _steps;
        init
        {
            if (value is { } steps)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1, nameof(Steps));
            }

            _steps = value;
        }
    }

    /// <summary>
    /// Samples per batch; 32 unless set. The last batch of an epoch has what is left. A stream of batches has its own.
    /// </summary>
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

    /// <summary>
    /// Batches whose gradients are averaged, sample by sample, before a step is made with them; 1 unless set. So a step
    /// can be made on more samples than memory holds activations for. The end of an epoch makes a step with what is
    /// there.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value below 1.</exception>
    public int AccumulationSteps
    {
        get => _accumulationSteps;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(AccumulationSteps));
            _accumulationSteps = value;
        }
    }

    /// <summary>Whether the samples are seen in a new random order in every epoch; true unless set.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>How gradients that are too large are made smaller before every step; not at all if null.</summary>
    public IGradientClipping? GradientClipping { get; init; }

    /// <summary>How the learning rate changes from step to step of this run; constant if null.</summary>
    public ILearningRateSchedule? Schedule { get; init; }

    /// <summary>
    /// How training samples are varied before each use; not at all if null. It is done on another thread, a few batches
    /// ahead, unless the trainer has one thread only.
    /// </summary>
    public IAugmentation? Augmentation { get; init; }

    /// <summary>
    /// A weight per class, at least 0, by which the losses of its samples are multiplied: of the class whose target is
    /// the largest; with one output, of class 1 where the target is above ½, else of class 0. Each weighs 1 if null.
    /// </summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>Data the network is evaluated on after every epoch, and never trained on.</summary>
    public DataSet<T>? Validation { get; init; }

    /// <summary>
    /// The share of the training data, from its end, that is held out as <see cref="Validation"/>, such as 0.2. Shuffle
    /// the data before where their order means something.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value that is not between 0 and 1.</exception>
    public double? ValidationSplit
    {
        get => _validationSplit;
        init
        {
            if (value is { } share && !(share > 0 && share < 1))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(ValidationSplit), share, "ValidationSplit must be above 0 and below 1.");
            }

            _validationSplit = value;
        }
    }

    /// <summary>
    /// Epochs from one validation to the next; 1 unless set. The last epoch ends in one whatever it says.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value below 1.</exception>
    public int ValidationEvery
    {
        get => _validationEvery;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(ValidationEvery));
            _validationEvery = value;
        }
    }

    /// <summary>Figures besides the loss, on training and validation data.</summary>
    public IReadOnlyList<IMetric> Metrics { get; init; } = [];

    /// <summary>
    /// What is told of batches and epochs, and may stop the run: in this order, on the training thread.
    /// </summary>
    public IReadOnlyList<ITrainingCallback<T>> Callbacks { get; init; } = [];

    /// <summary>
    /// Told how far training is, on the training thread, no oftener than <see cref="ProgressInterval"/>. A
    /// <see cref="Progress{T}"/> hands it on to the thread it was made on, such as that of a window.
    /// </summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>
    /// The least time between two reports to <see cref="Progress"/>, but for the one at the end of every epoch; 100 ms
    /// unless set. Zero reports every batch.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative value.</exception>
    public TimeSpan ProgressInterval
    {
        get => _progressInterval;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(ProgressInterval));
            _progressInterval = value;
        }
    }

    /// <summary>
    /// Whether the first samples of a run, and what the layers make of them in its first epoch, are looked at for what
    /// keeps networks from learning, such as inputs that are not scaled; true unless set. What is found comes as
    /// <see cref="TrainingHistory.Warnings"/> and to <see cref="ITrainingCallback{T}.OnWarning"/>. It changes no bit of
    /// what is trained, and a bounded number of samples is looked at. A resumed run is not looked at again.
    /// </summary>
    public bool CheckFirstEpoch { get; init; } = true;

    /// <summary>
    /// Whether a cancelled run throws <see cref="OperationCanceledException"/>, after the batch at hand, in place of
    /// returning what was reached; false unless set.
    /// </summary>
    public bool ThrowWhenCancelled { get; init; }
}
