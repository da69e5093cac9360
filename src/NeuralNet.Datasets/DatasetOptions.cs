using NeuralNet.Datasets.Downloads;

namespace NeuralNet.Datasets;

/// <summary>Options for loading a data set of images: the folders to look in, and the form of the data.</summary>
/// <remarks>
/// It is taken from <see cref="Folder"/>; else from the folder that the set's environment variable names, such as
/// <c>NEURALNET_MNIST</c>; else from <see cref="CacheFolder"/>, into which it is downloaded if need be. A folder that
/// was named is never replaced by anything else.
/// </remarks>
public sealed class DatasetOptions
{
    /// <summary>The folder with the files as published; looked for if null.</summary>
    public string? Folder { get; init; }

    /// <summary>
    /// The folder for downloaded files; if null, one of the set's own within the user's folder for the data of
    /// applications, such as <c>~/.local/share/NeuralNet/mnist</c>.
    /// </summary>
    public string? CacheFolder { get; init; }

    /// <summary>Whether files may be downloaded; true unless set.</summary>
    public bool Download { get; init; } = true;

    /// <summary>
    /// Whether samples that are made up may stand in where the real ones cannot be had; true unless set. Only
    /// <see cref="Mnist"/> has some, <see cref="GeneratedDigits"/>, and the result says so.
    /// </summary>
    public bool AllowGenerated { get; init; } = true;

    /// <summary>
    /// Whether the pixels of each channel get mean 0 and variance 1 over the training part, instead of lying between 0
    /// and 1; false unless set. They stay bytes all the same.
    /// </summary>
    public bool Standardize { get; init; }

    /// <summary>Told how far a download is, on the thread that receives it; nobody if null.</summary>
    public IProgress<DownloadProgress>? Progress { get; init; }

    /// <summary>The handler of the connections, such as one with a proxy; the system's settings if null.</summary>
    public HttpMessageHandler? Handler { get; init; }
}
