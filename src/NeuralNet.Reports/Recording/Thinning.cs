namespace NeuralNet.Reports.Recording;

/// <summary>Fewer points of a curve that look the same: the extremes of each of many short pieces.</summary>
internal static class Thinning
{
    /// <summary>
    /// The indices to keep, in order: the first and the last point, and the least and the greatest of each piece.
    /// </summary>
    /// <param name="values">The values; those that are not finite are no extremes.</param>
    /// <param name="most">The most indices to give, at least 4.</param>
    public static IReadOnlyList<int> Keep(IReadOnlyList<double> values, int most)
    {
        int count = values.Count;
        if (count <= most)
        {
            return [.. Enumerable.Range(0, count)];
        }

        int pieces = (most - 2) / 2;
        var kept = new SortedSet<int> { 0, count - 1 };
        for (int piece = 0; piece < pieces; piece++)
        {
            int least = -1;
            int greatest = -1;
            int end = (int)((piece + 1L) * count / pieces);
            for (int i = (int)((long)piece * count / pieces); i < end; i++)
            {
                if (double.IsFinite(values[i]))
                {
                    least = least < 0 || values[i] < values[least] ? i : least;
                    greatest = greatest < 0 || values[i] > values[greatest] ? i : greatest;
                }
            }

            if (least >= 0)
            {
                kept.Add(least);
                kept.Add(greatest);
            }
        }

        return [.. kept];
    }
}
