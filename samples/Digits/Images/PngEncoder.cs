using System.Buffers.Binary;
using System.IO.Compression;
using NeuralNet.Data.Images.Png;

namespace NeuralNet.Samples.Digits.Images;

/// <summary>Writes grey images as PNG.</summary>
internal static class PngEncoder
{
    /// <summary>Encodes an image in 8 bits a pixel.</summary>
    public static byte[] Encode(GrayImage image)
    {
        using var file = new MemoryStream();
        file.Write(PngDecoder.Signature);

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Columns);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Rows);
        header[8] = 8;
        header[9] = (byte)PngColor.Grey;
        header[10..].Clear();
        WriteChunk(file, "IHDR"u8, header);

        using var data = new MemoryStream();
        using (var compressed = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int row = 0; row < image.Rows; row++)
            {
                compressed.WriteByte(0); // no filter
                for (int column = 0; column < image.Columns; column++)
                {
                    compressed.WriteByte((byte)Math.Round(255 * Math.Clamp(image[row, column], 0, 1)));
                }
            }
        }

        WriteChunk(file, "IDAT"u8, data.ToArray());
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        byte[] body = [.. name, .. content];
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(body));
        file.Write(number);
    }
}
