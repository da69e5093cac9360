using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Share of the samples whose class is among the k with the largest outputs.</summary>
/// <remarks>
/// As scikit-learn's <c>top_k_accuracy_score</c> and Keras's <c>TopKCategoricalAccuracy</c> (whose default k is 5). Of
/// equal outputs the first counts as the larger, as in <see cref="Accuracy"/>, which equals this one for k = 1;
/// scikit-learn prefers the last, and Keras counts them all.
/// </remarks>
public sealed class TopKAccuracy : IMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="k">k, the number of guesses; below the number of outputs, or every guess would be right.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public TopKAccuracy(int k = 5)
    {
        K = Require.AtLeast(k, 1);
        Name = $"top_{k}_accuracy";
    }

    /// <summary>k, the number of guesses.</summary>
    public int K { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The meaning of the outputs, classes or labels; learned from the network and its loss if null.</summary>
    public OutputMeaning? Meaning { get; init; }

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return new Accumulator(K, new OutputReading(Name, outputs, meaning: Meaning)).Begin();
    }

    private sealed class Accumulator(int k, OutputReading reading) : ShareAccumulator(reading)
    {
        protected override void RequireOutputs(int outputs)
        {
            if (outputs <= k)
            {
                throw new ArgumentException(
                    $"Top-{k} accuracy needs more than {k} outputs, or every guess would be right, but there are "
                    + $"{outputs}.",
                    nameof(outputs));
            }

            Reading.RequireClasses(outputs);
        }

        protected override void RequireTargets<T>(ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights) =>
            Reading.RequireNamedClasses(targets, weights);

        protected override int Judge<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
        {
            int actual = Decision.LargestOrNone(targets);
            if (actual == Decision.None || Decision.LargestOrNone(outputs) == Decision.None)
            {
                return Decision.None;
            }

            T own = outputs[actual];
            int before = 0;
            for (int i = 0; i < outputs.Length && before < k; i++)
            {
                if (i < actual ? outputs[i] >= own : outputs[i] > own)
                {
                    before++;
                }
            }

            return before < k ? 1 : 0;
        }
    }
}
