using System.Numerics;
using NeuralNet.Batches;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Distributed;
using NeuralNet.Evaluation;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;

namespace NeuralNet.Training;

/// <summary>A training run as its callbacks see it.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TrainingContext<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TrainingRun _run;
    private readonly Evaluator<T> _evaluator;
    private readonly ITrainingCallback<T> _callbacks;
    private readonly Lazy<IReadOnlyDictionary<string, string>> _settings;
    private readonly Func<RunState<T>> _capture;
    private readonly List<TrainingWarning> _warnings = [];

    internal TrainingContext(
        TrainingState<T> state,
        TrainingRun run,
        Evaluator<T> evaluator,
        FitOptions<T> options,
        ITrainingCallback<T> callbacks,
        Lazy<IReadOnlyDictionary<string, string>> settings,
        Func<RunState<T>> capture)
    {
        State = state;
        _run = run;
        _evaluator = evaluator;
        Options = options;
        _callbacks = callbacks;
        _settings = settings;
        _capture = capture;
    }

    /// <summary>The network being trained.</summary>
    public Network<T> Network => State.Network;

    /// <summary>The loss that training minimizes.</summary>
    public ILoss LossFunction => State.Loss;

    /// <summary>The rule that updates the parameters.</summary>
    public IOptimizer Optimizer => State.Optimizer;

    /// <summary>The seed of the order of samples and of dropout.</summary>
    public int Seed => State.Seed;

    /// <summary>The options of the run.</summary>
    public FitOptions<T> Options { get; }

    /// <summary>Whether the network is validated, after every epoch or after some.</summary>
    public bool HasValidation => Validation is not null;

    /// <summary>
    /// The samples that the network is validated on, given or split off the training data; null if there are none.
    /// </summary>
    public DataSet<T>? Validation { get; internal init; }

    /// <summary>
    /// The processes that train together. A callback that is called on every worker writes on that of rank 0 only.
    /// </summary>
    public IWorkers Workers { get; internal init; } = Distributed.Workers.Alone();

    /// <summary>Ends the run when it is cancelled. A callback that takes long should observe it.</summary>
    public CancellationToken CancellationToken { get; internal init; }

    /// <summary>Most threads that share the work of a step; they change no bit.</summary>
    public int Threads => Team.Threads;

    /// <summary>Steps that the trainer has made so far, those of earlier runs included.</summary>
    public long StepCount => State.StepCount;

    /// <summary>A factor on every learning rate, besides that of the schedule; see the trainer's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value that is negative or not finite.</exception>
    public double LearningRateFactor
    {
        get => State.LearningRateFactor;
        set => State.LearningRateFactor = value;
    }

    /// <summary>The current epoch, from 1; the last one when training has ended.</summary>
    public int Epoch => _run.Epoch;

    /// <summary>The current batch, from 1; 0 before the first one of an epoch.</summary>
    public int Batch => _run.Batch;

    /// <summary>Number of batches in an epoch, if it is known.</summary>
    public int? Batches => _run.Batches;

    /// <summary>
    /// Mean loss of the samples of the epoch, each at the time it was seen; NaN before the first batch.
    /// </summary>
    public double Loss => _run.MeanLoss;

    /// <summary>Loss of the last batch before its step; NaN before the first one.</summary>
    public double BatchLoss => _run.BatchLoss;

    /// <summary>The metrics of the samples of the epoch by name; they change as training continues.</summary>
    public IReadOnlyDictionary<string, double> Metrics => _run.Metrics;

    /// <summary>The learning rate of the last batch; NaN before the first one.</summary>
    public double LearningRate => _run.LearningRate;

    /// <summary>The epochs finished so far, those before an interruption included.</summary>
    public IReadOnlyList<EpochResult> Results => _run.Results;

    /// <summary>Warnings given so far about what keeps the network from learning.</summary>
    public IReadOnlyList<TrainingWarning> Warnings => _warnings;

    /// <summary>Time spent on the run so far, that before an interruption included.</summary>
    public TimeSpan Elapsed => _run.Elapsed;

    /// <summary>The reason why a callback stopped the run; null unless <see cref="Stop"/> was called.</summary>
    public string? StopReason { get; private set; }

    /// <summary>
    /// The callback that stopped the run, by the name of its type, such as <c>EarlyStopping</c>; null unless
    /// <see cref="Stop"/> was called by a callback.
    /// </summary>
    public string? StoppedBy { get; private set; }

    /// <summary>
    /// The way in which the run ended, for <see cref="ITrainingCallback{T}.OnTrainingEnd"/> and
    /// <see cref="ITrainingCallback{T}.OnTrainingFailed"/>; null before.
    /// </summary>
    public TrainingOutcome? Outcome { get; internal set; }

    /// <summary>Whether the run has ended early because it was cancelled.</summary>
    public bool WasCancelled => Outcome == TrainingOutcome.Cancelled;

    /// <summary>The state of the training.</summary>
    internal TrainingState<T> State { get; }

    /// <summary>The callback that is being called; null between calls.</summary>
    internal ITrainingCallback<T>? Caller { get; set; }

    /// <summary>The samples of the current batch.</summary>
    internal BatchBuffer<T>? CurrentBatch { get; set; }

    /// <summary>Samples of an epoch, if that is known before they are read.</summary>
    internal int? SamplesPerEpoch => _run.SamplesPerEpoch;

    /// <summary>The steps of the run.</summary>
    internal TrainingStepper<T>? Stepper { get; init; }

    /// <summary>The threads that share the work of the run.</summary>
    internal ForkJoin Team { get; init; } = ForkJoin.Alone;

    /// <summary>Whether a step was made with the current batch, so that the state of the run can be saved.</summary>
    internal bool IsAtStep => _run.IsAtStep;

    /// <summary>
    /// The gradient of a parameter in the step that was just made, as the optimizer saw it: the mean over the samples,
    /// clipped. For <see cref="ITrainingCallback{T}.OnBatchEnd"/>; it is there without a copy, and costs nothing where
    /// nobody asks.
    /// </summary>
    /// <param name="parameter">A parameter of the network.</param>
    /// <param name="gradient">
    /// ∂L/∂parameter, column after column as the parameter's values; valid until the method that asks returns.
    /// </param>
    /// <returns>
    /// False if there was no step, as after a batch whose gradients wait for those of others, and outside
    /// <see cref="ITrainingCallback{T}.OnBatchEnd"/>.
    /// </returns>
    /// <exception cref="ArgumentException">The parameter belongs to another network.</exception>
    public bool TryGetGradient(Parameter<T> parameter, out ReadOnlySpan<T> gradient)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        IReadOnlyList<Parameter<T>> parameters = Network.Parameters;
        if (parameter.Index >= parameters.Count || parameters[parameter.Index] != parameter)
        {
            throw new ArgumentException(
                $"'{parameter.Name}' is no parameter of the network that is trained.", nameof(parameter));
        }

        gradient = Stepper?.LastGradients is { } gradients ? gradients.Arrays[parameter.Index] : default;
        return Stepper?.LastGradients is not null;
    }

    /// <summary>
    /// The output of a layer for the batch that was just trained on. For
    /// <see cref="ITrainingCallback{T}.OnBatchEnd"/>; it is there without a copy, and costs nothing where nobody asks.
    /// </summary>
    /// <param name="layer">A layer of the network, or one within it.</param>
    /// <param name="activations">
    /// The layer's outputs × samples of the batch, with dropout and other noise; valid until the method that asks
    /// returns. Of a batch that is computed in shards, the samples of the last shard.
    /// </param>
    /// <returns>
    /// False if no batch was trained on yet, if the layer is none of the network's, and if the layer around it keeps no
    /// output of it.
    /// </returns>
    public bool TryGetActivations(Layer<T> layer, out ReadOnlyMatrixSpan<T> activations)
    {
        ArgumentNullException.ThrowIfNull(layer);
        activations = default;
        return Stepper is { } stepper
            && !double.IsNaN(_run.BatchLoss)
            && stepper.Engine.TryGetActivations(layer, out activations);
    }

    /// <summary>
    /// Stops the run after the current batch or epoch. If it is called again, the first reason counts.
    /// </summary>
    /// <param name="reason">The reason, for the history.</param>
    /// <exception cref="ArgumentException">The reason is empty.</exception>
    public void Stop(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (StopReason is null)
        {
            (StopReason, StoppedBy) = (reason, Caller is null ? null : NameOf(Caller));
        }
    }

    /// <summary>
    /// Warns about something that keeps the network from learning: adds to the warnings of the history, and calls
    /// <see cref="ITrainingCallback{T}.OnWarning"/> of all callbacks.
    /// </summary>
    /// <param name="warning">The warning.</param>
    public void Warn(TrainingWarning warning)
    {
        ArgumentNullException.ThrowIfNull(warning);
        _warnings.Add(warning);
        _callbacks.OnWarning(this, warning);
    }

    /// <summary>Evaluates the network in its current state, as <see cref="Trainer{T}.Evaluate"/> does.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="metrics">Figures to compute besides the loss; none if null.</param>
    /// <returns>Loss and metrics.</returns>
    /// <exception cref="ArgumentException">
    /// The data do not fit the network, or two metrics have the same name.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="InvalidOperationException">
    /// The run is under way on another thread, or this was called within an evaluation, as by a metric.
    /// </exception>
    public EvaluationResult Evaluate(DataSet<T> data, IReadOnlyList<IMetric>? metrics = null)
    {
        using ExclusiveUse.Scope use = Network.InTraining.EnterWithin(nameof(Evaluate));
        return _evaluator.Evaluate(data, metrics, CancellationToken);
    }

    /// <summary>Why the run is to stop and which callback stops it, in one text; empty where it goes on.</summary>
    internal string Decision
    {
        get => StopReason is null ? "" : $"{StoppedBy}\n{StopReason}";
        set => (StoppedBy, StopReason) = value.Split('\n', 2) is [string by, string reason]
            ? (by.Length == 0 ? null : by, reason)
            : (null, null);
    }

    /// <summary>A report of how far the run is.</summary>
    internal TrainingProgress Report() => _run.Report();

    /// <summary>The state from which the run can be continued, besides that of the training.</summary>
    internal RunState<T> Capture() => _capture();

    /// <summary>Refuses a run whose settings cannot be described for a checkpoint.</summary>
    /// <exception cref="InvalidOperationException">A strategy is not registered.</exception>
    internal void RequireDescribed() => _ = _settings.Value;

    /// <summary>Takes over the reason why an interrupted run was stopped, and the callback that did.</summary>
    internal void Restore(string? stopReason, string? stoppedBy) => (StopReason, StoppedBy) = (stopReason, stoppedBy);

    // Without the number of its type parameters, as in EarlyStopping`1.
    private static string NameOf(ITrainingCallback<T> callback) => callback.GetType().Name.Split('`')[0];
}
