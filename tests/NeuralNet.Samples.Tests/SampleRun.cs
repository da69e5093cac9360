using NeuralNet.Datasets.Downloads;
using NeuralNet.Samples.Digits;

namespace NeuralNet.Samples.Tests;

/// <summary>One run of the MNIST sample in this process, cut off from the user's folders and the internet.</summary>
internal sealed record SampleRun(int ExitCode, string[] Output, string[] Error)
{
    /// <summary>With the arguments alone.</summary>
    public static Task<SampleRun> OfAsync(params string[] arguments) => OfAsync(arguments, cache: null);

    public static async Task<SampleRun> OfAsync(
        string[] arguments,
        string? cache,
        string? dataVariable = null,
        HttpMessageHandler? mirrors = null,
        Action<string>? onLine = null,
        CancellationToken cancellationToken = default)
    {
        using var temporary = new TemporaryFolder();
        using var output = new WatchedWriter(onLine);
        using var error = new StringWriter();
        using HttpMessageHandler handler = mirrors ?? FakeMirrors.OutOfReach();
        var environment = new SampleEnvironment
        {
            Output = output,
            Error = error,
            Report = new PlainReport(output),
            DataFolder = dataVariable,
            CacheFolder = cache ?? temporary["cache"],
            Download = new DatasetDownload(
                [new("https://mirror.example/mnist/")], Mnist.Download.Files, handler),
        };

        int exitCode = await Program.RunAsync(arguments, environment, cancellationToken);
        return new(exitCode, Lines(output), Lines(error));
    }

    private static string[] Lines(StringWriter writer) =>
        writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private sealed class WatchedWriter(Action<string>? onLine) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            onLine?.Invoke(value!);
        }
    }
}
