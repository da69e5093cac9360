using NeuralNet.Datasets.Downloads;

namespace NeuralNet.Datasets;

/// <summary>
/// MNIST: 60,000 handwritten digits to train on and 10,000 to test with, 28 × 28 pixels, light on dark. Where it cannot
/// be downloaded, <see cref="GeneratedDigits"/> stand in, and the result says so.
/// </summary>
/// <remarks>
/// By Yann LeCun, Corinna Cortes and Christopher Burges, from the data of NIST; <c>NEURALNET_MNIST</c> may name a
/// folder with its files. <see href="http://yann.lecun.com/exdb/mnist/"/>.
/// </remarks>
/// <example><code>
/// ImageDataset digits = Mnist.Load();
/// Console.WriteLine(digits);
/// trainer.Fit(digits.Training);
/// </code></example>
public static class Mnist
{
    private const int GeneratedTrainingCount = 20_000;
    private const int GeneratedTestCount = 4_000;

    // Always the same digits, whatever a program trains with.
    private const int GeneratedSeed = 1;

    // The original host no longer serves it.
    private static readonly ImageDatasetSource _source = new(
        IdxPublication.Mnist.Name,
        "NEURALNET_MNIST",
        "mnist",
        new(
            [
                new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
                new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                new("https://raw.githubusercontent.com/fgnt/mnist/master/"),
            ],
            IdxPublication.Mnist.Files),
        IdxFolder.Read,
        token => GeneratedDigits.Create(GeneratedTrainingCount, GeneratedTestCount, GeneratedSeed, token));

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
