namespace NeuralNet.Samples.Mnist;

/// <summary>A file that an option asks for: it is there whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Finds out whether the file could be written, before anybody waits for its contents.</summary>
    /// <exception cref="SampleException">It could not.</exception>
    public static void RequireWritable(string option, string? path) =>
        Guard(option, path, wanted =>
        {
            if (Path.GetFileName(wanted).Length == 0 || Directory.Exists(wanted))
            {
                throw new IOException("It names a folder.");
            }

            if (Path.GetDirectoryName(Path.GetFullPath(wanted)) is { } folder && !Directory.Exists(folder))
            {
                throw new IOException($"The folder '{folder}' does not exist.");
            }

            string temporary = TemporaryBeside(wanted);
            File.Create(temporary).Dispose();
            File.Delete(temporary);
        });

    /// <summary>Has the contents written beside the file's place, then moves them there.</summary>
    /// <exception cref="SampleException">They cannot be written.</exception>
    public static void Write(string option, string? path, Action<string> write) =>
        Guard(option, path, wanted =>
        {
            string temporary = TemporaryBeside(wanted);
            try
            {
                write(temporary);
                File.Move(temporary, wanted, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }
        });

    private static string TemporaryBeside(string path) => $"{path}.{Path.GetRandomFileName()}.tmp";

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
