using System.Text;
using NeuralNet.Files;

namespace NeuralNet.Samples.Mnist;

/// <summary>A file named by an option.</summary>
internal static class OutputFile
{
    /// <summary>Checks that the file can be written, before its contents are computed.</summary>
    /// <exception cref="SampleException">The file cannot be written.</exception>
    public static void RequireWritable(string option, string? path) =>
        Guard(option, path, wanted =>
        {
            if (Directory.Exists(wanted) || Path.EndsInDirectorySeparator(wanted))
            {
                throw new IOException("It names a folder.");
            }

            if (Path.GetDirectoryName(Path.GetFullPath(wanted)) is { } folder && !Directory.Exists(folder))
            {
                throw new IOException($"The folder '{folder}' does not exist.");
            }

            AtomicFile.RequireWritable(wanted);
        });

    /// <summary>Writes a file, as the library does: completely or not at all.</summary>
    /// <exception cref="SampleException">It cannot be written.</exception>
    public static void Write(string option, string? path, Action<string> write) => Guard(option, path, write);

    /// <summary>Writes a text.</summary>
    public static void WriteText(string path, string text) =>
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static void Guard(string option, string? path, Action<string> action)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            action(path);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SampleException($"{option}: '{path}' cannot be written: {exception.Message}", exception);
        }
    }
}
