using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.Conformal;

/// <summary>
/// The score that a share of new samples stays at or below, found from the scores of n samples that a model was not
/// trained on: the ⌈(n + 1)(1 − α)⌉-th smallest, for the coverage 1 − α.
/// </summary>
/// <remarks>
/// V. Vovk, A. Gammerman and G. Shafer, "Algorithmic Learning in a Random World" (2005); J. Lei and others (2018).
/// Where the n samples and a new one could as well have come in any other order, the new one's score is at most this
/// with a probability of at least 1 − α and, without ties, at most 1 − α + 1/(n + 1), whatever the model and the
/// distribution of the data.
/// </remarks>
public static class ConformalQuantile
{
    // Products such as 10 · 0.9 are the whole number that is meant, although not to the last bit.
    private const double Tolerance = 1e-9;

    /// <summary>The rank of the score among the sorted scores, from 1: ⌈(n + 1)(1 − α)⌉.</summary>
    /// <param name="count">n, the number of scores.</param>
    /// <param name="coverage">1 − α, above 0 and below 1, such as 0.9.</param>
    /// <returns>The rank; n + 1 if there are too few scores.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The number is negative, or the coverage is not above 0 and below 1.
    /// </exception>
    public static int Rank(int count, double coverage)
    {
        Require.AtLeast(count, 0);
        Require.ShareOfBoth(coverage);
        return Math.Max(1, (int)Math.Ceiling(((count + 1.0) * coverage) - Tolerance));
    }

    /// <summary>The least number of scores for a coverage: the least n with ⌈(n + 1)(1 − α)⌉ ≤ n.</summary>
    /// <param name="coverage">1 − α, above 0 and below 1, such as 0.9, for which it is 9.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The coverage is not above 0 and below 1.</exception>
    public static int LeastCount(double coverage)
    {
        Require.ShareOfBoth(coverage);
        int count = (int)Math.Min(int.MaxValue, Math.Max(1, Math.Floor(coverage / (1 - coverage)) - 1));
        while (count < int.MaxValue && Rank(count, coverage) > count)
        {
            count++;
        }

        return count;
    }

    /// <summary>The score.</summary>
    /// <param name="scores">The scores of the samples, in any order.</param>
    /// <param name="coverage">1 − α, above 0 and below 1, such as 0.9.</param>
    /// <param name="argument">The argument that the samples come from, for messages.</param>
    /// <param name="of">Which samples they are in messages, such as " of class 'rare'".</param>
    /// <returns>The ⌈(n + 1)(1 − α)⌉-th smallest.</returns>
    /// <exception cref="ArgumentException">There are too few scores, or one is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The coverage is not above 0 and below 1.</exception>
    public static double Of(
        ReadOnlySpan<double> scores, double coverage, string argument = "scores", string of = "")
    {
        int rank = Rank(scores.Length, coverage);
        if (rank > scores.Length)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A coverage of {coverage} needs at least {Quantity.Of(LeastCount(coverage), "sample")}{of}, but "
                    + $"there {Quantity.Are(scores.Length, "sample")}: hold out more of them, or ask for less."),
                argument);
        }

        double[] sorted = scores.ToArray();
        Array.Sort(sorted);

        // NaN is sorted before all numbers.
        return !double.IsNaN(sorted[0])
            ? sorted[rank - 1]
            : throw new ArgumentException($"The score of a sample{of} is NaN. {Decisions.Decision.Advice}", argument);
    }
}
