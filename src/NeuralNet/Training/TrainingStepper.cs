using System.Numerics;
using NeuralNet.Backpropagation;
using NeuralNet.Diagnostics;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.Optimizers;
using NeuralNet.Randomness;

namespace NeuralNet.Training;

/// <summary>
/// Makes the steps of a training: the gradients of one or more batches are computed, averaged over batches and workers,
/// checked, clipped and applied.
/// </summary>
internal sealed class TrainingStepper<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int LossTotal = 0;
    private const int SampleTotal = 1;

    // Samples are counted in units of so many while gradients are summed, or the sum of large ones would overflow
    // though their mean is finite. As a power of 2 it changes no digit.
    private const int SampleUnit = 1 << 16;

    private readonly TrainingState<T> _state;
    private readonly IWorkers _workers;
    private readonly Gradients<T> _gradients;
    private readonly Parameter<T>[] _parameters;
    private readonly Parameter<T>[] _constrained;
    private readonly Memory<T>[] _views;
    private readonly double[] _totals = new double[2];
    private Gradients<T>? _sum;

    /// <summary>Makes a stepper.</summary>
    public TrainingStepper(TrainingState<T> state, int? threads, IWorkers workers)
    {
        if (workers.Count < 1)
        {
            throw new ArgumentException(
                $"The number of workers includes this one, so it must be at least 1, but it is {workers.Count}.",
                nameof(workers));
        }

        Engine = new BackpropagationEngine<T>(state.Network, state.Loss, threads);
        _state = state;
        _workers = workers;
        _gradients = Gradients.For(state.Network);
        _parameters = [.. state.Network.Parameters];
        _constrained = Array.FindAll(_parameters, parameter => parameter.Constraint is not null);
        _views = new Memory<T>[_parameters.Length];
    }

    /// <summary>Computes losses and gradients.</summary>
    public BackpropagationEngine<T> Engine { get; }

    /// <summary>Batches whose gradients wait for their step.</summary>
    public int PendingBatches { get; private set; }

    /// <summary>
    /// The gradients of the last step as the optimizer saw them; null unless the last batch made one.
    /// </summary>
    public Gradients<T>? LastGradients { get; private set; }

    /// <summary>The random numbers that the layers draw for the next batch.</summary>
    public RandomStream NextDraw
    {
        get
        {
            RandomStream random = _state.Random(RandomPurpose.TrainingStep).Derive(_state.StepCount);

            // Each batch of a step draws for itself. Layers take the indices from zero up.
            return PendingBatches > 0 ? random.Derive(-PendingBatches) : random;
        }
    }

    private bool IsAlone => _workers.Count == 1;

    /// <summary>Drops gradients that wait for a step, as after an exception.</summary>
    public void DiscardPending()
    {
        PendingBatches = 0;
        LastGradients = null;
        Array.Clear(_totals);
    }

    /// <summary>Makes a step with one batch.</summary>
    /// <returns>The loss before the step, over the samples of all workers.</returns>
    public double Step(StepBatch<T> batch, double learningRate, IGradientClipping? clipping)
    {
        DiscardPending();
        double loss = Accumulate(batch, isWholeStep: true);
        Update(learningRate, clipping, batch);
        return IsAlone ? loss : _totals[LossTotal] / _totals[SampleTotal];
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
        Add(loss: 0, samples: 1, isWholeStep: true);
        Update(learningRate, clipping, batch: default);
    }

    /// <summary>Computes loss and gradients of a batch and keeps the gradients for the next step.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="isWholeStep">Whether no further batch belongs to the step.</param>
    /// <returns>The loss of the batch.</returns>
    public double Accumulate(StepBatch<T> batch, bool isWholeStep)
    {
        LastGradients = null;
        double loss = Engine.Compute(
            batch.Inputs, batch.Targets, _gradients, random: NextDraw, sampleWeights: batch.Weights);
        if (!double.IsFinite(loss))
        {
            Divergence details = DivergenceSearch.InBatch(Engine, _gradients, loss, batch.Inputs, batch.Targets);
            StopOtherWorkers();
            throw Diverged(details, batch);
        }

        Add(loss, batch.Inputs.Columns, isWholeStep);
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

        Gradients<T> gradients = SumOverWorkers(batch);
        RequireFinite(gradients, batch);
        PendingBatches = 0;
        if (clipping is not null)
        {
            clipping.Clip(View(gradients, onlyTrainable: true));
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
    /// Keeps the gradients of a batch: as they are if they are the whole step, else in a weighted sum.
    /// </summary>
    private void Add(double loss, int samples, bool isWholeStep)
    {
        PendingBatches++;
        if (isWholeStep && IsAlone)
        {
            return;
        }

        if (PendingBatches == 1)
        {
            _sum ??= Gradients.For(_state.Network);
            _sum.Clear();
            Array.Clear(_totals);
        }

        _gradients.Scale(T.CreateChecked((double)samples / SampleUnit));
        _sum!.Add(_gradients);
        _totals[LossTotal] += loss * samples;
        _totals[SampleTotal] += samples;
    }

    /// <summary>The mean of the gradients over the samples of all batches of the step, and of all workers.</summary>
    private Gradients<T> SumOverWorkers(StepBatch<T> batch)
    {
        if (_totals[SampleTotal] == 0)
        {
            return _gradients;
        }

        if (!IsAlone)
        {
            _workers.Sum(View(_sum!, onlyTrainable: false), _totals);
            _sum!.MarkAllWritten();
            if (!double.IsFinite(_totals[LossTotal]))
            {
                throw Diverged(DivergenceSearch.InOtherWorker(_state.Network), batch);
            }
        }

        _sum!.Scale(T.CreateChecked(SampleUnit) * (T.One / T.CreateChecked(_totals[SampleTotal])));
        return _sum;
    }

    /// <summary>
    /// Takes part in the sum of this step with a loss that is not finite, so that no worker makes it.
    /// </summary>
    private void StopOtherWorkers()
    {
        if (!IsAlone)
        {
            _totals[LossTotal] = double.NaN;
            _workers.Sum(View(_sum ??= Gradients.For(_state.Network), onlyTrainable: false), _totals);
        }
    }

    private void RequireFinite(Gradients<T> gradients, StepBatch<T> batch)
    {
        if (!gradients.AreFinite(Engine.Team))
        {
            throw Diverged(
                batch.Inputs.IsEmpty
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

    /// <summary>
    /// All gradients, or only those that an optimizer sees: of neither statistics nor frozen parameters.
    /// </summary>
    private GradientSet<T> View(Gradients<T> gradients, bool onlyTrainable)
    {
        int count = 0;
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (!onlyTrainable || _parameters[i].IsTrainable)
            {
                _views[count++] = gradients.Arrays[i];
            }
        }

        return new(_views.AsSpan(0, count));
    }

    private TrainingDivergedException Diverged(Divergence details, StepBatch<T> batch) =>
        new(details, _state.StepCount + 1, batch.Epoch, batch.Number);
}
