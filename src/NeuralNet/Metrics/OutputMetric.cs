using System.Buffers;
using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>A metric of one of the outputs of a network that has several.</summary>
/// <remarks>Its name is that of the output and of the metric, as in Keras: <c>price_rmse</c>.</remarks>
/// <example><code>
/// metrics: [new RootMeanSquaredError().ForOutput("price"), new Accuracy().ForOutput("kind")]
/// </code></example>
public sealed class OutputMetric : IMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="output">The name of the output.</param>
    /// <param name="metric">The metric.</param>
    /// <exception cref="ArgumentException">The metric is about an output already.</exception>
    public OutputMetric(string output, IMetric metric)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(metric);
        if ((metric is WeightedMetric weighted ? weighted.Metric : metric) is OutputMetric other)
        {
            throw new ArgumentException(
                $"Metric '{metric.Name}' is about the output {MessageText.Quoted(other.Output)} already.",
                nameof(metric));
        }

        Output = output;
        Metric = metric;
    }

    /// <summary>The name of the output.</summary>
    public string Output { get; }

    /// <summary>The metric that sees this output alone.</summary>
    public IMetric Metric { get; }

    /// <inheritdoc/>
    public string Name => $"{Output}_{Metric.Name}";

    /// <inheritdoc/>
    public bool IsWeighted => Metric.IsWeighted;

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        FeatureLayout layout = outputs.Layout ?? throw new ArgumentException(
            $"Metric '{Name}' is about the output {MessageText.Quoted(Output)}, but the outputs have no names here.",
            nameof(outputs));
        int place = layout.IndexOf(Output);
        return place >= 0
            ? new Accumulator(
                Name, layout, place, (outputs.Outputs.Count == 0 ? outputs : outputs.Outputs[place]).Begin(Metric))
            : throw new ArgumentException($"Metric '{Name}': {layout.Unknown(Output)}", nameof(outputs));
    }

    private sealed class Accumulator(string metric, FeatureLayout layout, int place, IMetricAccumulator inner)
        : IMetricAccumulator
    {
        public double Value => inner.Value;

        public void Add<T>(
            ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            default(BatchRows).Require(metric, outputs, targets);
            FeatureRange range = layout[place];
            range.RequireRows(outputs.Rows, nameof(outputs));
            int length = ElementCount.Of(range.Size, outputs.Columns, "The batch");
            T[] scratch = ArrayPool<T>.Shared.Rent((2 * length) + outputs.Columns);
            try
            {
                var ownOutputs = new MatrixSpan<T>(scratch.AsSpan(0, length), range.Size, outputs.Columns);
                var ownTargets = new MatrixSpan<T>(scratch.AsSpan(length, length), range.Size, outputs.Columns);
                range.CopyTo(outputs, ownOutputs);
                range.CopyTo(targets, ownTargets);
                inner.Add<T>(ownOutputs, ownTargets, Own(weights, scratch.AsSpan(2 * length, outputs.Columns)));
            }
            finally
            {
                ArrayPool<T>.Shared.Return(scratch);
            }
        }

        public void Reset() => inner.Reset();

        /// <summary>The weights of this output, where samples have one for each output.</summary>
        private ReadOnlySpan<T> Own<T>(ReadOnlySpan<T> weights, Span<T> own)
        {
            if (layout.Count == 1 || weights.IsEmpty || weights.Length != own.Length * layout.Count)
            {
                return weights;
            }

            for (int j = 0; j < own.Length; j++)
            {
                own[j] = weights[(j * layout.Count) + place];
            }

            return own;
        }
    }
}
