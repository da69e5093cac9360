using System.Numerics;
using NeuralNet.Backpropagation;
using NeuralNet.Data;
using NeuralNet.Distributed;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;

namespace NeuralNet.Evaluation;

/// <summary>
/// Measures how good a network is on a data set. It owns its memory and serves one thread at a time: an evaluation that
/// begins before another one has ended is refused.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Evaluator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly ILoss _loss;
    private readonly OutputDescription _description;
    private readonly ExclusiveUse _inUse = new("evaluator");
    private T[] _inputs = [];
    private T[] _targets = [];
    private T[] _outputs = [];
    private T[] _gradient = [];
    private T[] _losses = [];
    private ForkJoin _team;

    /// <summary>Makes an evaluator.</summary>
    /// <param name="network">The network to measure.</param>
    /// <param name="loss">The loss of one sample.</param>
    /// <param name="threads">
    /// Most threads that share the work of predicting, where it is large enough to pay; as many as there are processors
    /// if null, 1 never leaves the caller's thread. The result is the same to the bit.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The loss would misread the outputs of the last activation, such as probabilities where it takes logits.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public Evaluator(Network<T> network, ILoss loss, int? threads = null)
        : this(network, loss, new ForkJoin(Require.AtLeast(threads ?? Environment.ProcessorCount, 1, nameof(threads))))
    {
    }

    /// <summary>Makes an evaluator that uses the threads of a trainer.</summary>
    internal Evaluator(Network<T> network, ILoss loss, ForkJoin team)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        OutputPairing.Require(network, loss);
        _network = network;
        _loss = loss;
        _description = OutputDescription.Of(network, loss);
        _team = team;
    }

    /// <summary>Predicts every sample and compares with its target.</summary>
    /// <remarks>
    /// The loss is that of training: where the data have weights w, Σ wᵢ·Lᵢ / n, with n the number of samples. Metrics
    /// count every sample once, or by its weight where they are <see cref="MetricExtensions.Weighted"/>.
    /// </remarks>
    /// <param name="data">The samples.</param>
    /// <param name="metrics">Figures to compute besides the loss; none if null.</param>
    /// <param name="cancellationToken">Ends the evaluation between blocks of samples.</param>
    /// <returns>Loss and metrics.</returns>
    /// <exception cref="ArgumentException">
    /// The data do not fit the network, two metrics have one name, or one makes no sense for the outputs.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="InvalidOperationException">Another evaluation is under way.</exception>
    public EvaluationResult Evaluate(
        DataSet<T> data, IReadOnlyList<IMetric>? metrics = null, CancellationToken cancellationToken = default) =>
        Evaluate(data, metrics, meeting: null, cancellationToken);

    /// <summary>
    /// Predicts every sample and compares with its target; each of several workers predicts its share of the samples,
    /// and all get the same result.
    /// </summary>
    internal EvaluationResult Evaluate(
        DataSet<T> data, IReadOnlyList<IMetric>? metrics, Meeting? meeting, CancellationToken cancellationToken)
    {
        using ExclusiveUse.Scope use = _inUse.Enter(nameof(Evaluate));
        DataCheck.Require(_network, data);
        var running = new RunningMetrics(metrics ?? [], _description);
        int batchSize = EvaluationBatch.SizeFor(data.Count, _network.InputSize, _network.OutputSize);
        SetBatchSize(batchSize);
        double sum = 0;
        for (int start = 0; start < data.Count; start += batchSize)
        {
            int count = Math.Min(batchSize, data.Count - start);
            int rows = _network.OutputSize;
            ReadOnlyMatrixSpan<T> targets = data.ReadTargets(start, count, ref _targets);
            var outputs = new MatrixSpan<T>(_outputs.AsSpan(0, rows * count), rows, count);
            Predict(data, start, outputs, meeting, cancellationToken);
            var gradient = new MatrixSpan<T>(_gradient.AsSpan(0, rows * count), rows, count);
            int weights = data.Weights.Length / data.Count;
            ReadOnlySpan<T> ownWeights = data.Weights.Slice(start * weights, count * weights);
            WeightedLoss.Compute(_loss, outputs, targets, ownWeights, _losses.AsSpan(0, count), gradient);
            running.Add<T>(outputs, targets, ownWeights);
            for (int i = 0; i < count; i++)
            {
                sum += double.CreateChecked(_losses[i]);
            }
        }

        return new(sum / data.Count, running.ToDictionary());
    }

    /// <summary>Leaves the work to the calling thread from now on.</summary>
    internal void WorkAlone() => _team = ForkJoin.Alone;

    /// <summary>Predicts samples from one on: all of them, or the share of this worker, which the others get.</summary>
    private void Predict(
        DataSet<T> data, int start, MatrixSpan<T> outputs, Meeting? meeting, CancellationToken cancellationToken)
    {
        if (meeting is null || meeting.IsAlone)
        {
            ReadOnlyMatrixSpan<T> inputs = data.ReadInputs(start, outputs.Columns, ref _inputs);
            _network.PredictSamples(inputs, outputs, _team, cancellationToken);
            return;
        }

        meeting.Hear(MeetingPlace.Validation, cancellationToken.IsCancellationRequested);
        if (meeting.IsCancelled)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        IWorkers workers = meeting.Workers;
        var parts = new Partition(outputs.Columns, workers.Count);
        int first = parts.Start(workers.Rank);
        MatrixSpan<T> own = outputs.ColumnRange(first, parts.Size(workers.Rank));
        if (!own.IsEmpty)
        {
            ReadOnlyMatrixSpan<T> inputs = data.ReadInputs(start + first, own.Columns, ref _inputs);
            _network.PredictSamples(inputs, own, _team, CancellationToken.None);
        }

        int[] counts =
            [.. Enumerable.Range(0, workers.Count).Select(rank => parts.Size(rank) * _network.OutputSize)];
        workers.AllGather<T>(own.Values, outputs.Values, counts);
    }

    private void SetBatchSize(int batchSize)
    {
        if (_losses.Length < batchSize)
        {
            int length = ElementCount.Of(_network.OutputSize, batchSize, "A batch of outputs");
            _outputs = new T[length];
            _gradient = new T[length];
            _losses = new T[batchSize];
        }
    }
}
