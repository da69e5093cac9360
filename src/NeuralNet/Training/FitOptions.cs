using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Guards;
using NeuralNet.Metrics;
using NeuralNet.Optimizers;
using NeuralNet.Schedules;

namespace NeuralNet.Training;

/// <summary>The options of a training run.</summary>
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
    /// Number of epochs, in each of which every sample is seen once; 10 unless set, and no limit if only
    /// <see cref="Steps"/> is set. In a resumed run, the epochs before the interruption count.
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
    /// Samples per batch; 32 unless set. The last batch of an epoch has the remaining samples. A stream decides for
    /// itself.
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
    /// Number of batches whose gradients are averaged for one step, each sample counting the same; 1 unless set. Allows
    /// steps on more samples than memory can hold activations for. The last step of an epoch takes the batches left.
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

    /// <summary>
    /// The name of an input that holds the number of steps of a padded sequence: sequences of about equal lengths then
    /// come in one batch, so that little is computed for padding. Null for batches of any lengths.
    /// </summary>
    public string? BucketBy { get; init; }

    /// <summary>The rule that limits the gradients before every step; no limit if null.</summary>
    public IGradientClipping? GradientClipping { get; init; }

    /// <summary>The schedule of the learning rate over the steps of the run; constant if null.</summary>
    public ILearningRateSchedule? Schedule { get; init; }

    /// <summary>
    /// The random variation of training samples before each use; none if null. Another thread does it, a few batches
    /// ahead, unless the trainer has only one thread.
    /// </summary>
    public IAugmentation? Augmentation { get; init; }

    /// <summary>
    /// A weight per class, at least 0, that multiplies the losses of its samples; 1 for each if null. The class of a
    /// sample is that of its largest target; with one output, class 1 where the target is above ½, else class 0.
    /// </summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>Samples for evaluation after every epoch; the network is never trained on them.</summary>
    public DataSet<T>? Validation { get; init; }

    /// <summary>
    /// The share of the training data, taken from its end, that is used for validation instead, such as 0.2. Shuffle
    /// the data first if their order has a meaning.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value that is not between 0 and 1.</exception>
    public double? ValidationSplit
    {
        get => _validationSplit;
        init
        {
            _validationSplit = value is { } share ? Require.ShareOfBoth(share, nameof(ValidationSplit)) : null;
        }
    }

    /// <summary>
    /// Epochs from one validation to the next; 1 unless set. There is always a validation after the last epoch.
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

    /// <summary>
    /// Metrics to compute besides the loss, on training and validation data. They count every sample once, or by its
    /// weight where they are <see cref="MetricExtensions.Weighted"/>.
    /// </summary>
    public IReadOnlyList<IMetric> Metrics { get; init; } = [];

    /// <summary>Callbacks that follow the run and may stop it; called in this order, on the training thread.</summary>
    public IReadOnlyList<ITrainingCallback<T>> Callbacks { get; init; } = [];

    /// <summary>
    /// Receives progress reports on the training thread, at most once per <see cref="ProgressInterval"/>.
    /// <see cref="ConsoleProgress"/> shows them on the console; a <see cref="Progress{T}"/> passes them on to the
    /// thread it was made on, such as that of a window.
    /// </summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>
    /// The least time between two reports to <see cref="Progress"/>, except for the one at the end of every epoch; 100
    /// ms unless set. Zero reports every batch.
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
    /// Whether the settings are checked before the first step, and the first epoch, for problems that keep networks
    /// from learning, such as inputs that are not scaled; true unless set. Problems appear in
    /// <see cref="TrainingHistory.Warnings"/> and are passed to <see cref="ITrainingCallback{T}.OnWarning"/>. The check
    /// takes a bounded number of samples and changes no bit of the result. A resumed run is not checked again.
    /// </summary>
    public bool CheckFirstEpoch { get; init; } = true;

    /// <summary>
    /// Whether a cancelled run throws <see cref="OperationCanceledException"/> after the current batch, instead of
    /// returning the history so far; false unless set.
    /// </summary>
    public bool ThrowWhenCancelled { get; init; }

    /// <summary>The most important of them, as readable text.</summary>
    /// <returns>For example <c>5 epochs, batches of 64, CosineDecay, accuracy, validation of 20 %</c>.</returns>
    public override string ToString()
    {
        List<string> parts = [Epochs == int.MaxValue ? "no limit of epochs" : Quantity.Of(Epochs, "epoch")];
        if (Steps is { } steps)
        {
            parts.Add($"at most {Quantity.Of(steps, "step")}");
        }

        parts.Add($"batches of {BatchSize}");
        foreach (object? rule in (object?[])[Schedule, GradientClipping, Augmentation, .. Callbacks])
        {
            if (rule is not null)
            {
                parts.Add(SettingsText.NameOf(rule));
            }
        }

        parts.AddRange(Metrics.Select(metric => metric.Name));
        if (Validation is not null)
        {
            parts.Add($"validation of {Quantity.Of(Validation.Count, "sample")}");
        }
        else if (ValidationSplit is { } share)
        {
            parts.Add(FormattableString.Invariant($"validation of {share:P0}"));
        }

        return string.Join(", ", parts);
    }
}
