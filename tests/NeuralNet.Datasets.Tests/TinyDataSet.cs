using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuralNet.Datasets.Tests;

/// <summary>
/// A data set in MNIST's format that anything can learn: images of 4 × 3 pixels in three classes, of which each has a
/// bright column of its own.
/// </summary>
internal static class TinyDataSet
{
    public const int Rows = 4;
    public const int Columns = 3;

    public const string TrainingImages = "train-images-idx3-ubyte";
    public const string TrainingLabels = "train-labels-idx1-ubyte";
    public const string TestImages = "t10k-images-idx3-ubyte";
    public const string TestLabels = "t10k-labels-idx1-ubyte";

    public static void Write(string folder, int trainingCount = 90, int testCount = 30, bool gzip = true)
    {
        WriteSet(folder, TrainingImages, TrainingLabels, trainingCount, gzip);
        WriteSet(folder, TestImages, TestLabels, testCount, gzip);
    }

    /// <summary>Writes an IDX file of bytes.</summary>
    public static void WriteIdx(
        string folder, string file, int[] dimensions, byte[] elements, bool gzip = true, byte type = 8)
    {
        byte[] bytes = new byte[4 + (4 * dimensions.Length) + elements.Length];
        bytes[2] = type;
        bytes[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * i)), dimensions[i]);
        }

        elements.CopyTo(bytes, 4 + (4 * dimensions.Length));
        string path = Path.Combine(folder, gzip ? file + ".gz" : file);
        using Stream stream = gzip ? new GZipStream(File.Create(path), CompressionLevel.Fastest) : File.Create(path);
        stream.Write(bytes);
    }

    private static void WriteSet(string folder, string images, string labels, int count, bool gzip)
    {
        byte[] pixels = new byte[count * Rows * Columns];
        byte[] classes = new byte[count];
        for (int sample = 0; sample < count; sample++)
        {
            classes[sample] = (byte)(sample % Columns);
            for (int row = 0; row < Rows; row++)
            {
                pixels[(((sample * Rows) + row) * Columns) + classes[sample]] = (byte)(200 + (sample % 50));
            }
        }

        WriteIdx(folder, images, [count, Rows, Columns], pixels, gzip);
        WriteIdx(folder, labels, [count], classes, gzip);
    }
}
