namespace NeuralNet.Samples.Mnist;

/// <summary>A file named by an option, written completely or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Checks that the file can be written, before its contents are computed.</summary>
    /// <exception cref="SampleException">The file cannot be written.</exception>
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

    /// <summary>Writes the contents to a temporary file next to the target, then moves it there.</summary>
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
