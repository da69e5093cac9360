using System.Buffers.Binary;
using System.Security.Cryptography;
using NeuralNet.Data;
using NeuralNet.Datasets.Downloads;

namespace NeuralNet.Datasets;

/// <summary>One of the four files of a data set in MNIST's format, as it was published.</summary>
/// <param name="Name">Its name, without <c>.gz</c>.</param>
/// <param name="CompressedLength">Bytes of the gzipped file.</param>
/// <param name="CompressedSha256">SHA-256 of the gzipped file.</param>
/// <param name="RawSha256">SHA-256 of the file inside.</param>
internal sealed record IdxFile(string Name, long CompressedLength, string CompressedSha256, string RawSha256)
{
    /// <summary>The file to download.</summary>
    public DatasetFile Compressed => new(Name + ".gz", CompressedLength, CompressedSha256);

    /// <summary>Whether an array of bytes is what the published file holds, however it was compressed.</summary>
    public bool Holds(IdxArray array)
    {
        if (array.ElementType != IdxElementType.UnsignedByte)
        {
            return false;
        }

        // The header: two zeros, the type, the number of dimensions, and each dimension in 4 bytes.
        byte[] header = new byte[4 + (4 * array.Dimensions.Count)];
        header[2] = (byte)array.ElementType;
        header[3] = (byte)array.Dimensions.Count;
        for (int i = 0; i < array.Dimensions.Count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), array.Dimensions[i]);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(array.Bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset()) == RawSha256;
    }
}
