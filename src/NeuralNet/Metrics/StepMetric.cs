using System.Buffers;
using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>
/// A metric of the steps of samples: each step of a sequence, or each pixel of an image, is to it what a sample is
/// elsewhere. For outputs of the shape (steps, classes) or (height, width, classes).
/// </summary>
/// <remarks>Its name is that of the metric. For a loss there is <see cref="Losses.LossPerStep"/>.</remarks>
/// <example><code>metrics: [new Accuracy().PerStep(20)]</code></example>
public sealed class StepMetric : IMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="steps">The number of steps; of an image the number of pixels, height · width.</param>
    /// <exception cref="ArgumentException">The metric is that of one of several outputs, or of steps.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no step.</exception>
    public StepMetric(IMetric metric, int steps)
    {
        ArgumentNullException.ThrowIfNull(metric);
        if (metric is OutputMetric or StepMetric)
        {
            throw new ArgumentException(
                $"Metric '{metric.Name}' is made of another: take that per step first, as in "
                + $"new {nameof(Accuracy)}().PerStep(20).ForOutput(\"kind\").",
                nameof(metric));
        }

        Metric = metric;
        Steps = Require.AtLeast(steps, 1);
    }

    /// <summary>The metric that sees each step by itself.</summary>
    public IMetric Metric { get; }

    /// <summary>The number of steps of a sample.</summary>
    public int Steps { get; }

    /// <inheritdoc/>
    public string Name => Metric.Name;

    /// <inheritdoc/>
    public bool IsWeighted => Metric.IsWeighted;

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        outputs.RequireOne(Name);
        if (outputs.Count is { } count)
        {
            RequireDivisible(count);
        }

        OutputDescription ofStep = outputs with { Count = outputs.Count / Steps, Shape = null, Layout = null };
        return new Accumulator(this, ofStep.Begin(Metric));
    }

    private void RequireDivisible(int outputs)
    {
        if (outputs % Steps != 0)
        {
            throw new ArgumentException(
                $"Metric '{Name}' is measured at each of {Quantity.Of(Steps, "step")}, among which "
                + $"{Quantity.Of(outputs, "output")} cannot be divided.",
                nameof(outputs));
        }
    }

    private sealed class Accumulator(StepMetric metric, IMetricAccumulator inner) : IMetricAccumulator
    {
        public double Value => inner.Value;

        public void Add<T>(
            ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            default(BatchRows).Require(metric.Name, outputs, targets);
            SampleWeights.Require(metric.Name, weights, outputs.Columns);
            metric.RequireDivisible(outputs.Rows);
            int rows = outputs.Rows / metric.Steps;
            int columns = outputs.Columns * metric.Steps;
            T[] rented = ArrayPool<T>.Shared.Rent(weights.Length * metric.Steps);
            Span<T> ofSteps = rented.AsSpan(0, weights.Length * metric.Steps);
            for (int j = 0; j < weights.Length; j++)
            {
                ofSteps.Slice(j * metric.Steps, metric.Steps).Fill(weights[j]);
            }

            try
            {
                inner.Add<T>(
                    new ReadOnlyMatrixSpan<T>(outputs.Values, rows, columns),
                    new ReadOnlyMatrixSpan<T>(targets.Values, rows, columns),
                    ofSteps);
            }
            finally
            {
                ArrayPool<T>.Shared.Return(rented);
            }
        }

        public void Reset() => inner.Reset();
    }
}
