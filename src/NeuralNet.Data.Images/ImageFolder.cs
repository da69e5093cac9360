using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Batches;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;

namespace NeuralNet.Data.Images;

/// <summary>
/// A folder of images with a subfolder for each class, such as <c>photos/cat/1.jpg</c> and <c>photos/dog/2.png</c>, as
/// training data.
/// </summary>
/// <remarks>
/// The classes are the names of the subfolders, and their images the files that end in <c>.png</c>, <c>.jpg</c> or
/// <c>.jpeg</c>, upper or lower case; both in the order of the UTF-16 codes of their names, so that every machine
/// numbers them alike. What begins with a dot is ignored. Opening lists the files; they are read when data are made.
/// </remarks>
/// <example><code>
/// ImageFolder photos = ImageFolder.Open("photos", new() { Size = 64, Channels = 3, Fit = ImageFit.Crop });
/// (DataSet&lt;float&gt; training, DataSet&lt;float&gt; test) =
///     photos.ToDataSet&lt;float&gt;().StratifiedSplit(0.8, seed: 1);
/// </code></example>
public sealed class ImageFolder
{
    private readonly string[] _files;
    private readonly int[] _labels;
    private readonly string[] _classes;
    private FeatureShape? _shape;

    private ImageFolder(string path, ImageOptions options, string[] classes, string[] files, int[] labels)
    {
        Path = path;
        Options = options;
        _classes = classes;
        _files = files;
        _labels = labels;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The options that the images are read with.</summary>
    public ImageOptions Options { get; }

    /// <summary>The names of the classes; a label is the index of one.</summary>
    public IReadOnlyList<string> Classes => _classes;

    /// <summary>The paths of the images.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>The class of each image.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <summary>Number of images.</summary>
    public int Count => _files.Length;

    /// <summary>
    /// Height, width and channels of the images: those of <see cref="Options"/>, or where it leaves them open, those of
    /// the first image, which is read for that.
    /// </summary>
    /// <exception cref="InvalidDataException">The first image is damaged.</exception>
    /// <exception cref="IOException">The first image cannot be read.</exception>
    public FeatureShape Shape => _shape ??= Options is { Size: { } size, Channels: { } channels }
        ? new(size.Height, size.Width, channels)
        : Image.Read(_files[0], Options).Shape;

    /// <summary>Lists the images of a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="options">How images are read; as they are, if null, which requires them to be of one size.</param>
    /// <param name="ignoreOtherFiles">
    /// True to ignore files that are no images by their names; else they are refused.
    /// </param>
    /// <returns>The folder.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">
    /// It has no subfolders, one of them holds no images, or a folder, or another file that is not to be ignored.
    /// </exception>
    public static ImageFolder Open(string path, ImageOptions? options = null, bool ignoreOtherFiles = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ImageFolderListing listing = ImageFolderListing.Of(path, ignoreOtherFiles);
        return new(path, options ?? new(), listing.Classes, [.. listing.Files], [.. listing.Labels]);
    }

    /// <summary>
    /// Splits the images in two at random, with the same share of every class in both parts, as nearly as possible: as
    /// <see cref="DataSet{T}.StratifiedSplit"/> does, without reading them.
    /// </summary>
    /// <param name="firstFraction">
    /// Share of the first part, between 0 and 1, such as 0.8; rounded to whole images.
    /// </param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <returns>The two parts, with the same classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The fraction is not between 0 and 1, or a part would be empty.
    /// </exception>
    public (ImageFolder First, ImageFolder Second) StratifiedSplit(double firstFraction, int seed)
    {
        var indices = Matrix<double>.Build.Dense(1, Count, (_, i) => i);
        (DataSet<double> first, DataSet<double> second) = DataSet.FromLabels(indices, _labels, _classes.Length)
            .StratifiedSplit(firstFraction, seed);
        return (Select(first), Select(second));

        ImageFolder Select(DataSet<double> part)
        {
            int[] chosen = Array.ConvertAll(part.Inputs.Values.ToArray(), index => (int)index);
            return new(
                Path,
                Options,
                _classes,
                Array.ConvertAll(chosen, i => _files[i]),
                Array.ConvertAll(chosen, i => _labels[i]));
        }
    }

    /// <summary>
    /// Reads all images into memory, where they stay bytes; a network receives numbers from 0 to 1. All processors
    /// read.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <returns>The images in order, with one-hot targets.</returns>
    /// <exception cref="InvalidDataException">
    /// An image is damaged, or two differ in size or channels, which <see cref="Options"/> leave open.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="InvalidOperationException">The images are more than an array holds.</exception>
    public DataSet<T> ToDataSet<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if ((long)Shape.Size * Count > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"{Quantity.Of(Count, "image")} of {Shape} are more than an array holds. Read them ahead with "
                + "ToBatchSource, or make them smaller with ImageOptions.Size.");
        }

        int[] all = [.. Enumerable.Range(0, Count)];
        return DataSet.FromLabels<T>(Read(all, CancellationToken.None), _labels, _classes.Length);
    }

    /// <summary>
    /// Reads the images batch by batch while a network is trained, so that they need not fit into memory. All
    /// processors read, a few batches ahead. Workers who train together read their own images only.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="batchSize">Number of images in a batch; the last of an epoch may have fewer.</param>
    /// <param name="shuffleSeed">
    /// The seed of the order, which is another in each epoch; the same seed gives the same orders. As they are, if
    /// null.
    /// </param>
    /// <param name="transform">
    /// What is done with the numbers from 0 to 1 before training, such as a standardization; nothing if null.
    /// </param>
    /// <returns>The source, for <c>Trainer.Fit</c>; reading throws what <see cref="ToDataSet"/> throws.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1.</exception>
    public IBatchSource<T> ToBatchSource<T>(
        int batchSize, int? shuffleSeed = null, IFeatureTransform? transform = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return BatchSource.FromShares(
            (epoch, share, token) => new ImageBatches<T>(this, batchSize, transform)
                .Read(ImageOrder.Of(Count, shuffleSeed, epoch), share, token),
            ((Count - 1) / batchSize) + 1);
    }

    /// <summary>How many images there are, and of what.</summary>
    /// <returns>For example <c>'photos': 120 images in 2 classes: cat, dog</c>.</returns>
    public override string ToString() =>
        $"'{MessageText.File(Path)}': {Quantity.Of(Count, "image")} in "
        + $"{Quantity.Of(_classes.Length, "class", "classes")}: {MessageText.Listed(_classes)}";

    /// <summary>Reads chosen images, one per column.</summary>
    internal ByteMatrix Read(IReadOnlyList<int> chosen, CancellationToken cancellationToken)
    {
        byte[] pixels = new byte[(long)Shape.Size * chosen.Count];
        ParallelReading.Run(
            chosen.Count,
            i =>
            {
                string file = _files[chosen[i]];
                var image = Image.Read(file, Options);
                if (image.Shape != Shape)
                {
                    throw new InvalidDataException(
                        $"'{MessageText.File(file)}' is {image.Shape}, but '{MessageText.File(_files[0])}' {Shape} "
                        + "(height × width × channels). Say with ImageOptions.Size and ImageOptions.Channels what all "
                        + "images shall be made.");
                }

                image.Pixels.CopyTo(pixels.AsSpan(i * Shape.Size));
            },
            cancellationToken);
        return new(pixels, Shape.Size, chosen.Count);
    }
}
