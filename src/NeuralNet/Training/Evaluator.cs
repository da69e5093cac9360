using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;

namespace NeuralNet.Training;

/// <summary>Measures how good a network is on a data set. It owns its memory and serves one thread at a time.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Evaluator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int BatchSize = 256;

    private readonly Network<T> _network;
    private readonly ILoss _loss;
    private readonly T[] _outputs;
    private readonly T[] _gradient;
    private readonly T[] _losses = new T[BatchSize];

    /// <summary>Makes an evaluator.</summary>
    /// <param name="network">The network to measure.</param>
    /// <param name="loss">The loss of one sample.</param>
    public Evaluator(Network<T> network, ILoss loss)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        _network = network;
        _loss = loss;
        _outputs = new T[Shape.Length(network.OutputSize, BatchSize, "A batch of outputs")];
        _gradient = new T[Shape.Length(network.OutputSize, BatchSize, "A batch of outputs")];
    }

    /// <summary>Predicts every sample and compares with its target.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="metrics">Figures to compute besides the loss.</param>
    /// <param name="cancellationToken">Ends the evaluation between batches.</param>
    /// <returns>Loss and metrics.</returns>
    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Evaluation Evaluate(
        DataSet<T> data, IReadOnlyList<IMetric>? metrics = null, CancellationToken cancellationToken = default)
    {
        DataShape.Require(_network, data);
        var running = new RunningMetrics(metrics ?? []);
        double sum = 0;
        for (int start = 0; start < data.Count; start += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(BatchSize, data.Count - start);
            int rows = _network.OutputSize;
            ReadOnlyMatrixSpan<T> targets = data.Targets.ColumnRange(start, count);
            var outputs = new MatrixSpan<T>(_outputs.AsSpan(0, rows * count), rows, count);
            _network.Predict(data.Inputs.ColumnRange(start, count), outputs);
            _loss.Compute(outputs, targets, _losses.AsSpan(0, count), new(_gradient.AsSpan(0, rows * count), rows, count));
            running.Add<T>(outputs, targets);
            for (int i = 0; i < count; i++)
            {
                sum += double.CreateChecked(_losses[i]);
            }
        }

        return new(sum / data.Count, running.ToDictionary());
    }
}
