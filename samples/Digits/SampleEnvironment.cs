using NeuralNet.Datasets;
using NeuralNet.Datasets.Downloads;

namespace NeuralNet.Samples.Digits;

/// <summary>The environment of the sample: files, output, network and time. Tests replace it.</summary>
internal sealed record SampleEnvironment
{
    /// <summary>The environment variable that names the folder with the data.</summary>
    public const string DataVariable = "NEURALNET_MNIST";

    /// <summary>The output for errors, one line each.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>The output for the help text.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>The output for results.</summary>
    public required IReport Report { get; init; }

    /// <summary>The value of <see cref="DataVariable"/>.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The folder for downloaded files.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>The source of downloads.</summary>
    public required DatasetDownload Download { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The real one: this process, this user, these mirrors.</summary>
    public static SampleEnvironment OfProcess() => new()
    {
        Error = Console.Error,
        Output = Console.Out,
        Report = Console.IsOutputRedirected ? new PlainReport(Console.Out) : ConsoleReport.OnTerminal(),
        DataFolder = Environment.GetEnvironmentVariable(DataVariable),
        CacheFolder = Mnist.CacheFolder,
        Download = Mnist.Download,
    };
}
