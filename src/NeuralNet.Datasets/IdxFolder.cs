using NeuralNet.Data;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Datasets;

/// <summary>
/// Reads a data set in MNIST's format from a folder: MNIST, Fashion-MNIST, or another of any size of images and number
/// of classes. Files that do not fit together are refused.
/// </summary>
/// <remarks>
/// The four files are <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c> and
/// <c>t10k-labels-idx1-ubyte</c>, each raw or with <c>.gz</c> compressed.
/// </remarks>
public static class IdxFolder
{
    internal const string TrainingImages = "train-images-idx3-ubyte";
    internal const string TrainingLabels = "train-labels-idx1-ubyte";
    internal const string TestImages = "t10k-images-idx3-ubyte";
    internal const string TestLabels = "t10k-labels-idx1-ubyte";

    // Far more than in any data set of this format; a larger label is a damaged one, and would take all memory.
    private const int MostClasses = 1000;

    // The folder is the user's own, and images that are mostly black compress beyond what a strange file may.
    private const long MostBytes = 2L << 30;

    /// <summary>Reads the four files.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The data set: named as published if it is one of those, byte for byte, else by the folder.</returns>
    /// <exception cref="DatasetException">A file is missing, damaged, or does not fit the others.</exception>
    public static ImageDataset Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        try
        {
            return ReadFiles(folder).From(DatasetOrigin.Folder, $"the folder '{folder}'");
        }
        catch (Exception exception) when (exception
            is (IOException or InvalidDataException or UnauthorizedAccessException) and not DatasetException)
        {
            throw new DatasetException(exception.Message, exception);
        }
    }

    private static ImageDataset ReadFiles(string folder)
    {
        Dictionary<string, string> paths = Find(folder);
        IdxArray trainingImages = ReadImages(paths[TrainingImages]);
        IdxArray trainingLabels = ReadLabels(paths[TrainingLabels], trainingImages.SampleCount);
        IdxArray testImages = ReadImages(paths[TestImages]);
        IdxArray testLabels = ReadLabels(paths[TestLabels], testImages.SampleCount);

        (int rows, int columns) = (trainingImages.Dimensions[1], trainingImages.Dimensions[2]);
        if (testImages.Dimensions[1] != rows || testImages.Dimensions[2] != columns)
        {
            throw new DatasetException(
                $"'{paths[TestImages]}' does not fit the training images: expected {rows} x {columns} pixels, but "
                + $"found {testImages.Dimensions[1]} x {testImages.Dimensions[2]}.");
        }

        int[] training = trainingLabels.ToLabels();
        int[] test = testLabels.ToLabels();
        RequireLabels(training, MostClasses, paths[TrainingLabels]);
        int classes = training.Max() + 1;
        RequireLabels(test, classes, paths[TestLabels]);
        IdxPublication? known = IdxPublication.All.FirstOrDefault(publication =>
            publication.TestLabels.Holds(testLabels)
            && publication.TestImages.Holds(testImages)
            && publication.TrainingLabels.Holds(trainingLabels)
            && publication.TrainingImages.Holds(trainingImages));
        return new(
            known?.Name ?? NameOf(folder),
            new FeatureShape(rows, columns, 1),
            known?.Classes ?? [.. Enumerable.Range(0, classes).Select(number => $"{number}")],
            new(trainingImages.ToBytes(), training, classes),
            new(testImages.ToBytes(), test, classes));
    }

    private static Dictionary<string, string> Find(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DatasetException($"The folder '{folder}' does not exist.");
        }

        Dictionary<string, string> paths = [];
        List<string> missing = [];
        foreach (string name in (string[])[TrainingImages, TrainingLabels, TestImages, TestLabels])
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path + ".gz"))
            {
                paths[name] = path + ".gz";
            }
            else if (File.Exists(path))
            {
                paths[name] = path;
            }
            else
            {
                missing.Add(name);
            }
        }

        return missing.Count == 0
            ? paths
            : throw new DatasetException(
                $"The folder '{folder}' lacks {string.Join(", ", missing)} (with or without .gz).");
    }

    private static IdxArray ReadImages(string path)
    {
        IdxArray images = IdxReader.Read(path, MostBytes);
        return images.ElementType == IdxElementType.UnsignedByte && images.Dimensions.Count == 3 && images.Count > 0
            ? images
            : throw new DatasetException(
                $"'{path}' holds no images: expected bytes in 3 dimensions, samples x rows x columns, but found "
                + $"{Describe(images)}.");
    }

    private static IdxArray ReadLabels(string path, int expectedCount)
    {
        IdxArray labels = IdxReader.Read(path, MostBytes);
        if (labels.ElementType is IdxElementType.Single or IdxElementType.Double || labels.Dimensions.Count != 1)
        {
            throw new DatasetException(
                $"'{path}' holds no labels: expected whole numbers in 1 dimension, but found {Describe(labels)}.");
        }

        return labels.Count == expectedCount
            ? labels
            : throw new DatasetException(
                $"'{path}' does not fit its images: expected {expectedCount} labels, but found {labels.Count}.");
    }

    private static void RequireLabels(int[] labels, int classes, string path)
    {
        int sample = Array.FindIndex(labels, label => label < 0 || label >= classes);
        if (sample >= 0)
        {
            throw new DatasetException(
                $"'{path}' is damaged or does not fit: expected labels from 0 to {classes - 1}, but sample {sample} "
                + $"has {labels[sample]}.");
        }
    }

    private static string Describe(IdxArray array) =>
        $"{array.ElementType} in {array.Dimensions.Count} ({string.Join(" x ", array.Dimensions)})";

    // A folder is not the data set because it is called so.
    private static string NameOf(string folder)
    {
        string path = Path.GetFullPath(folder);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        bool misleads = name.Length == 0
            || IdxPublication.All.Any(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return misleads ? path : name;
    }
}
