namespace NeuralNet.Samples.Mnist;

/// <summary>One of the four files of MNIST.</summary>
/// <param name="Name">Its name, without <c>.gz</c>.</param>
/// <param name="CompressedLength">Bytes of the gzipped file.</param>
/// <param name="CompressedSha256">SHA-256 of the gzipped file, as published.</param>
/// <param name="RawSha256">SHA-256 of the file inside.</param>
internal sealed record MnistFile(string Name, long CompressedLength, string CompressedSha256, string RawSha256)
{
    /// <summary>28 × 28 pixels each, 60,000 of them.</summary>
    public static MnistFile TrainingImages { get; } = new(
        "train-images-idx3-ubyte",
        9_912_422,
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");

    /// <summary>The labels of the training images.</summary>
    public static MnistFile TrainingLabels { get; } = new(
        "train-labels-idx1-ubyte",
        28_881,
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5");

    /// <summary>10,000 more images.</summary>
    public static MnistFile TestImages { get; } = new(
        "t10k-images-idx3-ubyte",
        1_648_877,
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7");

    /// <summary>The labels of the test images.</summary>
    public static MnistFile TestLabels { get; } = new(
        "t10k-labels-idx1-ubyte",
        4_542,
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

    /// <summary>All four.</summary>
    public static IReadOnlyList<MnistFile> All { get; } = [TrainingImages, TrainingLabels, TestImages, TestLabels];

    /// <summary>Its name as published.</summary>
    public string CompressedName => Name + ".gz";

    /// <summary>Finds it in a folder, gzipped or raw; null if it is not there.</summary>
    public string? FindIn(string folder) =>
        ((string[])[CompressedName, Name]).Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>True if a folder holds it gzipped, byte for byte as published.</summary>
    public bool IsPublishedIn(string folder)
    {
        var file = new FileInfo(Path.Combine(folder, CompressedName));
        try
        {
            return file.Exists
                && file.Length == CompressedLength
                && Sha256.OfFile(file.FullName) == CompressedSha256;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
