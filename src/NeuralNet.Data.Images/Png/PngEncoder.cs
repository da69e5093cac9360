using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuralNet.Data.Images.Png;

/// <summary>Writes images as PNG, 8 bits a channel, without filters or interlacing.</summary>
internal static class PngEncoder
{
    private const int HeaderLength = 13;

    /// <summary>Writes an image.</summary>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue, 4 with opacity.</param>
    /// <param name="pixels">The pixels, row after row, the channels of each together.</param>
    /// <param name="level">How much time is spent for a smaller file.</param>
    /// <param name="stream">The place for the file.</param>
    public static void Encode(
        int width, int height, int channels, ReadOnlySpan<byte> pixels, CompressionLevel level, Stream stream)
    {
        stream.Write(PngSignature.Bytes);
        Span<byte> header = stackalloc byte[HeaderLength];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = (byte)(channels switch { 1 => PngColor.Grey, 3 => PngColor.Rgb, _ => PngColor.Rgba });
        WriteChunk(stream, "IHDR"u8, header);
        WriteChunk(stream, "IDAT"u8, Compress(pixels, width * channels, level));
        WriteChunk(stream, "IEND"u8, []);
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int rowLength, CompressionLevel level)
    {
        using var data = new MemoryStream();
        using (var compressed = new ZLibStream(data, level, leaveOpen: true))
        {
            for (int start = 0; start < pixels.Length; start += rowLength)
            {
                compressed.WriteByte(0); // no filter
                compressed.Write(pixels.Slice(start, rowLength));
            }
        }

        return data.ToArray();
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        byte[] body = [.. name, .. content];
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        stream.Write(number);
        stream.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(body));
        stream.Write(number);
    }
}
