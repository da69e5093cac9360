using System.Numerics;
using NeuralNet.Backpropagation;
using NeuralNet.Batches;
using NeuralNet.Data;
using NeuralNet.Distributed;
using NeuralNet.Evaluation;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;

namespace NeuralNet.Training;

/// <summary>
/// Trains a network: <c>Step</c> makes one step of an optimizer on a batch or with given gradients, and <c>Fit</c>
/// trains for epochs of batches.
/// </summary>
/// <remarks>
/// The trainer keeps the optimizer's memory and counts steps and epochs, so a second <c>Fit</c> continues where the
/// first one ended. The same seed, data and options give the same bits. A trainer serves one thread at a time, and a
/// network one trainer at a time: a step or a run that begins before another one of the same network has ended is
/// refused with an <see cref="InvalidOperationException"/> that names the first, which goes on unharmed. A callback may
/// predict with the network and call <see cref="Evaluate"/>. Nothing else may change the parameters, or predict on
/// another thread, while a step is made.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Trainer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Evaluator<T> _evaluator;

    /// <summary>Makes a trainer.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="loss">The loss that training minimizes.</param>
    /// <param name="optimizer">The rule that updates the parameters.</param>
    /// <param name="seed">The seed of the order of samples and of dropout; the network's seed if null.</param>
    /// <param name="threads">
    /// The most threads that share the work of a step or an evaluation; as many as there are processors if null. With 1
    /// all work stays on the caller's thread. The result is the same to the bit.
    /// </param>
    /// <param name="kinds">
    /// The kinds of layers and strategies, by which checkpoints describe the settings of a training; those of the
    /// library if null. A layer, activation, loss, optimizer or the like of your own must be among them to save and
    /// resume.
    /// </param>
    /// <param name="workers">
    /// The processes that train together, of which this is one; null for a training by this one alone, with batches in
    /// one piece.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    /// <exception cref="ArgumentException">
    /// The loss would misread the outputs of the last activation, such as probabilities where it takes logits; or there
    /// are fewer shards than workers.
    /// </exception>
    public Trainer(
        Network<T> network,
        ILoss loss,
        IOptimizer optimizer,
        int? seed = null,
        int? threads = null,
        ModelKinds? kinds = null,
        IWorkers? workers = null)
    {
        State = new(network, loss, optimizer, seed, kinds);
        workers ??= Distributed.Workers.Alone();
        if (workers.Shards < workers.Count)
        {
            throw new ArgumentException(
                $"There are {workers.Count} workers, but a batch has "
                + $"{Quantity.Of(workers.Shards, "shard")}: each worker needs at least one.",
                nameof(workers));
        }

        Stepper = new(State, threads, workers);
        _evaluator = new(network, loss, Stepper.Engine.Team);
    }

    /// <summary>The network being trained.</summary>
    public Network<T> Network => State.Network;

    /// <summary>The loss that training minimizes.</summary>
    public ILoss Loss => State.Loss;

    /// <summary>The rule that updates the parameters.</summary>
    public IOptimizer Optimizer => State.Optimizer;

    /// <summary>
    /// Groups of parameters with a learning-rate factor, a weight decay or an L2 penalty of their own, chosen by the
    /// names of layers and parameters: of those that match a parameter the first counts. None unless set, and then
    /// every parameter has the optimizer's settings.
    /// </summary>
    /// <remarks>
    /// They hold for every step, whether of <c>Fit</c> or <c>Step</c>. A run is resumed from a checkpoint with the same
    /// groups only; a new run that begins from one may have others.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// Set to groups of which one names no parameter and no layer, or has no parameter that groups before it leave.
    /// </exception>
    public IReadOnlyList<ParameterGroup> ParameterGroups
    {
        get => State.Groups;
        init => State.SetGroups(value);
    }

    /// <summary>The seed of the order of samples and of dropout.</summary>
    public int Seed => State.Seed;

    /// <summary>The kinds of layers and strategies, by which checkpoints describe the settings of a training.</summary>
    public ModelKinds Kinds => State.Kinds;

    /// <summary>The processes that train together; a single one unless others were given.</summary>
    public IWorkers Workers => Stepper.Workers;

    /// <summary>Shapes, loss, optimizer and number of steps so far, and the groups with their parameters.</summary>
    /// <returns>
    /// For example <c>784 → 10, SoftmaxCrossEntropy, Sgd: learning rate 0.01; 400 steps</c>, and a line for each group,
    /// such as <c>  *.biases: weight decay 0 (dense1.biases, dense2.biases)</c>.
    /// </returns>
    public override string ToString() =>
        $"{Network.InputShape} → {Network.OutputShape}, {SettingsText.NameOf(Loss)}, {Optimizer}; "
        + Quantity.Of(StepCount, "step") + GroupedParameters.Describe(State);

    /// <summary>
    /// A factor on every learning rate, besides that of the schedule; 1 unless set. Callbacks that change the rate
    /// during training, as on a plateau, change it here, and checkpoints contain it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value that is negative or not finite.</exception>
    public double LearningRateFactor
    {
        get => State.LearningRateFactor;
        set => State.LearningRateFactor = value;
    }

    /// <summary>Steps made so far.</summary>
    public long StepCount => State.StepCount;

    /// <summary>Epochs completed so far.</summary>
    public int EpochCount => State.EpochCount;

    /// <summary>Parameters, optimizer slots and counters.</summary>
    internal TrainingState<T> State { get; }

    /// <summary>Makes the steps.</summary>
    internal TrainingStepper<T> Stepper { get; }

    /// <summary>Makes one step on one batch: loss, gradients, update.</summary>
    /// <remarks>Of several workers each is given the same batch, and computes its own shards of it.</remarks>
    /// <param name="inputs">Inputs × batch.</param>
    /// <param name="targets">Outputs × batch.</param>
    /// <param name="sampleWeights">A weight per sample, at least 0; 1 for each if left out.</param>
    /// <param name="clipping">The rule that limits the gradients; none if null.</param>
    /// <returns>The loss of the batch before the update, penalties included.</returns>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the network, the batch is empty, or a sample's weight is negative or not finite.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The optimizer's learning rate is negative or not finite, or another use of the network's trainer is under way.
    /// </exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss or a gradient is not finite, perhaps because the step before made a parameter overflow. This step has
    /// not changed the parameters.
    /// </exception>
    public double Step(
        ReadOnlyMatrixSpan<T> inputs,
        ReadOnlyMatrixSpan<T> targets,
        ReadOnlySpan<T> sampleWeights = default,
        IGradientClipping? clipping = null)
    {
        using ExclusiveUse.Scope use = Network.InTraining.Enter(nameof(Step));
        try
        {
            return Stepper.Step(new StepBatch<T>(inputs, targets, sampleWeights), State.LearningRate, clipping);
        }
        catch (Exception exception)
        {
            Stepper.TellOthers(exception);
            throw;
        }
    }

    /// <summary>
    /// Makes one step with gradients computed elsewhere, as for adversarial networks, policies or losses of several
    /// networks: they are checked to be finite, clipped and applied, constraints are kept, and the step is counted.
    /// </summary>
    /// <remarks>
    /// The "gradient" of a running statistic, as of batch normalization, is the statistic of the batch that the
    /// statistic moves towards; <see cref="BackpropagationEngine{T}"/> computes it with the gradients. Several workers
    /// do not share this work: each must be given the same gradients.
    /// </remarks>
    /// <param name="gradients">The gradients of the network's parameters; they are not changed.</param>
    /// <param name="clipping">The rule that limits the gradients; none if null.</param>
    /// <exception cref="ArgumentException">The gradients belong to another network.</exception>
    /// <exception cref="InvalidOperationException">
    /// The optimizer's learning rate is negative or not finite, or another use of the network's trainer is under way.
    /// </exception>
    /// <exception cref="TrainingDivergedException">
    /// A gradient is not finite. The parameters were not changed.
    /// </exception>
    public void Step(Gradients<T> gradients, IGradientClipping? clipping = null)
    {
        using ExclusiveUse.Scope use = Network.InTraining.Enter(nameof(Step));
        Stepper.Step(gradients, State.LearningRate, clipping);
    }

    /// <summary>Trains on samples in memory.</summary>
    /// <param name="training">The samples to learn from.</param>
    /// <param name="options">The options; the defaults of <see cref="FitOptions{T}"/> if null.</param>
    /// <param name="cancellationToken">
    /// Ends training after the current batch. The history then says what was reached; an exception is thrown only if
    /// the options ask for it.
    /// </param>
    /// <returns>Losses and metrics, epoch by epoch.</returns>
    /// <exception cref="ArgumentException">
    /// The training or validation data do not fit the network, or options contradict each other.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The schedule gives a rate that is negative or not finite, a callback watches a figure that the run does not
    /// have, or another use of the network's trainer is under way.
    /// </exception>
    /// <exception cref="CheckpointMismatchException">
    /// The run to continue was begun with other settings; it waits as before, and nothing has changed.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// The checkpoint of the run to continue holds a state that none of its callbacks can be in; it waits as before.
    /// </exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss or a gradient is not finite, and that step has not changed the parameters; or a parameter is not finite
    /// at the end of an epoch.
    /// </exception>
    public TrainingHistory Fit(
        DataSet<T> training, FitOptions<T>? options = null, CancellationToken cancellationToken = default)
    {
        using ExclusiveUse.Scope use = Network.InTraining.Enter(nameof(Fit));
        options ??= new();
        bool readsAhead = Stepper.Engine.Team.Threads > 1;
        return Fit(
            () => TrainingData<T>.InMemory(State, training, options, Stepper.Shards, readsAhead),
            options,
            cancellationToken);
    }

    /// <summary>Trains on a stream of batches, which another thread reads ahead.</summary>
    /// <param name="training">The source of the batches.</param>
    /// <param name="options">
    /// The options; the defaults of <see cref="FitOptions{T}"/> if null. The source decides on batch size and order.
    /// </param>
    /// <param name="cancellationToken">
    /// Ends training after the current batch. The history then says what was reached; an exception is thrown only if
    /// the options ask for it.
    /// </param>
    /// <returns>Losses and metrics, epoch by epoch.</returns>
    /// <exception cref="ArgumentException">
    /// The validation data do not fit the network, options contradict each other, or a schedule cannot tell how many
    /// steps there will be.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// A batch does not fit the network, the schedule gives a learning rate that is negative or not finite, a callback
    /// watches a figure that the run does not have, or another use of the network's trainer is under way.
    /// </exception>
    /// <exception cref="CheckpointMismatchException">
    /// The run to continue was begun with other settings; it waits as before, and nothing has changed.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// The checkpoint of the run to continue holds a state that none of its callbacks can be in; it waits as before.
    /// </exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss or a gradient is not finite, and that step has not changed the parameters; or a parameter is not finite
    /// at the end of an epoch.
    /// </exception>
    public TrainingHistory Fit(
        IBatchSource<T> training, FitOptions<T>? options = null, CancellationToken cancellationToken = default)
    {
        using ExclusiveUse.Scope use = Network.InTraining.Enter(nameof(Fit));
        options ??= new();
        return Fit(
            () => TrainingData<T>.Streamed(State, training, options, Stepper.Shards), options, cancellationToken);
    }

    /// <summary>Measures how good the network is on a data set.</summary>
    /// <remarks>As in training, a sample's weight counts in the loss; metrics count every sample once.</remarks>
    /// <param name="data">The samples.</param>
    /// <param name="metrics">Figures to compute besides the loss; none if null.</param>
    /// <param name="cancellationToken">Ends the evaluation between blocks of samples.</param>
    /// <returns>Loss and metrics.</returns>
    /// <exception cref="ArgumentException">
    /// The data do not fit the network, or two metrics have the same name.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="InvalidOperationException">
    /// Another use of the network's trainer is under way: on another thread, or an evaluation on this one.
    /// </exception>
    public EvaluationResult Evaluate(
        DataSet<T> data, IReadOnlyList<IMetric>? metrics = null, CancellationToken cancellationToken = default)
    {
        using ExclusiveUse.Scope use = Network.InTraining.EnterWithin(nameof(Evaluate));
        return _evaluator.Evaluate(data, metrics, cancellationToken);
    }

    /// <summary>Leaves the work to the calling thread from now on, as where many trainers work at once.</summary>
    internal void WorkAlone()
    {
        Stepper.Engine.WorkAlone();
        _evaluator.WorkAlone();
    }

    private TrainingHistory Fit(
        Func<TrainingData<T>> open, FitOptions<T> options, CancellationToken cancellationToken)
    {
        try
        {
            using TrainingData<T> data = open();
            return new TrainingLoop<T>(State, Stepper, _evaluator, data, options, cancellationToken).Run();
        }
        catch (Exception exception)
        {
            Stepper.TellOthers(exception);
            throw;
        }
    }
}
