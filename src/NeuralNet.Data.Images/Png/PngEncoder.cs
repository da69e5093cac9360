using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuralNet.Data.Images.Png;

/// <summary>Writes images as PNG, 8 bits a channel, without filters or interlacing.</summary>
internal static class PngEncoder
{
    private const int HeaderLength = 13;

    /// <summary>Writes an image.</summary>
    public static void Encode(Image image, Stream stream)
    {
        stream.Write(PngDecoder.Signature);
        Span<byte> header = stackalloc byte[HeaderLength];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8] = 8;
        header[9] = (byte)(image.Channels switch { 1 => PngColor.Grey, 3 => PngColor.Rgb, _ => PngColor.Rgba });
        WriteChunk(stream, "IHDR"u8, header);
        WriteChunk(stream, "IDAT"u8, Compress(image));
        WriteChunk(stream, "IEND"u8, []);
    }

    private static byte[] Compress(Image image)
    {
        using var data = new MemoryStream();
        using (var compressed = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            int rowLength = image.Width * image.Channels;
            for (int y = 0; y < image.Height; y++)
            {
                compressed.WriteByte(0); // no filter
                compressed.Write(image.Pixels.Slice(y * rowLength, rowLength));
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
