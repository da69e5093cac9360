using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>
/// Share of the outputs that are on the right side of a threshold: for a yes-or-no question with one output, or several
/// such questions with one output each.
/// </summary>
/// <remarks>
/// As Keras's <c>BinaryAccuracy</c> (threshold 0.5). Do not use it if outputs are classes that exclude each other,
/// because then most outputs are right just by being low: use <see cref="Accuracy"/>.
/// </remarks>
public sealed class BinaryAccuracy : IMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="threshold">
    /// The threshold above which an output means yes: 0.5 for probabilities, 0 for logits.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is not finite.</exception>
    public BinaryAccuracy(double threshold = 0.5)
    {
        Threshold = Require.Finite(threshold);
    }

    /// <summary>The threshold above which an output means yes.</summary>
    public double Threshold { get; }

    /// <summary>
    /// The name in the history; <c>binary_accuracy</c> by default. Set it to measure at several thresholds.
    /// </summary>
    /// <exception cref="ArgumentException">The value is null or blank.</exception>
    public string Name
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Name));
            field = value;
        }
    } = "binary_accuracy";

    /// <inheritdoc/>
    public IMetricAccumulator Start() => new Accumulator(Threshold, Name);

    private sealed class Accumulator(double threshold, string name) : ShareAccumulator(name)
    {
        protected override void RequireOutputs(int outputs)
        {
        }

        protected override long Decisions(int outputs, int samples) => (long)outputs * samples;

        protected override long CountRight<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        {
            long right = 0;
            for (int i = 0; i < outputs.Values.Length; i++)
            {
                if (Decision.IsPositive(outputs.Values[i], threshold)
                    == Decision.IsPositive(targets.Values[i], Decision.Middle))
                {
                    right++;
                }
            }

            return right;
        }
    }
}
