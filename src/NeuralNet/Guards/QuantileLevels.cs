namespace NeuralNet.Guards;

/// <summary>The levels of quantiles, such as 0.05, 0.5 and 0.95: above 0, below 1, and ascending.</summary>
internal static class QuantileLevels
{
    /// <summary>Copies levels and refuses those that are none.</summary>
    /// <exception cref="ArgumentException">There is no level, or they do not ascend.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A level is not above 0 and below 1.</exception>
    public static double[] Copy(IReadOnlyList<double> levels, string name)
    {
        ArgumentNullException.ThrowIfNull(levels, name);
        double[] copy = [.. levels];
        if (copy.Length == 0)
        {
            throw new ArgumentException("There must be at least one quantile, such as 0.5, but there is none.", name);
        }

        for (int i = 0; i < copy.Length; i++)
        {
            Require.ShareOfBoth(copy[i], $"{name}[{i}]");
            if (i > 0 && copy[i] <= copy[i - 1])
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"{name} must ascend, but {copy[i]} follows {copy[i - 1]}."),
                    name);
            }
        }

        return copy;
    }
}
