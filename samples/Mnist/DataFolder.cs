using NeuralNet.Data;

namespace NeuralNet.Samples.Mnist;

/// <summary>Reads a data set in MNIST's format from a folder, and refuses files that do not fit together.</summary>
internal static class DataFolder
{
    // Far more than in any data set of this format; a larger label is a damaged one, and would take all memory.
    private const int MostClasses = 1000;

    // The folder is the user's own, and images that are mostly black compress beyond what a strange file may.
    private const long MostBytes = 2L << 30;

    /// <summary>True if a folder holds MNIST itself, each file as published.</summary>
    public static bool HoldsPublishedMnist(string folder) =>
        MnistFile.All.All(file => file.IsPublishedIn(folder));

    /// <summary>Reads the four files.</summary>
    /// <exception cref="SampleException">One is missing, damaged, or does not fit the others.</exception>
    public static MnistData Load(string folder)
    {
        try
        {
            return Read(folder);
        }
        catch (Exception exception)
            when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new SampleException(exception.Message, exception);
        }
    }

    private static MnistData Read(string folder)
    {
        Dictionary<MnistFile, string> paths = Find(folder);
        IdxArray trainingImages = ReadImages(paths[MnistFile.TrainingImages]);
        int[] trainingLabels = ReadLabels(paths[MnistFile.TrainingLabels], trainingImages.SampleCount);
        IdxArray testImages = ReadImages(paths[MnistFile.TestImages]);
        int[] testLabels = ReadLabels(paths[MnistFile.TestLabels], testImages.SampleCount);

        (int rows, int columns) = (trainingImages.Dimensions[1], trainingImages.Dimensions[2]);
        if (testImages.Dimensions[1] != rows || testImages.Dimensions[2] != columns)
        {
            throw new SampleException(
                $"'{paths[MnistFile.TestImages]}' does not fit the training images: expected {rows} x {columns} "
                + $"pixels, but found {testImages.Dimensions[1]} x {testImages.Dimensions[2]}.");
        }

        RequireLabels(trainingLabels, MostClasses, paths[MnistFile.TrainingLabels]);
        int classes = trainingLabels.Max() + 1;
        RequireLabels(testLabels, classes, paths[MnistFile.TestLabels]);
        return new(
            NameOf(folder, paths),
            DataSet.FromLabels<float>(trainingImages.ToBytes(), trainingLabels, classes),
            DataSet.FromLabels<float>(testImages.ToBytes(), testLabels, classes),
            rows,
            columns,
            classes);
    }

    private static Dictionary<MnistFile, string> Find(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new SampleException($"The folder '{folder}' does not exist.");
        }

        ILookup<bool, MnistFile> isThere = MnistFile.All.ToLookup(file => file.FindIn(folder) is not null);
        if (isThere[false].Any())
        {
            throw new SampleException(
                $"The folder '{folder}' lacks {string.Join(", ", isThere[false].Select(file => file.Name))} (with or "
                + "without .gz).");
        }

        return isThere[true].ToDictionary(file => file, file => file.FindIn(folder)!);
    }

    private static IdxArray ReadImages(string path)
    {
        IdxArray images = IdxReader.Read(path, MostBytes);
        if (images.ElementType != IdxElementType.UnsignedByte || images.Dimensions.Count != 3 || images.Count == 0)
        {
            throw new SampleException(
                $"'{path}' holds no images: expected bytes in 3 dimensions, samples x rows x columns, but found "
                + $"{Describe(images)}.");
        }

        return images;
    }

    private static int[] ReadLabels(string path, int expectedCount)
    {
        IdxArray labels = IdxReader.Read(path, MostBytes);
        if (labels.ElementType is IdxElementType.Single or IdxElementType.Double || labels.Dimensions.Count != 1)
        {
            throw new SampleException(
                $"'{path}' holds no labels: expected whole numbers in 1 dimension, but found {Describe(labels)}.");
        }

        return labels.Count == expectedCount
            ? labels.ToLabels()
            : throw new SampleException(
                $"'{path}' does not fit its images: expected {expectedCount} labels, but found {labels.Count}.");
    }

    private static void RequireLabels(int[] labels, int classes, string path)
    {
        int sample = Array.FindIndex(labels, label => label < 0 || label >= classes);
        if (sample >= 0)
        {
            throw new SampleException(
                $"'{path}' is damaged or does not fit: expected labels from 0 to {classes - 1}, but sample {sample} "
                + $"has {labels[sample]}.");
        }
    }

    private static string Describe(IdxArray array) =>
        $"{array.ElementType} in {array.Dimensions.Count} ({string.Join(" x ", array.Dimensions)})";

    /// <summary>"MNIST" only if it is MNIST, byte for byte; else the folder's name.</summary>
    private static string NameOf(string folder, Dictionary<MnistFile, string> paths)
    {
        if (paths.All(pair => Sha256.OfFile(pair.Value) is var sum
            && (sum == pair.Key.CompressedSha256 || sum == pair.Key.RawSha256)))
        {
            return "MNIST";
        }

        string path = Path.GetFullPath(folder);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        bool misleads = name.Length == 0 || name.Equals("MNIST", StringComparison.OrdinalIgnoreCase);
        return misleads ? path : name;
    }
}
