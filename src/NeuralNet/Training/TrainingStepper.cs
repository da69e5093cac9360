using System.Numerics;
using NeuralNet.Backpropagation;
using NeuralNet.Diagnostics;
using NeuralNet.Distributed;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Optimizers;
using NeuralNet.Randomness;

namespace NeuralNet.Training;

/// <summary>
/// Makes the steps of a training: the gradients of one or more batches are computed, by all workers together, averaged,
/// checked, clipped and applied.
/// </summary>
internal sealed class TrainingStepper<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Samples are counted in units of so many while gradients of batches are summed, or the sum of large ones would
    // overflow though their mean is finite. As a power of 2 it changes no digit.
    private const int SampleUnit = 1 << 16;

    private readonly TrainingState<T> _state;
    private readonly ShardedPass<T>? _sharded;
    private readonly GradientExchange<T>? _exchange;
    private readonly Gradients<T> _gradients;
    private readonly Parameter<T>[] _parameters;
    private readonly Parameter<T>[] _constrained;
    private readonly Memory<T>[] _views;
    private long _samples;
    private Gradients<T>? _sum;
    private Gradients<T> _waiting;
    private RandomStream _draw;

    /// <summary>Makes a stepper.</summary>
    public TrainingStepper(TrainingState<T> state, int? threads, IWorkers workers)
    {
        Engine = new BackpropagationEngine<T>(state.Network, state.Loss, threads);
        Shards = Shards.Of(workers);
        Meeting = new(workers);
        _state = state;
        _parameters = [.. state.Network.Parameters];
        _constrained = Array.FindAll(_parameters, parameter => parameter.Constraint is not null);
        _views = new Memory<T>[_parameters.Length];
        _sharded = workers.Shards == 1 ? null : new(Engine, Shards);
        _exchange = Meeting.IsAlone ? null : new(workers, _sharded!.Sums);

        // The sum over all shards takes the place of the worker's own.
        _gradients = _sharded?.Sums[0] ?? Gradients.For(state.Network);
        _waiting = _gradients;
    }

    /// <summary>Computes losses and gradients.</summary>
    public BackpropagationEngine<T> Engine { get; }

    /// <summary>The workers that train together.</summary>
    public IWorkers Workers => Meeting.Workers;

    /// <summary>The shards of a batch, and those of this worker.</summary>
    public Shards Shards { get; }

    /// <summary>The places where all workers meet.</summary>
    public Meeting Meeting { get; }

    /// <summary>Batches whose gradients wait for their step.</summary>
    public int PendingBatches { get; private set; }

    /// <summary>
    /// The gradients of the last step as the optimizer saw them; null unless the last batch made one.
    /// </summary>
    public Gradients<T>? LastGradients { get; private set; }

    /// <summary>The network's outputs for the last batch, or for the worker's part of it.</summary>
    public ReadOnlyMatrixSpan<T> Outputs => _sharded is null ? Engine.Outputs : _sharded.Outputs;

    /// <summary>
    /// The samples that the engine has computed last, by their place in the worker's part of the batch, and the random
    /// numbers of the layers for them.
    /// </summary>
    public (int Start, int Count, RandomStream Draw) LastPass =>
        _sharded is null
            ? (0, Engine.Outputs.Columns, _draw)
            : (_sharded.Last.Start, _sharded.Last.Count, _sharded.LastDraw);

    /// <summary>The random numbers that the layers draw for the next batch.</summary>
    private RandomStream NextDraw
    {
        get
        {
            RandomStream random = _state.Random(RandomPurpose.TrainingStep).Derive(_state.StepCount);

            // Each batch of a step draws for itself. Layers take the indices from zero up.
            return PendingBatches > 0 ? random.Derive(-PendingBatches) : random;
        }
    }

    /// <summary>Drops gradients that wait for a step, as after an exception.</summary>
    public void DiscardPending()
    {
        PendingBatches = 0;
        LastGradients = null;
        _samples = 0;
    }

    /// <summary>Lets the other workers know that this one has failed, unless they are the reason.</summary>
    public void TellOthers(Exception exception)
    {
        DiscardPending();
        if (Meeting.IsAlone || exception is WorkersException)
        {
            return;
        }

        try
        {
            Meeting.Fail();
        }
        catch (WorkersException)
        {
            // The exception that is told of says more.
        }
    }

    /// <summary>Makes a step with one batch.</summary>
    /// <returns>The loss before the step.</returns>
    public double Step(StepBatch<T> batch, double learningRate, IGradientClipping? clipping)
    {
        DiscardPending();
        double loss = Accumulate(batch, isWholeStep: true);
        Update(learningRate, clipping, batch);
        return loss;
    }

    /// <summary>Makes a step with gradients that were computed elsewhere; they are not changed.</summary>
    public void Step(Gradients<T> gradients, double learningRate, IGradientClipping? clipping)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        if (gradients.Network != _state.Network)
        {
            throw new ArgumentException(
                "The gradients belong to another network than the trainer's: make them with "
                + "Gradients.For(trainer.Network).",
                nameof(gradients));
        }

        DiscardPending();
        _gradients.CopyFrom(gradients);
        _waiting = _gradients;
        PendingBatches = 1;
        Update(learningRate, clipping, batch: default);
    }

    /// <summary>Computes loss and gradients of a batch and keeps the gradients for the next step.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="isWholeStep">Whether no further batch belongs to the step.</param>
    /// <returns>The loss of the batch.</returns>
    public double Accumulate(StepBatch<T> batch, bool isWholeStep)
    {
        LastGradients = null;
        _draw = NextDraw;
        _waiting = _gradients;
        double loss;
        if (_sharded is not null)
        {
            loss = AccumulateShards(_sharded, batch);
        }
        else
        {
            loss = Engine.Compute(
                batch.Inputs, batch.Targets, _gradients, random: _draw, sampleWeights: batch.Weights);
            if (!double.IsFinite(loss))
            {
                throw Diverged(
                    DivergenceSearch.InBatch(Engine, _gradients, loss, batch.Inputs, batch.Targets), batch);
            }
        }

        PendingBatches++;
        if (!isWholeStep)
        {
            _gradients.Scale(T.CreateChecked((double)batch.Samples / SampleUnit));
            _samples += batch.Samples;
            AddToSum();
        }

        return loss;
    }

    /// <summary>Makes a step with the gradients that wait for it.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="clipping">The rule that limits the gradients, or null.</param>
    /// <param name="batch">The last batch of the step, for what is said if training diverges.</param>
    public void Update(double learningRate, IGradientClipping? clipping, StepBatch<T> batch)
    {
        if (!(learningRate >= 0 && double.IsFinite(learningRate)))
        {
            DiscardPending();
            throw new InvalidOperationException(
                $"The learning rate of step {_state.StepCount + 1} is {learningRate}; the optimizer and its schedule "
                + "must give a finite number that is not negative. The parameters are as they were.");
        }

        Gradients<T> gradients = Mean();
        RequireFinite(gradients, batch);
        DiscardPending();
        if (clipping is not null)
        {
            clipping.Clip(Trainable(gradients));
            gradients.MarkAllWritten();
        }

        Apply(gradients, learningRate);
        LastGradients = gradients;
    }

    /// <summary>
    /// Throws if updates made a parameter overflow. Mostly the loss of the next batch shows that; but a −∞ may stay
    /// hidden behind a rectifier, and the last batch of a run has none after it.
    /// </summary>
    public void RequireFiniteParameters(double learningRate, int epoch, int batch)
    {
        foreach (Parameter<T> parameter in _parameters)
        {
            if (!parameter.IsFrozen && !Finite.All<T>(parameter.Values))
            {
                throw new TrainingDivergedException(
                    DivergenceSearch.InUpdate(parameter, _state.Network, _gradients, learningRate),
                    _state.StepCount,
                    epoch,
                    batch);
            }
        }
    }

    /// <summary>
    /// The loss of a batch in shards; leaves the mean of their gradients over all workers.
    /// </summary>
    private double AccumulateShards(ShardedPass<T> sharded, StepBatch<T> batch)
    {
        sharded.Compute(batch, _draw);
        if (!Meeting.IsAlone)
        {
            Meeting.ShareLosses(sharded.Losses, Shards);
        }

        double sum = 0;
        foreach (double loss in sharded.Losses)
        {
            sum += loss;
        }

        if (!double.IsFinite(sum))
        {
            throw Diverged(sharded.Divergence ?? DivergenceSearch.InOtherWorker(_state.Network), batch);
        }

        var scale = T.CreateChecked(1.0 / Shards.Count);
        if (_exchange is null)
        {
            _gradients.Scale(scale);
        }
        else
        {
            _exchange.Sum(_gradients, scale);
        }

        return sum / batch.Samples;
    }

    /// <summary>
    /// Adds the gradients of a batch to those of the batches before, and lets the sum wait for the step.
    /// </summary>
    private void AddToSum()
    {
        _sum ??= Gradients.For(_state.Network);
        if (PendingBatches == 1)
        {
            _sum.Clear();
        }

        _sum.Add(_gradients);
        _waiting = _sum;
    }

    /// <summary>The mean of the gradients that wait for the step, over the samples of all batches.</summary>
    private Gradients<T> Mean()
    {
        if (_samples > 0)
        {
            _waiting.Scale(T.CreateChecked(SampleUnit) * (T.One / T.CreateChecked(_samples)));
        }

        return _waiting;
    }

    private void RequireFinite(Gradients<T> gradients, StepBatch<T> batch)
    {
        if (!gradients.AreFinite(Engine.Team))
        {
            throw Diverged(
                batch.Inputs.IsEmpty || _sharded is not null
                    ? DivergenceSearch.InGradients(_state.Network, gradients)
                    : DivergenceSearch.InBatch(Engine, gradients, loss: 0, batch.Inputs, batch.Targets),
                batch);
        }
    }

    private void Apply(Gradients<T> gradients, double learningRate)
    {
        var step = new UpdateStep(_state.CountStep(), learningRate);
        int parts = Engine.Team.PartsFor(_state.Network.ParameterCount);
        Engine.Team.Run(
            new UpdateJob<T>(
                _state.Optimizer,
                _parameters,
                gradients.Arrays,
                gradients.Columns,
                _state.Slots,
                _state.UpdateSettings,
                step,
                parts),
            parts);
        foreach (Parameter<T> parameter in _constrained)
        {
            if (!parameter.IsFrozen)
            {
                parameter.Constraint!.Apply(parameter.View);
            }
        }
    }

    /// <summary>The gradients that an optimizer sees: of neither statistics nor frozen parameters.</summary>
    private GradientSet<T> Trainable(Gradients<T> gradients)
    {
        int count = 0;
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (_parameters[i].IsTrainable)
            {
                _views[count++] = gradients.Arrays[i];
            }
        }

        return new(_views.AsSpan(0, count));
    }

    private TrainingDivergedException Diverged(Divergence details, StepBatch<T> batch) =>
        new(details, _state.StepCount + 1, batch.Epoch, batch.Number);
}
