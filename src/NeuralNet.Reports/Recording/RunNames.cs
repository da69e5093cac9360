namespace NeuralNet.Reports.Recording;

/// <summary>Short names of files that differ.</summary>
internal static class RunNames
{
    /// <summary>The names of files without their extension, with as many folders as tell them apart.</summary>
    public static string[] Of(IReadOnlyList<string> paths)
    {
        string[][] parts =
        [
            .. paths.Select(path => Path.ChangeExtension(Path.GetFullPath(path), null)
                .Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)),
        ];
        int longest = parts.Max(part => part.Length);
        for (int length = 1; length < longest; length++)
        {
            string[] names = Array.ConvertAll(parts, part => string.Join('/', part.TakeLast(length)));
            if (names.Distinct(StringComparer.Ordinal).Count() == names.Length)
            {
                return names;
            }
        }

        return Array.ConvertAll(parts, part => string.Join('/', part));
    }
}
