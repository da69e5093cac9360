namespace NeuralNet.Guards;

/// <summary>Finds the name that was meant where one is not known.</summary>
/// <remarks>
/// Other packages compile this file, too, so that none depends on the internals of another, of whatever version.
/// </remarks>
internal static class NearestName
{
    // Names from files may be long; two of more characters are not compared.
    private const int LongestName = 100;

    /// <summary>
    /// A question for the end of a message, such as <c> Did you mean 'dense1'?</c>; empty if none is near.
    /// </summary>
    public static string Question(string name, IEnumerable<string> known) =>
        To(name, known) is { } nearest ? $" Did you mean {MessageText.Quoted(nearest)}?" : "";

    /// <summary>
    /// The nearest of the known names; null if none is near: one that differs in case or separators only, that begins
    /// with the given one, or that one edit in three characters leads to, other than to another number.
    /// </summary>
    public static string? To(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestName)
        {
            return null;
        }

        string plain = Plain(name);
        if (plain.Length == 0)
        {
            return null;
        }

        string? nearest = null;
        double least = double.PositiveInfinity;
        foreach (string candidate in known)
        {
            if (candidate.Length > LongestName)
            {
                continue;
            }

            double distance = Distance(plain, Plain(candidate));
            if (distance < least)
            {
                (nearest, least) = (candidate, distance);
            }
        }

        return least <= plain.Length / 3 ? nearest : null;
    }

    // Letters and digits alone, in one case.
    private static string Plain(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static double Distance(string name, string candidate)
    {
        if (name.Length >= 3 && candidate.StartsWith(name, StringComparison.Ordinal))
        {
            return 0.5 * Math.Sign(candidate.Length - name.Length);
        }

        // Another number is another name, and no mistake in writing.
        return name != candidate && Letters(name) == Letters(candidate)
            ? double.PositiveInfinity
            : Edits(name, candidate);
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetter));

    /// <summary>
    /// The least number of insertions, deletions, replacements and exchanges of neighbours that make one text the
    /// other: the optimal string alignment distance.
    /// </summary>
    private static int Edits(string from, string to)
    {
        int[,] edits = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    edits[i, j] = i + j;
                    continue;
                }

                int replaced = edits[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(replaced, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
                }
            }
        }

        return edits[from.Length, to.Length];
    }
}
