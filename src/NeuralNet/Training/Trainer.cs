using System.Numerics;
using NeuralNet.Backpropagation;
using NeuralNet.Batches;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Evaluation;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Randomness;

namespace NeuralNet.Training;

/// <summary>
/// Trains a network: <see cref="Step"/> is one step of an optimizer on one batch, <c>Fit</c> the loop around it.
/// </summary>
/// <remarks>
/// The trainer owns what the optimizer remembers and counts steps and epochs, so a second <c>Fit</c> goes on
/// where the first one ended. It serves one thread at a time. The same seed, data and options give the same bits.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Trainer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BackpropagationEngine<T> _engine;
    private readonly Gradients<T> _gradients;
    private readonly Parameter<T>[] _parameters;
    private readonly Parameter<T>[] _constrained;
    private readonly Memory<T>[] _clipped;
    private readonly T[][] _slots;
    private readonly RandomStream _random;
    private readonly Evaluator<T> _evaluator;
    private Gradients<T>? _sum;
    private long _pendingSamples;
    private double _learningRateFactor = 1;
    private RunState<T>? _interruptedRun;

    /// <summary>Makes a trainer.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="loss">What is to become small.</param>
    /// <param name="optimizer">How the parameters follow their gradients.</param>
    /// <param name="seed">Where the order of samples and dropout come from; the network's seed if null.</param>
    /// <param name="threads">
    /// Most threads that share the work of a step; as many as there are processors if null, 1 never leaves the caller's
    /// thread. The result is the same to the bit.
    /// </param>
    /// <param name="kinds">
    /// The kinds of layers and strategies, by which checkpoints describe the settings of a training; those of the
    /// library if null. A layer, activation, loss, optimizer or the like of your own must be among them to save and
    /// resume.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    /// <exception cref="ArgumentException">
    /// The loss would misread what the network's last activation gives, such as probabilities where it takes logits.
    /// </exception>
    public Trainer(
        Network<T> network,
        ILoss loss,
        IOptimizer optimizer,
        int? seed = null,
        int? threads = null,
        ModelKinds? kinds = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        _engine = new BackpropagationEngine<T>(network, loss, threads);
        _evaluator = new Evaluator<T>(network, loss);
        _gradients = Gradients.For(network);
        _parameters = network.Parameters.ToArray();
        _slots = _parameters
            .Select(parameter => parameter.IsStatistic
                ? []
                : new T[ElementCount.Of(optimizer.SlotCount, parameter.Count, "The slots of", parameter.Name)])
            .ToArray();
        _constrained = Array.FindAll(_parameters, parameter => parameter.Constraint is not null);
        _clipped = new Memory<T>[_parameters.Length];
        Optimizer = optimizer;
        Seed = seed ?? network.Seed;
        Kinds = kinds ?? new();
        _random = RandomStream.FromSeed(Seed);
    }

    /// <summary>The network being trained.</summary>
    public Network<T> Network => _engine.Network;

    /// <summary>What is to become small.</summary>
    public ILoss Loss => _engine.Loss;

    /// <summary>How the parameters follow their gradients.</summary>
    public IOptimizer Optimizer { get; }

    /// <summary>Where the order of samples and dropout come from.</summary>
    public int Seed { get; }

    /// <summary>The kinds of layers and strategies, by which checkpoints describe the settings of a training.</summary>
    public ModelKinds Kinds { get; }

    /// <summary>
    /// A factor on every learning rate, beside that of the schedule; 1 unless set. What changes the rate while training, as
    /// on a plateau, changes it here, and a checkpoint remembers it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value that is negative or not finite.</exception>
    public double LearningRateFactor
    {
        get => _learningRateFactor;
        set
        {
            Require.NotNegative(value, nameof(LearningRateFactor));
            _learningRateFactor = value;
        }
    }

    /// <summary>Steps made so far.</summary>
    public long StepCount { get; private set; }

    /// <summary>Epochs completed so far.</summary>
    public int EpochCount { get; private set; }

    /// <summary>One step on one batch: loss, gradients, update.</summary>
    /// <param name="inputs">Inputs × batch.</param>
    /// <param name="targets">Outputs × batch.</param>
    /// <param name="sampleWeights">A weight per sample, at least 0; 1 for each if left out.</param>
    /// <param name="clipping">How gradients that are too large are made smaller; not at all if null.</param>
    /// <returns>The loss of the batch before the update, penalties included.</returns>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the network, the batch is empty, or a sample's weight is negative or not finite.
    /// </exception>
    /// <exception cref="InvalidOperationException">The optimizer's learning rate is negative or not finite.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss or a gradient is not finite, perhaps because the step before made a parameter overflow; the parameters are as
    /// they were.
    /// </exception>
    public double Step(
        ReadOnlyMatrixSpan<T> inputs,
        ReadOnlyMatrixSpan<T> targets,
        ReadOnlySpan<T> sampleWeights = default,
        IGradientClipping? clipping = null)
    {
        DiscardPending();
        double loss = Accumulate(inputs, targets, sampleWeights, isWholeStep: true);
        Update(Optimizer.LearningRate * LearningRateFactor, clipping);
        return loss;
    }

    /// <summary>Trains on samples in memory.</summary>
    /// <param name="training">The samples to learn from.</param>
    /// <param name="options">How; the defaults of <see cref="FitOptions{T}"/> if null.</param>
    /// <param name="cancellationToken">
    /// Ends training after the batch at hand. Nothing is thrown unless the options ask for it: the history says what was
    /// reached.
    /// </param>
    /// <returns>Losses and metrics, epoch by epoch.</returns>
    /// <exception cref="ArgumentException">
    /// The training or validation data do not fit the network, or options contradict each other.
    /// </exception>
    /// <exception cref="InvalidOperationException">The schedule gives a learning rate that is negative or not finite.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss or a gradient is not finite, and the parameters are as they were before that batch; or a parameter is not
    /// finite at the end of an epoch.
    /// </exception>
    public TrainingHistory Fit(
        DataSet<T> training, FitOptions<T>? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new FitOptions<T>();
        DataCheck.Require(Network, training);
        DataSet<T>? validation = options.Validation;
        if (options.ValidationSplit is { } share)
        {
            if (validation is not null)
            {
                throw new ArgumentException("Validation and ValidationSplit exclude each other.", nameof(options));
            }

            (training, validation) = training.Split(1 - share);
        }

        DataSetFiller<T> filler = MakeFiller(training, options);
        using IBatchReader<T> reader = options.Augmentation is not null && _engine.Team.Threads > 1
            ? new ReadAhead<T>(filler, MakeBuffer)
            : new DirectReader<T>(filler, MakeBuffer());
        return new TrainingLoop<T>(this, reader, validation, options).Run(cancellationToken);
    }

    /// <summary>Trains on a stream of batches, which another thread reads ahead.</summary>
    /// <param name="training">Where the batches come from.</param>
    /// <param name="options">
    /// How; the defaults of <see cref="FitOptions{T}"/> if null. Batch size and order are the source's.
    /// </param>
    /// <param name="cancellationToken">
    /// Ends training after the batch at hand. Nothing is thrown unless the options ask for it: the history says what was
    /// reached.
    /// </param>
    /// <returns>Losses and metrics, epoch by epoch.</returns>
    /// <exception cref="ArgumentException">
    /// The validation data do not fit the network, options contradict each other, or a schedule cannot tell how many steps
    /// there will be.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// A batch does not fit the network, or the schedule gives a learning rate that is negative or not finite.
    /// </exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss or a gradient is not finite, and the parameters are as they were before that batch; or a parameter is not
    /// finite at the end of an epoch.
    /// </exception>
    public TrainingHistory Fit(
        IBatchSource<T> training, FitOptions<T>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        options ??= new FitOptions<T>();
        if (options.ValidationSplit is not null)
        {
            throw new ArgumentException(
                "ValidationSplit needs samples in memory; give a stream's validation data as Validation.", nameof(options));
        }

        var filler = new StreamFiller<T>(training, Network, Preparation(options));
        using var reader = new ReadAhead<T>(filler, MakeBuffer);
        return new TrainingLoop<T>(this, reader, options.Validation, options).Run(cancellationToken);
    }

    /// <summary>Measures how good the network is on a data set.</summary>
    /// <remarks>As in training, a sample's weight counts in the loss; metrics count every sample once.</remarks>
    /// <param name="data">The samples.</param>
    /// <param name="metrics">Figures to compute besides the loss; none if null.</param>
    /// <param name="cancellationToken">Ends the evaluation between batches.</param>
    /// <returns>Loss and metrics.</returns>
    /// <exception cref="ArgumentException">The data do not fit the network, or two metrics have one name.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public EvaluationResult Evaluate(
        DataSet<T> data, IReadOnlyList<IMetric>? metrics = null, CancellationToken cancellationToken = default) =>
        _evaluator.Evaluate(data, metrics, cancellationToken);

    /// <summary>What the network said of the last batch.</summary>
    internal ReadOnlyMatrixSpan<T> Outputs => _engine.Outputs;

    /// <summary>Loss and gradients.</summary>
    internal BackpropagationEngine<T> Engine => _engine;

    /// <summary>Leaves the work to the calling thread from now on, as where many train at once.</summary>
    internal void WorkAlone() => _engine.WorkAlone();

    /// <summary>Epochs begun so far: what the order of the next one is drawn from.</summary>
    internal int EpochsBegun { get; private set; }

    /// <summary>Batches whose gradients wait for their step.</summary>
    internal int PendingBatches { get; private set; }

    /// <summary>What the optimizer remembers, parameter by parameter.</summary>
    internal IReadOnlyList<T[]> Slots => _slots;

    /// <summary>Takes over the counters of an interrupted training, and the run that the next Fit is to go on with.</summary>
    internal void Restore(
        long stepCount, int epochCount, int epochsBegun, double learningRateFactor, RunState<T>? interruptedRun)
    {
        StepCount = stepCount;
        EpochCount = epochCount;
        EpochsBegun = epochsBegun;
        LearningRateFactor = learningRateFactor;
        _interruptedRun = interruptedRun;
        DiscardPending();
    }

    /// <summary>Does something with the trainer, and then puts parameters, slots and counters back, bit for bit.</summary>
    internal TResult WithoutTrace<TResult>(Func<TResult> action)
    {
        T[][] parameters = [.. _parameters.Select(parameter => parameter.Values.ToArray())];
        T[][] slots = [.. _slots.Select(slot => slot.ToArray())];
        (long Steps, int Epochs, int Begun, double Factor) counters = (StepCount, EpochCount, EpochsBegun, LearningRateFactor);
        RunState<T>? interruptedRun = _interruptedRun;
        try
        {
            return action();
        }
        finally
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                parameters[i].CopyTo(_parameters[i].Values);
                slots[i].CopyTo(_slots[i], 0);
            }

            Restore(counters.Steps, counters.Epochs, counters.Begun, counters.Factor, interruptedRun);
        }
    }

    /// <summary>The run to go on with, which is then begun; null if a new one begins.</summary>
    internal RunState<T>? TakeInterruptedRun()
    {
        RunState<T>? run = _interruptedRun;
        _interruptedRun = null;
        return run;
    }

    /// <summary>Counts an epoch as begun and returns its index over the life of the trainer, from zero.</summary>
    internal int BeginEpoch() => EpochsBegun++;

    internal void CompleteEpoch() => EpochCount++;

    /// <summary>What layers draw for the next batch.</summary>
    internal RandomStream NextDraw
    {
        get
        {
            RandomStream random = _random.Derive((long)RandomPurpose.TrainingStep).Derive(StepCount);

            // Each batch of a step draws for itself. Layers take the indices from zero up.
            return PendingBatches > 0 ? random.Derive(-PendingBatches) : random;
        }
    }

    /// <summary>Forgets gradients that wait for a step: it has been made, or will not come, as after an exception.</summary>
    internal void DiscardPending() => (PendingBatches, _pendingSamples) = (0, 0);

    /// <summary>Loss and gradients of a batch, which are kept for the next step together with those before it.</summary>
    /// <returns>The loss of the batch.</returns>
    internal double Accumulate(
        ReadOnlyMatrixSpan<T> inputs,
        ReadOnlyMatrixSpan<T> targets,
        ReadOnlySpan<T> sampleWeights,
        bool isWholeStep,
        int? epoch = null,
        int? batch = null)
    {
        double loss = _engine.Compute(inputs, targets, _gradients, random: NextDraw, sampleWeights: sampleWeights);
        if (!double.IsFinite(loss) || !_gradients.AreFinite(_engine.Team))
        {
            Divergence details = DivergenceSearch.InBatch(_engine, _gradients, loss, inputs, targets);
            throw new TrainingDivergedException(details, StepCount + 1, epoch, batch);
        }

        if (isWholeStep && PendingBatches == 0)
        {
            PendingBatches = 1;
            return loss;
        }

        if (PendingBatches == 0)
        {
            _sum ??= Gradients.For(Network);
            _sum.Clear();
        }

        _gradients.Scale(T.CreateChecked(inputs.Columns));
        _sum!.Add(_gradients);
        _pendingSamples += inputs.Columns;
        PendingBatches++;
        return loss;
    }

    /// <summary>Makes a step with the gradients that wait for it.</summary>
    internal void Update(double learningRate, IGradientClipping? clipping)
    {
        if (!(learningRate >= 0 && double.IsFinite(learningRate)))
        {
            DiscardPending();
            throw new InvalidOperationException(
                $"The learning rate of step {StepCount + 1} is {learningRate}; the optimizer and its schedule must give a "
                + "finite number that is not negative. The parameters are as they were.");
        }

        Gradients<T> gradients = _gradients;
        if (_pendingSamples > 0)
        {
            gradients = _sum!;
            gradients.Scale(T.One / T.CreateChecked(_pendingSamples));
        }

        DiscardPending();
        if (clipping is not null)
        {
            Clip(gradients, clipping);
        }

        StepCount++;
        int parts = _engine.Team.PartsFor(Network.ParameterCount);
        _engine.Team.Run(
            new UpdateJob<T>(
                Optimizer, _parameters, gradients.Arrays, _slots, new UpdateStep(StepCount, learningRate), parts),
            parts);
        foreach (Parameter<T> parameter in _constrained)
        {
            if (!parameter.IsFrozen)
            {
                parameter.Constraint!.Apply(parameter.View);
            }
        }
    }

    /// <summary>Clips what an optimizer will see: neither statistics nor what is frozen counts towards a norm.</summary>
    private void Clip(Gradients<T> gradients, IGradientClipping clipping)
    {
        int count = 0;
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (_parameters[i].IsTrainable)
            {
                _clipped[count++] = gradients.Arrays[i];
            }
        }

        clipping.Clip(new GradientSet<T>(_clipped.AsSpan(0, count)));
    }

    /// <summary>
    /// Refuses parameters that updates made overflow. That mostly shows in the loss of the next batch; but a −∞ may stay hidden
    /// behind a rectifier, and the last batch of a run has none after it.
    /// </summary>
    internal void RequireFinite(double learningRate, int epoch, int batch)
    {
        foreach (Parameter<T> parameter in _parameters)
        {
            if (!parameter.IsFrozen && !Finite.All<T>(parameter.Values))
            {
                throw new TrainingDivergedException(
                    DivergenceSearch.InUpdate(parameter, Network, _gradients, learningRate), StepCount, epoch, batch);
            }
        }
    }

    private BatchPreparation<T> Preparation(FitOptions<T> options) =>
        new(
            options.Augmentation,
            _random.Derive((long)RandomPurpose.Augmentation),
            options.ClassWeights,
            Network.OutputSize);

    /// <summary>What gathers the batches of a data set.</summary>
    internal DataSetFiller<T> MakeFiller(DataSet<T> training, FitOptions<T> options) =>
        new(
            training,
            options.BatchSize,
            options.Shuffle ? _random.Derive((long)RandomPurpose.Shuffling) : null,
            Preparation(options));

    /// <summary>Memory for batches.</summary>
    internal BatchBuffer<T> MakeBuffer() => new(Network.InputSize, Network.OutputSize);
}
