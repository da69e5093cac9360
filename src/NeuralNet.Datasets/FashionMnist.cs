using NeuralNet.Datasets.Downloads;

namespace NeuralNet.Datasets;

/// <summary>
/// Fashion-MNIST: 60,000 pictures of clothes to train on and 10,000 to test with, in the format of MNIST but harder:
/// ten classes from T-shirts to ankle boots, 28 × 28 pixels, light on dark.
/// </summary>
/// <remarks>
/// By Han Xiao, Kashif Rasul and Roland Vollgraf of Zalando, MIT licence; <c>NEURALNET_FASHION_MNIST</c> may name a
/// folder with its files. <see href="https://github.com/zalandoresearch/fashion-mnist"/>.
/// </remarks>
/// <example><code>
/// ImageDataset clothes = FashionMnist.Load();
/// Console.WriteLine(clothes.Classes[clothes.TestImages.Labels[0]]);
/// </code></example>
public static class FashionMnist
{
    private static readonly ImageDatasetSource _source = new(
        IdxPublication.FashionMnist.Name,
        "NEURALNET_FASHION_MNIST",
        "fashion-mnist",
        new(
            [
                new("https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
                new("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
                new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
            ],
            IdxPublication.FashionMnist.Files),
        IdxFolder.Read);

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
