using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Metrics;
using NeuralNet.Networks;

namespace NeuralNet.Evaluation;

/// <summary>Checks that metrics can measure what a network gives.</summary>
internal static class MetricCheck
{
    /// <summary>
    /// Measures one sample, so that a metric that refuses the network's outputs or the targets does so before the first
    /// step and not after it.
    /// </summary>
    public static void Require<T>(
        Network<T> network, OutputDescription description, IReadOnlyList<IMetric> metrics, DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (metrics.Count > 0)
        {
            Matrix<T> outputs = network.Predict(data.Inputs.ColumnRange(0, 1));
            new RunningMetrics(metrics, description).Add<T>(outputs, data.Targets.ColumnRange(0, 1));
        }
    }
}
