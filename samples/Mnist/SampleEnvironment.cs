namespace NeuralNet.Samples.Mnist;

/// <summary>What the sample meets outside itself. Tests put their own in place of it.</summary>
internal sealed record SampleEnvironment
{
    /// <summary>The environment variable that names the folder with the data.</summary>
    public const string DataVariable = "NEURALNET_MNIST";

    /// <summary>Where errors go, one line each.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Where the help text goes.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Where results go.</summary>
    public required IReport Report { get; init; }

    /// <summary>The value of <see cref="DataVariable"/>.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Where downloaded files are kept.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Where files are downloaded from.</summary>
    public required MnistDownload Download { get; init; }

    /// <summary>What time it is.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The real one: this process, this user, these mirrors.</summary>
    public static SampleEnvironment OfProcess() => new()
    {
        Error = Console.Error,
        Output = Console.Out,
        Report = Console.IsOutputRedirected ? new PlainReport(Console.Out) : ConsoleReport.OnTerminal(),
        DataFolder = Environment.GetEnvironmentVariable(DataVariable),
        CacheFolder = FindCacheFolder(),
        Download = MnistDownload.FromPublicMirrors(),
    };

    private static string FindCacheFolder()
    {
        // The folder need not be there yet. A user without a home, as in some containers, has a temporary one.
        string local = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(local.Length > 0 ? local : Path.GetTempPath(), "NeuralNet", "mnist");
    }
}
