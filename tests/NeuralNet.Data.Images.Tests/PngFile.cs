using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NeuralNet.Data.Images.Tests;

/// <summary>Writes PNG files: sound ones, and such as no program would.</summary>
internal static class PngFile
{
    public static byte[] Signature { get; } = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>An image of 8 bits a channel.</summary>
    public static byte[] Of(int height, int width, int channels, Func<int, int, int, byte> pixel)
    {
        using var rows = new MemoryStream();
        for (int y = 0; y < height; y++)
        {
            rows.WriteByte(0); // no filter
            for (int i = 0; i < width * channels; i++)
            {
                rows.WriteByte(pixel(y, i / channels, i % channels));
            }
        }

        return Raw(height, width, channels switch { 1 => 0, 3 => 2, _ => 6 }, rows.ToArray());
    }

    /// <summary>A plain image of one colour.</summary>
    public static byte[] Plain(int height, int width, params byte[] color) =>
        Of(height, width, color.Length, (_, _, c) => color[c]);

    /// <summary>An image of given rows, with their filters, and of a kind that need not exist.</summary>
    public static byte[] Raw(
        int height, int width, int color, byte[] rows, int depth = 8, int interlace = 0, byte[]? transparency = null)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)color, (byte)interlace);
        using var data = new MemoryStream();
        using (var stream = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(rows);
        }

        return
        [
            .. Signature, .. Chunk("IHDR", header), .. transparency is null ? [] : Chunk("tRNS", transparency),
            .. Chunk("IDAT", data.ToArray()), .. Chunk("IEND", []),
        ];
    }

    public static byte[] Chunk(string name, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
        byte[] chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4 + body.Length), Crc(body));
        return chunk;
    }

    // Bit by bit, unlike the library's table.
    private static uint Crc(byte[] bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            sum ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum >> 1) ^ ((sum & 1) * 0xEDB88320);
            }
        }

        return ~sum;
    }
}
