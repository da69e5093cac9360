using NeuralNet.Guards;

namespace NeuralNet.Explanations;

/// <summary>Chooses the values of a number at which a dependence is looked at.</summary>
internal static class DependenceGrid
{
    /// <summary>
    /// The values given or, if they are few, those that occur, else quantiles; missing ones are left out.
    /// </summary>
    /// <exception cref="ArgumentException">There is no value, or one that was given is not finite.</exception>
    public static double[] Of(IEnumerable<double> values, DependenceOptions options, string name)
    {
        if (options.Grid is { } given)
        {
            return given.Count > 0 && given.All(double.IsFinite)
                ? [.. given]
                : throw new ArgumentException(
                    $"{nameof(options.Grid)} must hold at least one value, and finite ones only, but it is "
                    + FormattableString.Invariant($"[{string.Join(", ", given)}]."),
                    nameof(options));
        }

        double[] sorted = [.. values.Where(double.IsFinite)];
        if (sorted.Length == 0)
        {
            throw new ArgumentException(
                $"No sample has a value of {MessageText.Quoted(name)}, so there is none to try; give "
                + $"{nameof(DependenceOptions)}.{nameof(options.Grid)}.",
                nameof(options));
        }

        Array.Sort(sorted);
        double[] distinct = [.. sorted.Distinct()];
        return distinct.Length <= options.GridSize
            ? distinct
            : [.. Quantiles(sorted, options).Distinct()];
    }

    // As numpy's quantile interpolates.
    private static IEnumerable<double> Quantiles(double[] sorted, DependenceOptions options)
    {
        (double lower, double upper) = options.Quantiles;
        for (int k = 0; k < options.GridSize; k++)
        {
            double place = (sorted.Length - 1) * (lower + ((upper - lower) * k / (options.GridSize - 1)));
            int below = Math.Min((int)place, sorted.Length - 1);
            int above = Math.Min(below + 1, sorted.Length - 1);
            yield return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
        }
    }
}
