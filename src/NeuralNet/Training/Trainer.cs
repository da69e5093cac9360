using System.Numerics;
using NeuralNet.Backpropagation;
using NeuralNet.Data;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Randomness;

namespace NeuralNet.Training;

/// <summary>
/// Trains a network: <see cref="Step"/> is one step of an optimizer on one batch, <see cref="Fit"/> the loop around it.
/// </summary>
/// <remarks>
/// The trainer owns what the optimizer remembers and counts steps and epochs, so a second <see cref="Fit"/> goes on
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
    private readonly T[][] _slots;
    private readonly RandomStream _random;
    private readonly Evaluator<T> _evaluator;
    private int _epochsBegun;

    /// <summary>Makes a trainer.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="loss">What is to become small.</param>
    /// <param name="optimizer">How the parameters follow their gradients.</param>
    /// <param name="seed">Where the order of samples and dropout come from; the network's seed if null.</param>
    /// <param name="threads">
    /// Most threads that share the work of a step; as many as there are processors if null, 1 never leaves the caller's
    /// thread. The result is the same to the bit.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    /// <exception cref="ArgumentException">
    /// The loss would misread what the network's last activation gives, such as probabilities where it takes logits.
    /// </exception>
    public Trainer(Network<T> network, ILoss loss, IOptimizer optimizer, int? seed = null, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        _engine = new BackpropagationEngine<T>(network, loss, threads ?? Environment.ProcessorCount);
        _evaluator = new Evaluator<T>(network, loss);
        _gradients = Gradients.For(network);
        _parameters = network.Parameters.ToArray();
        _slots = _parameters
            .Select(parameter => parameter.IsStatistic
                ? []
                : new T[Shape.Length(optimizer.SlotCount, parameter.Count, "The slots of", parameter.Name)])
            .ToArray();
        _constrained = Array.FindAll(_parameters, parameter => parameter.Constraint is not null);
        Optimizer = optimizer;
        Seed = seed ?? network.Seed;
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

    /// <summary>Steps made so far.</summary>
    public long StepCount { get; private set; }

    /// <summary>Epochs completed so far.</summary>
    public int EpochCount { get; private set; }

    /// <summary>One step on one batch: loss, gradients, update.</summary>
    /// <param name="inputs">Inputs × batch.</param>
    /// <param name="targets">Outputs × batch.</param>
    /// <param name="sampleWeights">A weight per sample, at least 0; 1 for each if left out.</param>
    /// <returns>The loss of the batch before the update, penalties included.</returns>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the network, the batch is empty, or a sample's weight is negative or not finite.
    /// </exception>
    /// <exception cref="InvalidOperationException">The optimizer's learning rate is negative or not finite.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss or a gradient is not finite; the parameters are as they were.
    /// </exception>
    public double Step(
        ReadOnlyMatrixSpan<T> inputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> sampleWeights = default) =>
        MakeStep(inputs, targets, sampleWeights, Optimizer.LearningRate, epoch: null, batch: null);

    /// <summary>Trains for a number of epochs.</summary>
    /// <param name="training">The samples to learn from.</param>
    /// <param name="options">How; the defaults of <see cref="FitOptions{T}"/> if null.</param>
    /// <param name="cancellationToken">
    /// Ends training after the batch at hand. Nothing is thrown: the history says what was reached.
    /// </param>
    /// <returns>Losses and metrics, epoch by epoch.</returns>
    /// <exception cref="ArgumentException">The training or validation data do not fit the network.</exception>
    /// <exception cref="InvalidOperationException">The schedule gives a learning rate that is negative or not finite.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss or a gradient is not finite; the parameters are as they were before that batch.
    /// </exception>
    public TrainingHistory Fit(
        DataSet<T> training, FitOptions<T>? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new FitOptions<T>();
        DataShape.Require(Network, training);
        if (options.Validation is not null)
        {
            DataShape.Require(Network, options.Validation);
        }

        var run = new TrainingRun(options.Epochs, training.Count, options.BatchSize, options.Metrics);
        var batches = new BatchBuffer<T>(training, options.BatchSize);
        var epochs = new List<EpochResult>();
        while (epochs.Count < options.Epochs && !cancellationToken.IsCancellationRequested)
        {
            run.StartEpoch();
            batches.Order(options.Shuffle ? _random.Derive((long)RandomPurpose.Shuffling).Derive(_epochsBegun) : null);
            _epochsBegun++;
            for (int batch = 1; batches.MoveNext(); batch++)
            {
                double learningRate =
                    Optimizer.LearningRate * (options.Schedule?.Factor(run.Steps, run.TotalSteps) ?? 1);
                double loss = MakeStep(batches.Inputs, batches.Targets, default, learningRate, run.Epoch, batch);
                run.Add(loss, _engine.Outputs, batches.Targets);
                options.Progress?.Report(run.Report(batch, learningRate));
                if (cancellationToken.IsCancellationRequested)
                {
                    break;
                }
            }

            EpochResult result = run.EndEpoch();
            if (result.IsComplete)
            {
                EpochCount++;
                result = result with { Validation = Validate(options, cancellationToken) };
            }

            epochs.Add(result);
        }

        bool wasCancelled = epochs.Count < options.Epochs
            || !epochs[^1].IsComplete
            || (options.Validation is not null && epochs[^1].Validation is null);
        return new(epochs, wasCancelled, run.Elapsed);
    }

    /// <summary>Measures how good the network is on a data set.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="metrics">Figures to compute besides the loss.</param>
    /// <returns>Loss and metrics.</returns>
    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    public Evaluation Evaluate(DataSet<T> data, params IReadOnlyList<IMetric> metrics) =>
        _evaluator.Evaluate(data, metrics);

    private double MakeStep(
        ReadOnlyMatrixSpan<T> inputs,
        ReadOnlyMatrixSpan<T> targets,
        ReadOnlySpan<T> sampleWeights,
        double learningRate,
        int? epoch,
        int? batch)
    {
        if (!(learningRate >= 0 && double.IsFinite(learningRate)))
        {
            throw new InvalidOperationException(
                $"The learning rate of step {StepCount + 1} is {learningRate}; the optimizer and its schedule must give a "
                + "finite number that is not negative. The parameters are as they were.");
        }

        RandomStream random = _random.Derive((long)RandomPurpose.TrainingStep).Derive(StepCount);
        double loss = _engine.Compute(inputs, targets, _gradients, random: random, sampleWeights: sampleWeights);
        if (!double.IsFinite(loss) || !_gradients.AreFinite(_engine.Team))
        {
            string what = Divergence.Describe(_engine, _gradients, loss, inputs, targets);
            throw new TrainingDivergedException(what, StepCount + 1, epoch, batch);
        }

        StepCount++;
        int parts = _engine.Team.PartsFor(Network.ParameterCount);
        _engine.Team.Run(
            new UpdateJob<T>(
                Optimizer, _parameters, _gradients.Arrays, _slots, new UpdateStep(StepCount, learningRate), parts),
            parts);
        foreach (Parameter<T> parameter in _constrained)
        {
            if (!parameter.IsFrozen)
            {
                parameter.Constraint!.Apply(parameter.View);
            }
        }

        return loss;
    }

    private Evaluation? Validate(FitOptions<T> options, CancellationToken cancellationToken)
    {
        if (options.Validation is null)
        {
            return null;
        }

        try
        {
            return _evaluator.Evaluate(options.Validation, options.Metrics, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
