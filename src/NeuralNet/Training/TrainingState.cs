using System.Numerics;
using System.Runtime.InteropServices;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Randomness;

namespace NeuralNet.Training;

/// <summary>
/// The state of a training: parameters, optimizer slots and counters. Besides the data, every further step depends on
/// nothing else, and a checkpoint holds nothing else.
/// </summary>
internal sealed class TrainingState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Parameter<T>[] _parameters;
    private readonly RandomStream _random;
    private double _learningRateFactor = 1;

    /// <summary>Starts a training.</summary>
    public TrainingState(Network<T> network, ILoss loss, IOptimizer optimizer, int? seed, ModelKinds? kinds)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(optimizer);
        Network = network;
        Loss = loss;
        Optimizer = optimizer;
        Seed = seed ?? network.Seed;
        Kinds = kinds ?? new();
        _random = RandomStream.FromSeed(Seed);
        _parameters = [.. network.Parameters];
        UpdateSettings = GroupedParameters.Settings(network, optimizer, []);
        Slots = Array.ConvertAll<Parameter<T>, T[]>(_parameters, parameter => parameter.IsStatistic
            ? []
            : new T[ElementCount.Of(optimizer.SlotCount, parameter.Count, "The slots of", parameter.Name)]);
    }

    public Network<T> Network { get; }

    public ILoss Loss { get; }

    public IOptimizer Optimizer { get; }

    /// <summary>The groups of parameters with settings of their own; the first that matches one counts.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; private set; } = [];

    /// <summary>The settings of the steps of each parameter.</summary>
    public UpdateSettings[] UpdateSettings { get; private set; }

    public int Seed { get; }

    /// <summary>The kinds of layers and strategies, by which checkpoints describe the settings of a training.</summary>
    public ModelKinds Kinds { get; }

    /// <summary>The numbers that the optimizer remembers, parameter by parameter.</summary>
    public T[][] Slots { get; }

    /// <summary>Steps made so far.</summary>
    public long StepCount { get; private set; }

    /// <summary>Epochs completed so far.</summary>
    public int EpochCount { get; private set; }

    /// <summary>Epochs begun so far; the order of the samples in the next one is drawn from it.</summary>
    public int EpochsBegun { get; private set; }

    /// <summary>A factor on every learning rate, at least 0.</summary>
    public double LearningRateFactor
    {
        get => _learningRateFactor;
        set
        {
            Require.NotNegative(value, nameof(LearningRateFactor));
            _learningRateFactor = value;
        }
    }

    /// <summary>The learning rate of the next step, without that of a schedule.</summary>
    public double LearningRate => Optimizer.LearningRate * LearningRateFactor;

    /// <summary>The random numbers for one purpose.</summary>
    public RandomStream Random(RandomPurpose purpose) => _random.Derive((long)purpose);

    /// <summary>Groups the parameters.</summary>
    /// <exception cref="ArgumentException">A group matches nothing.</exception>
    public void SetGroups(IReadOnlyList<ParameterGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups, nameof(Trainer<>.ParameterGroups));
        ParameterGroup[] copy = [.. groups];
        UpdateSettings = GroupedParameters.Settings(Network, Optimizer, copy);
        Groups = Array.AsReadOnly(copy);
    }

    /// <summary>Counts a step and returns its number, from 1.</summary>
    public long CountStep() => ++StepCount;

    /// <summary>Counts an epoch as begun and returns its index over the whole training, from 0.</summary>
    public int BeginEpoch() => EpochsBegun++;

    /// <summary>Counts an epoch as completed.</summary>
    public void CompleteEpoch() => EpochCount++;

    /// <summary>The counters now.</summary>
    public TrainingCounters Counters => new(StepCount, EpochCount, EpochsBegun, LearningRateFactor);

    /// <summary>Sets the counters, and the run that the next Fit continues, to those of another training.</summary>
    public void Restore(TrainingCounters counters, RunState<T>? interruptedRun)
    {
        (StepCount, EpochCount, EpochsBegun, LearningRateFactor) = counters;
        InterruptedRun = interruptedRun;
    }

    /// <summary>A hash of parameters, slots and counters, by which the states of two processes are compared.</summary>
    public long Fingerprint()
    {
        // A random stream depends on every index that it was derived from, and in their order.
        RandomStream hash = RandomStream.FromSeed(0).Derive(StepCount).Derive(EpochCount).Derive(EpochsBegun);
        foreach (Parameter<T> parameter in _parameters)
        {
            Add(parameter.Values);
        }

        foreach (T[] slot in Slots)
        {
            Add(slot);
        }

        return unchecked((long)hash.Bits(0));

        void Add(ReadOnlySpan<T> values)
        {
            foreach (int bits in MemoryMarshal.Cast<T, int>(values))
            {
                hash = hash.Derive(bits);
            }
        }
    }

    /// <summary>The run that the next Fit continues; null if a new one begins.</summary>
    public RunState<T>? InterruptedRun { get; set; }

    /// <summary>Runs an action and then restores parameters, slots and counters, bit for bit.</summary>
    public TResult WithoutTrace<TResult>(Func<TResult> action)
    {
        T[][] parameters = Array.ConvertAll(_parameters, parameter => parameter.Values.ToArray());
        T[][] slots = Array.ConvertAll(Slots, slot => slot.ToArray());
        TrainingCounters counters = Counters;
        RunState<T>? interruptedRun = InterruptedRun;
        try
        {
            return action();
        }
        finally
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                parameters[i].CopyTo(_parameters[i].Values);
                slots[i].CopyTo(Slots[i], 0);
            }

            Restore(counters, interruptedRun);
        }
    }
}
