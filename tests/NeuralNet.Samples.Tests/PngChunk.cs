using System.Buffers.Binary;
using System.Text;
using NeuralNet.Data.Images.Png;

namespace NeuralNet.Samples.Tests;

/// <summary>A chunk of a PNG file: length, name, contents and check sum.</summary>
internal static class PngChunk
{
    public static byte[] Of(string name, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
        byte[] chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4 + body.Length), Crc32.Of(body));
        return chunk;
    }
}
