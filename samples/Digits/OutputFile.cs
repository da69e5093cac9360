using System.Text;
using NeuralNet.Files;

namespace NeuralNet.Samples.Digits;

/// <summary>A file named by an option.</summary>
/// <param name="Option">The option that names it.</param>
/// <param name="Path">Its path; null if it is not wanted.</param>
internal readonly record struct OutputFile(string Option, string? Path)
{
    /// <summary>Checks that the file can be written, before its contents are computed.</summary>
    /// <exception cref="SampleException">The file cannot be written.</exception>
    public void RequireWritable() => Guard(path =>
    {
        if (System.IO.Path.GetFileName(path).Length == 0 || Directory.Exists(path))
        {
            throw new IOException("It names a folder.");
        }

        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } folder
            && !Directory.Exists(folder))
        {
            throw new IOException($"The folder '{folder}' does not exist.");
        }

        AtomicFile.RequireWritable(path);
    });

    /// <summary>Writes the file, if it is wanted, and tells the user.</summary>
    /// <exception cref="SampleException">The file cannot be written.</exception>
    public void Write(Action<string> write, IReport report)
    {
        Guard(write);
        if (Path is not null)
        {
            report.Notice($"wrote {Path}");
        }
    }

    /// <summary>Writes several files; what keeps one of them from being written does not keep the others.</summary>
    /// <exception cref="SampleException">Some cannot be written; the message names each.</exception>
    public static void WriteAll(IReport report, params ReadOnlySpan<(OutputFile File, Action<string> Write)> outputs)
    {
        var failures = new List<SampleException>();
        foreach ((OutputFile file, Action<string> write) in outputs)
        {
            try
            {
                file.Write(write, report);
            }
            catch (SampleException exception)
            {
                failures.Add(exception);
            }
        }

        if (failures.Count > 0)
        {
            throw new SampleException(string.Join(" ", failures.Select(failure => failure.Message)), failures[0]);
        }
    }

    /// <summary>Writes a text as the library writes its files: completely or not at all.</summary>
    public static void WriteText(string path, string text) =>
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private void Guard(Action<string> action)
    {
        if (Path is null)
        {
            return;
        }

        try
        {
            action(Path);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SampleException($"{Option}: '{Path}' cannot be written: {exception.Message}", exception);
        }
    }
}
