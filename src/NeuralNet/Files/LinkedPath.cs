using NeuralNet.Guards;

namespace NeuralNet.Files;

/// <summary>Follows symbolic links as the operating system does when it opens a file.</summary>
internal static class LinkedPath
{
    private const int MostLinks = 40;
    private const string Processes = "/proc/";

    /// <summary>
    /// Returns the path of the file at the end of all symbolic links, whether it is there or not; null where the last
    /// link is one of <c>/proc</c>, which stands for an open file instead of naming it.
    /// </summary>
    /// <exception cref="IOException">The links go in a circle.</exception>
    public static string? Target(string path)
    {
        string full = Path.GetFullPath(path);
        if (OperatingSystem.IsWindows())
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }

        // One part after the other, because ".." behind a link leads out of the folder that the link leads to.
        string at = "/";
        Stack<string> rest = new(full.Split('/').Reverse());
        int links = 0;
        while (rest.TryPop(out string? part))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part == "..")
            {
                at = Path.GetDirectoryName(at) ?? "/";
                continue;
            }

            string next = Path.Join(at, part);
            if (new FileInfo(next).LinkTarget is not { } link)
            {
                at = next;
                continue;
            }

            if (rest.Count == 0 && next.StartsWith(Processes, StringComparison.Ordinal))
            {
                return null;
            }

            if (++links > MostLinks)
            {
                throw new IOException(
                    $"'{MessageText.File(path)}' leads through more than {MostLinks} symbolic links.");
            }

            at = link.StartsWith('/') ? "/" : at;
            foreach (string followed in link.Split('/').Reverse())
            {
                rest.Push(followed);
            }
        }

        return at;
    }
}
