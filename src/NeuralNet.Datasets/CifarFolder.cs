using System.Formats.Tar;
using System.IO.Compression;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Datasets;

/// <summary>
/// Reads CIFAR-10 in its binary version: records of a byte for the class and three planes of 32 × 32 bytes, red, green
/// and blue, in five files to train on and one to test with.
/// </summary>
internal static class CifarFolder
{
    public const string ArchiveName = "cifar-10-binary.tar.gz";

    // The archive's own folder.
    private const string Inside = "cifar-10-batches-bin";
    private const string TestFile = "test_batch.bin";
    private const int Side = 32;
    private const int Channels = 3;
    private const int Plane = Side * Side;
    private const int RecordLength = 1 + (Channels * Plane);

    // Of 10,000 records as published; some more may be in a file of one's own.
    private const long MostBytes = 1 << 30;

    private static readonly string[] _classes =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    private static readonly string[] _trainingFiles =
        [.. Enumerable.Range(1, 5).Select(number => $"data_batch_{number}.bin")];

    /// <summary>Reads the archive in a folder, or the files out of it, there or in the archive's own folder.</summary>
    /// <exception cref="DatasetException">A file is missing or damaged.</exception>
    public static ImageDataset Read(string folder)
    {
        try
        {
            string archive = Path.Combine(folder, ArchiveName);
            Dictionary<string, byte[]> files = File.Exists(archive) ? ReadArchive(archive) : ReadLoose(folder);
            return new ImageDataset(
                "CIFAR-10",
                new FeatureShape(Side, Side, Channels),
                _classes,
                ToImages(files, _trainingFiles),
                ToImages(files, [TestFile]))
                .From(DatasetOrigin.Folder, $"the folder '{folder}'");
        }
        catch (Exception exception) when (exception
            is (IOException or InvalidDataException or UnauthorizedAccessException) and not DatasetException)
        {
            throw new DatasetException(exception.Message, exception);
        }
    }

    private static Dictionary<string, byte[]> ReadArchive(string path)
    {
        Dictionary<string, byte[]> files = [];
        using FileStream file = File.OpenRead(path);
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var archive = new TarReader(unzipped);
        while (archive.GetNextEntry() is { } entry)
        {
            string name = Path.GetFileName(entry.Name);
            if (entry.DataStream is { } data && IsWanted(name))
            {
                files[name] = ReadAll(data, entry.Length, $"'{name}' in '{path}'");
            }
        }

        return Complete(files, $"The archive '{path}'");
    }

    private static Dictionary<string, byte[]> ReadLoose(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DatasetException($"The folder '{folder}' does not exist.");
        }

        string inside = Path.Combine(folder, Inside);
        string place = Directory.Exists(inside) ? inside : folder;
        Dictionary<string, byte[]> files = [];
        foreach (string name in _trainingFiles.Append(TestFile).Where(name => File.Exists(Path.Combine(place, name))))
        {
            using FileStream file = File.OpenRead(Path.Combine(place, name));
            files[name] = ReadAll(file, file.Length, $"'{file.Name}'");
        }

        return Complete(files, $"The folder '{place}'");
    }

    private static bool IsWanted(string name) => name == TestFile || _trainingFiles.Contains(name);

    private static Dictionary<string, byte[]> Complete(Dictionary<string, byte[]> files, string where)
    {
        List<string> missing = [.. _trainingFiles.Append(TestFile).Where(name => !files.ContainsKey(name))];
        return missing.Count == 0
            ? files
            : throw new DatasetException($"{where} lacks {string.Join(", ", missing)}, or is no {ArchiveName}.");
    }

    private static byte[] ReadAll(Stream stream, long length, string what)
    {
        if (length is 0 or > MostBytes || length % RecordLength != 0)
        {
            throw new DatasetException(
                $"{what} holds no images: expected records of {RecordLength} bytes, but found {length} bytes.");
        }

        byte[] bytes = new byte[length];
        stream.ReadExactly(bytes);
        for (int start = 0; start < bytes.Length; start += RecordLength)
        {
            if (bytes[start] >= _classes.Length)
            {
                throw new DatasetException(
                    $"{what} is damaged: expected classes from 0 to {_classes.Length - 1}, but record "
                    + $"{start / RecordLength} has {bytes[start]}.");
            }
        }

        return bytes;
    }

    // From planes to pixels: the element of (row, column, channel) lies at (row · 32 + column) · 3 + channel.
    private static LabeledImages ToImages(Dictionary<string, byte[]> files, string[] names)
    {
        int count = names.Sum(name => files[name].Length / RecordLength);
        byte[] pixels = new byte[count * Channels * Plane];
        int[] labels = new int[count];
        int sample = 0;
        foreach (byte[] records in names.Select(name => files[name]))
        {
            for (int start = 0; start < records.Length; start += RecordLength, sample++)
            {
                labels[sample] = records[start];
                ReadOnlySpan<byte> planes = records.AsSpan(start + 1, Channels * Plane);
                Span<byte> image = pixels.AsSpan(sample * Channels * Plane, Channels * Plane);
                for (int i = 0; i < image.Length; i++)
                {
                    image[i] = planes[((i % Channels) * Plane) + (i / Channels)];
                }
            }
        }

        return new(new ByteMatrix(pixels, Channels * Plane, count), labels, _classes.Length);
    }
}
