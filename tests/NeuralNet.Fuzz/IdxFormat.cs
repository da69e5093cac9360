using System.IO.Compression;
using NeuralNet.Data;

namespace NeuralNet.Fuzz;

/// <summary>IDX files, as those of MNIST, raw and compressed.</summary>
internal sealed class IdxFormat : IFuzzFormat
{
    private static readonly byte[][] _files =
    [
        [0, 0, 8, 1, 0, 0, 0, 5, 1, 2, 3, 4, 5],
        [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
        [0, 0, 13, 2, 0, 0, 0, 2, 0, 0, 0, 1, 63, 128, 0, 0, 64, 0, 0, 0],
        [0, 0, 14, 1, 0, 0, 0, 1, 63, 240, 0, 0, 0, 0, 0, 0],
        [0, 0, 11, 1, 0, 0, 0, 2, 255, 255, 0, 1],
    ];

    public string Name => "idx";

    public byte[] Make(Random random)
    {
        byte[] file = _files[random.Next(_files.Length)];
        for (int changes = random.Next(0, 3); changes > 0; changes--)
        {
            file = ByteMutation.Mutate(file, random);
        }

        if (random.Next(3) != 0)
        {
            return file;
        }

        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(file);
        }

        return random.Next(2) == 0 ? compressed.ToArray() : ByteMutation.Mutate(compressed.ToArray(), random);
    }

    public void Read(byte[] file, string name, Random random)
    {
        using Stream stream = random.Next(2) == 0 ? new MemoryStream(file, writable: false) : new OneWayStream(file);
        IdxReader.Read(stream, name);
    }

    // The reader's first piece, what the decompressor needs, and the doubling up to what may come out of it.
    public long AllocationLimit(int length) => (8L << 20) + (64L * length);
}
