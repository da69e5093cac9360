namespace NeuralNet.Files;

/// <summary>Tells files with contents from pipes and devices without opening them.</summary>
internal static class RegularFile
{
    /// <summary>
    /// Whether there is something of that name that has no length: an empty file, or a pipe, a device or a socket. To
    /// open a pipe waits until somebody writes into it, and a device may never end.
    /// </summary>
    /// <exception cref="IOException">The links cannot be followed.</exception>
    public static bool IsEmptyOrNone(string path)
    {
        // The length of a link is that of its text.
        var file = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
        return file is { Exists: true, Length: 0 };
    }
}
