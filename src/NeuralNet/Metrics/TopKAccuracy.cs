using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Share of the samples whose class is among the k with the largest outputs.</summary>
/// <remarks>
/// As scikit-learn's <c>top_k_accuracy_score</c> and Keras's <c>TopKCategoricalAccuracy</c> (whose default k is 5).
/// Of equal outputs the first is taken to be the larger, as in <see cref="Accuracy"/>, which this is for k = 1;
/// scikit-learn prefers the last, and Keras counts them all.
/// </remarks>
public sealed class TopKAccuracy : IMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="k">
    /// How many guesses a network has; below the number of its outputs, or it could not be wrong.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public TopKAccuracy(int k = 5)
    {
        K = Require.AtLeast(k, 1);
        Name = $"top_{k}_accuracy";
    }

    /// <summary>How many guesses a network has.</summary>
    public int K { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IMetricAccumulator Start() => new Accumulator(K, Name);

    private sealed class Accumulator(int k, string name) : ShareAccumulator(name)
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
        }

        protected override long CountRight<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        {
            long right = 0;
            for (int j = 0; j < outputs.Columns; j++)
            {
                ReadOnlySpan<T> column = outputs.Column(j);
                int actual = Decision.Actual(targets.Column(j));
                T own = column[actual];
                int before = 0;
                for (int i = 0; i < column.Length && before < k; i++)
                {
                    // Said by what is not so, NaN comes before numbers.
                    if (i < actual ? !(column[i] < own) : i > actual && !(column[i] <= own))
                    {
                        before++;
                    }
                }

                if (before < k)
                {
                    right++;
                }
            }

            return right;
        }
    }
}
