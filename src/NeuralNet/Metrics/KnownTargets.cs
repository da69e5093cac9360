using System.Globalization;
using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Measures the samples whose targets are known, and leaves the others out.</summary>
internal sealed class KnownTargets(string metric, double mask, IMetricAccumulator inner) : IMetricAccumulator
{
    public double Value => inner.Value;

    public void Add<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        default(BatchRows).Require(metric, outputs, targets);
        SampleWeights.Require(metric, weights, outputs.Columns);
        for (int start = 0; start < targets.Columns;)
        {
            bool isKnown = IsKnown(targets, start);
            int end = start + 1;
            while (end < targets.Columns && IsKnown(targets, end) == isKnown)
            {
                end++;
            }

            if (isKnown)
            {
                inner.Add(
                    outputs.ColumnRange(start, end - start),
                    targets.ColumnRange(start, end - start),
                    weights.IsEmpty ? weights : weights[start..end]);
            }

            start = end;
        }
    }

    public void Reset() => inner.Reset();

    private bool IsKnown<T>(ReadOnlyMatrixSpan<T> targets, int sample)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int masked = targets.Column(sample).Count(T.CreateChecked(mask));
        return masked == 0 || (masked == targets.Rows
            ? false
            : throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Metric '{metric}' needs all targets of a sample or none, but {masked} of the {targets.Rows} of "
                    + $"sample {sample} of the batch are {mask}, which says that they are not known. To measure each "
                    + $"output by itself, add .{nameof(MetricExtensions.PerStep)}({targets.Rows}) to the metric."),
                nameof(targets)));
    }
}
