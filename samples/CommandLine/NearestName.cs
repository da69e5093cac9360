namespace NeuralNet.Samples.CommandLine;

/// <summary>Finds the name that was probably meant by one that does not exist.</summary>
internal static class NearestName
{
    private const int LongestName = 60;
    private const int ShortestBeginning = 3;

    /// <summary>The question that follows an error: <c> Did you mean 'this'?</c>; empty if nothing is near.</summary>
    public static string Question(string name, IEnumerable<string> names) =>
        Find(name, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    /// <summary>
    /// The nearest name; case, leading dashes and the kind of dash do not count. Null if none is near: if it takes more
    /// than a change in every three characters.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> names)
    {
        string wanted = Simplify(name);
        if (wanted.Length is 0 or > LongestName)
        {
            return null;
        }

        (string? nearest, int least) = (null, Math.Max(1, wanted.Length / 3) + 1);
        foreach (string candidate in names)
        {
            string simple = Simplify(candidate);
            bool isBeginning = wanted.Length >= ShortestBeginning
                && simple.StartsWith(wanted, StringComparison.Ordinal);
            int distance = simple == wanted ? 0 : isBeginning ? 1 : Distance(wanted, simple);
            if (distance < least)
            {
                (nearest, least) = (candidate, distance);
            }
        }

        return nearest;
    }

    private static string Simplify(string name) => name.TrimStart('-', '/').Replace('_', '-').ToLowerInvariant();

    /// <summary>
    /// The number of characters to insert, delete, replace, or exchange with their neighbour: the optimal string
    /// alignment distance.
    /// </summary>
    private static int Distance(string from, string to)
    {
        int[,] distance = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }

                int replaced = distance[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                int least = Math.Min(replaced, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                bool isExchange = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
                distance[i, j] = isExchange ? Math.Min(least, distance[i - 2, j - 2] + 1) : least;
            }
        }

        return distance[from.Length, to.Length];
    }
}
