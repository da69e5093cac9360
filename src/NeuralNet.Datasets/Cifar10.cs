using NeuralNet.Datasets.Downloads;

namespace NeuralNet.Datasets;

/// <summary>
/// CIFAR-10: 50,000 small colour photos to train on and 10,000 to test with, 32 × 32 × 3, ten classes from airplanes to
/// trucks.
/// </summary>
/// <remarks>
/// By Alex Krizhevsky, Vinod Nair and Geoffrey Hinton; a download of 170 MB. <c>NEURALNET_CIFAR10</c> may name a folder
/// with <c>cifar-10-binary.tar.gz</c>, or with the files out of it. <see
/// href="https://www.cs.toronto.edu/~kriz/cifar.html"/>.
/// </remarks>
/// <example><code>
/// ImageDataset photos = Cifar10.Load(new() { Standardize = true });
/// </code></example>
public static class Cifar10
{
    private static readonly ImageDatasetSource _source = new(
        "CIFAR-10",
        "NEURALNET_CIFAR10",
        "cifar-10",
        new(
            [
                new("https://www.cs.toronto.edu/~kriz/"),
                new("https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/"),
            ],
            [
                new(
                    CifarFolder.ArchiveName,
                    170_052_171,
                    "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
            ],
            limits: DownloadLimits.Default with { Total = TimeSpan.FromHours(1) }),
        CifarFolder.Read);

    /// <summary>The files on the internet, with their checksums.</summary>
    public static DatasetDownload Download => _source.Download;

    /// <summary>The folder for downloaded files, unless <see cref="DatasetOptions.CacheFolder"/> is set.</summary>
    public static string CacheFolder => _source.CacheFolder;

    /// <summary>Loads it from the folder that the options name or, without options, wherever it is found.</summary>
    /// <param name="options">Where to look; <see cref="DatasetOptions"/> says what null means.</param>
    /// <returns>The data set, which says where it came from.</returns>
    /// <exception cref="DatasetException">It could not be had, or what was found is damaged.</exception>
    public static ImageDataset Load(DatasetOptions? options = null) => _source.Load(options ?? new());

    /// <summary>Loads it, as <see cref="Load"/> does, without blocking the thread while it is downloaded.</summary>
    /// <param name="options">Where to look; <see cref="DatasetOptions"/> says what null means.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    /// <returns>The data set, which says where it came from.</returns>
    /// <exception cref="DatasetException">It could not be had, or what was found is damaged.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<ImageDataset> LoadAsync(
        DatasetOptions? options = null, CancellationToken cancellationToken = default) =>
        _source.LoadAsync(options ?? new(), cancellationToken);
}
