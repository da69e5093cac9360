using System.Numerics;
using NeuralNet.Backpropagation;
using NeuralNet.Evaluation;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Pipelines;

namespace NeuralNet.Explanations;

/// <summary>A score in progress, to which batches of results are added.</summary>
internal sealed class RunningScore<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RunningMetrics? _metrics;
    private readonly ILoss? _loss;
    private double _sum;
    private long _count;

    /// <summary>Starts it; refuses a metric or a loss that makes no sense for the results.</summary>
    public RunningScore(Pipeline<T> pipeline, IMetric? metric, ILoss? loss)
    {
        _loss = loss;
        if (loss is not null && pipeline.Outputs is null)
        {
            OutputPairing.Require(pipeline.Network, loss);
        }

        _metrics = metric is null ? null : new([metric], PipelineEvaluation.Describe(pipeline));
    }

    /// <summary>The figure so far.</summary>
    public double Value => _metrics?.Values.First() ?? _sum / _count;

    /// <summary>Adds a batch.</summary>
    public void Add(ReadOnlyMatrixSpan<T> results, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights)
    {
        if (_metrics is not null)
        {
            _metrics.Add(results, targets, weights);
            return;
        }

        T[] losses = new T[results.Columns];
        T[] gradient = new T[results.Values.Length];
        WeightedLoss.Compute(
            _loss!,
            results,
            targets,
            weights,
            losses,
            new MatrixSpan<T>(gradient, results.Rows, results.Columns));
        _count += losses.Length;
        foreach (T loss in losses)
        {
            _sum += double.CreateChecked(loss);
        }
    }
}
