using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Metrics;
using NeuralNet.Pipelines;

namespace NeuralNet.Evaluation;

/// <summary>Measures how good a pipeline is on raw data, in the unit of the targets.</summary>
public static class PipelineEvaluation
{
    private const int BatchSize = 256;

    /// <summary>
    /// Predicts every sample and compares with its target: of a scaled regression, in the unit of the data.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="data">Raw features and raw targets, neither of them transformed.</param>
    /// <param name="metrics">The figures to compute.</param>
    /// <returns>The metrics by name.</returns>
    /// <exception cref="ArgumentException">The data do not fit the pipeline, or two metrics have one name.</exception>
    public static IReadOnlyDictionary<string, double> Evaluate<T>(
        this Pipeline<T> pipeline, DataSet<T> data, IReadOnlyList<IMetric> metrics)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(metrics);
        if (data.InputSize != pipeline.InputSize || data.TargetSize != pipeline.OutputSize)
        {
            throw new ArgumentException(
                $"The pipeline makes {Quantity.Of(pipeline.OutputSize, "result")} of "
                + $"{Quantity.Of(pipeline.InputSize, "raw feature")}, but the data have "
                + $"{Quantity.Of(data.TargetSize, "target")} and {Quantity.Of(data.InputSize, "feature")} per sample."
                + SampleLayout.Advice(pipeline.InputSize, data.InputSize, data.Count),
                nameof(data));
        }

        var running = new RunningMetrics(metrics);
        for (int start = 0; start < data.Count; start += BatchSize)
        {
            int count = Math.Min(BatchSize, data.Count - start);
            ReadOnlyMatrixSpan<T> outputs = pipeline.Predict(data.Inputs.ColumnRange(start, count));
            running.Add(outputs, data.Targets.ColumnRange(start, count));
        }

        return running.ToDictionary();
    }
}
