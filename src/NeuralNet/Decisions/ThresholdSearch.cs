using System.Globalization;
using System.Numerics;

namespace NeuralNet.Decisions;

/// <summary>Finds the threshold that serves a goal best on data.</summary>
internal static class ThresholdSearch
{
    /// <summary>Finds the best threshold of one output.</summary>
    /// <remarks>
    /// Thresholds between any two neighbouring scores decide alike, so one from each gap is tried, in a single pass
    /// over the sorted scores. Of equally good ones, that nearest to the usual one is chosen.
    /// </remarks>
    /// <param name="scores">The output of each sample.</param>
    /// <param name="answers">1 for yes and 0 for no.</param>
    /// <param name="goal">The goal.</param>
    /// <param name="usual">The threshold without a goal.</param>
    /// <param name="argument">The argument that the data come from.</param>
    /// <param name="of">What to call the output in messages, such as " of label 2".</param>
    /// <exception cref="ArgumentException">An answer never occurs, or no threshold serves the goal.</exception>
    public static double Best<T>(
        T[] scores, int[] answers, ThresholdGoal goal, double usual, string argument, string of = "")
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long positives = answers.Sum(answer => (long)answer);
        if (positives == 0 || positives == answers.Length)
        {
            throw new ArgumentException(
                $"A threshold needs samples of both answers, but all {answers.Length} are "
                + $"{(positives == 0 ? "no" : "yes")}{of}.",
                argument);
        }

        T[] sorted = [.. scores];
        int[] ordered = [.. answers];
        Array.Sort(sorted, ordered);

        // At first everything is above the threshold; then one group of equal scores after the other is not.
        var counts = new BinaryCounts(positives, answers.Length - positives, 0, 0);
        double best = double.NegativeInfinity;
        double threshold = double.NaN;
        Try(counts, Before(sorted[0]));
        for (int i = 0; i < sorted.Length; i++)
        {
            counts = ordered[i] == 1
                ? counts with { TruePositives = counts.TruePositives - 1, FalseNegatives = counts.FalseNegatives + 1 }
                : counts with { FalsePositives = counts.FalsePositives - 1, TrueNegatives = counts.TrueNegatives + 1 };
            if (i + 1 == sorted.Length || sorted[i + 1] > sorted[i])
            {
                double low = double.CreateChecked(sorted[i]);
                Try(counts, i + 1 == sorted.Length ? low : Middle(sorted[i], sorted[i + 1], usual));
            }
        }

        return double.IsNaN(threshold)
            ? throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"No threshold serves the goal {goal}{of} on {answers.Length} samples, {positives} of them yes: "
                    + $"ask for less, or train a better network."),
                argument)
            : threshold;

        void Try(BinaryCounts counts, double candidate)
        {
            double score = goal.Score(counts);
            if (score > best
                || (score == best && Math.Abs(candidate - usual) < Math.Abs(threshold - usual)))
            {
                (best, threshold) = (score, candidate);
            }
        }
    }

    private static double Before<T>(T score)
        where T : unmanaged, IFloatingPointIeee754<T> => double.CreateChecked(T.BitDecrement(score));

    // The usual threshold, where it lies in the gap; a middle that rounds to the upper score would not be below it.
    private static double Middle<T>(T low, T high, double usual)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T two = T.CreateChecked(2);
        T middle = (low / two) + (high / two);
        T own = T.CreateChecked(usual);
        T chosen = own >= low && own < high ? own
            : middle >= low && middle < high ? middle
            : low;
        return chosen == own ? usual : double.CreateChecked(chosen);
    }
}
