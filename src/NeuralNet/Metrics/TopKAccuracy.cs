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

        protected override void RequireTargets<T>(ReadOnlyMatrixSpan<T> targets) =>
            Reading.RequireNamedClasses(targets);

        protected override long CountRight<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        {
            long right = 0;
            for (int j = 0; j < outputs.Columns; j++)
            {
                ReadOnlySpan<T> column = outputs.Column(j);
                int actual = Decision.LargestOrNone(targets.Column(j));
                if (actual == Decision.None || Decision.LargestOrNone(column) == Decision.None)
                {
                    return None;
                }

                T own = column[actual];
                int before = 0;
                for (int i = 0; i < column.Length && before < k; i++)
                {
                    if (i < actual ? column[i] >= own : column[i] > own)
                    {
                        before++;
                    }
                }

                right += before < k ? 1 : 0;
            }

            return right;
        }
    }
}
