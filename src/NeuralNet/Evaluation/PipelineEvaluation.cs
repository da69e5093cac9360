using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Metrics;
using NeuralNet.Pipelines;

namespace NeuralNet.Evaluation;

/// <summary>Measures how good a pipeline is on raw data, in the unit of the targets.</summary>
public static class PipelineEvaluation
{
    /// <summary>
    /// Predicts every sample and compares with its target: of a scaled regression, in the unit of the data.
    /// </summary>
    /// <remarks>
    /// Metrics read the outputs as the pipeline does: a single one by its threshold, several as classes if they have
    /// labels or end in a softmax, and as answers of their own if they end in a sigmoid. Several real numbers with
    /// labels are logits; without labels nothing is known of them, so that a metric of answers needs a threshold.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="data">Raw features and raw targets, neither of them transformed.</param>
    /// <param name="metrics">The figures to compute.</param>
    /// <param name="threads">
    /// Most threads that share the work of predicting, where it is large enough to pay; as many as there are processors
    /// if null, 1 never leaves the caller's thread. The result is the same to the bit.
    /// </param>
    /// <returns>The metrics by name.</returns>
    /// <exception cref="ArgumentException">
    /// The data do not fit the pipeline, two metrics have one name, or one makes no sense for the outputs.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static IReadOnlyDictionary<string, double> Evaluate<T>(
        this Pipeline<T> pipeline, DataSet<T> data, IReadOnlyList<IMetric> metrics, int? threads = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(metrics);
        RequireFit(pipeline, data, nameof(data));
        var running = new RunningMetrics(metrics, Describe(pipeline));
        T[] inputs = [];
        T[] targets = [];
        int most = threads ?? Environment.ProcessorCount;
        int batchSize = EvaluationBatch.SizeFor(data.Count, pipeline.InputSize, pipeline.OutputSize);
        for (int start = 0; start < data.Count; start += batchSize)
        {
            int count = Math.Min(batchSize, data.Count - start);
            ReadOnlyMatrixSpan<T> outputs = pipeline.Predict(data.ReadInputs(start, count, ref inputs), most);
            int weights = data.Weights.Length / data.Count;
            running.Add(
                outputs,
                data.ReadTargets(start, count, ref targets),
                data.Weights.Slice(start * weights, count * weights));
        }

        return running.ToDictionary();
    }

    /// <summary>Refuses data with other sizes than the pipeline's.</summary>
    internal static void RequireFit<T>(Pipeline<T> pipeline, DataSet<T> data, string argument)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (data.InputSize != pipeline.InputSize || data.TargetSize != pipeline.OutputSize)
        {
            throw new ArgumentException(
                $"The pipeline makes {Quantity.Of(pipeline.OutputSize, "result")} of "
                + $"{Quantity.Of(pipeline.InputSize, "raw feature")}, but the data have "
                + $"{Quantity.Of(data.TargetSize, "target")} and {Quantity.Of(data.InputSize, "feature")} per sample."
                + SampleLayout.Advice(pipeline.InputSize, data.InputSize, data.Count),
                argument);
        }
    }

    /// <summary>What is known of the results of a pipeline.</summary>
    internal static OutputDescription Describe<T>(Pipeline<T> pipeline)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OutputDescription network = OutputDescription.Of(pipeline.Network);
        if (pipeline.Outputs is not null)
        {
            bool isSameSize = pipeline.OutputSize == pipeline.Network.OutputSize;
            return new()
            {
                Count = pipeline.OutputSize,
                Layout = isSameSize ? network.Layout : null,
                Outputs = isSameSize ? [.. network.Outputs.Select(one => one with { Scale = null })] : [],
            };
        }

        return network with
        {
            Scale = pipeline.Labels is null && pipeline.Calibration is null ? network.Scale : pipeline.Scale,
            Meaning = pipeline.Labels is null ? network.Meaning
                : pipeline.Results.AreLabels ? OutputMeaning.Labels
                : OutputMeaning.Classes,
            Threshold = pipeline.GivenThreshold,
            Thresholds = pipeline.LabelThresholds,
            Costs = pipeline.Costs,
        };
    }
}
