using System.Buffers.Binary;
using System.Text;

namespace NeuralNet.Data.Images.Png;

/// <summary>The chunks of a PNG image that define its pixels.</summary>
/// <param name="Header">The size and kind of the image.</param>
/// <param name="Palette">Red, green and blue of each color; empty if there is no palette.</param>
/// <param name="Transparency">The opacity of the colors of the palette, or the transparent color; may be empty.</param>
/// <param name="Data">The compressed pixels.</param>
internal sealed record PngChunks(PngHeader Header, byte[] Palette, byte[] Transparency, byte[] Data)
{
    private const int NameLength = 4;
    private const int FrameLength = 12; // length, name and checksum

    /// <summary>Reads the chunks.</summary>
    /// <param name="chunks">The file after its signature.</param>
    /// <param name="requireSize">Throws if an image of that height and width is not to be read.</param>
    /// <exception cref="InvalidDataException">A chunk is damaged or missing.</exception>
    public static PngChunks Read(ReadOnlySpan<byte> chunks, Action<long, long> requireSize)
    {
        PngHeader? header = null;
        byte[] palette = [];
        byte[] transparency = [];
        using var data = new MemoryStream();
        while (true)
        {
            ReadOnlySpan<byte> content = Next(ref chunks, out string name);
            if (header is null != name is "IHDR")
            {
                throw new InvalidDataException($"it is damaged: the PNG chunk '{name}' is where another should be");
            }

            switch (name)
            {
                case "IHDR":
                    header = PngHeader.Read(content, requireSize);
                    break;
                case "PLTE":
                    palette = content.ToArray();
                    break;
                case "tRNS":
                    transparency = content.ToArray();
                    break;
                case "IDAT":
                    data.Write(content);
                    break;
                case "IEND":
                    return header!.Color != PngColor.Palette || palette.Length >= 3
                        ? new(header, palette, transparency, data.ToArray())
                        : throw new InvalidDataException("it is damaged: it has no palette");
                default:
                    if (char.IsAsciiLetterUpper(name[0]))
                    {
                        throw new InvalidDataException(
                            $"it has a PNG chunk '{name}' that is unknown, but cannot be done without");
                    }

                    break;
            }
        }
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> chunks, out string name)
    {
        uint length = chunks.Length < FrameLength ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(chunks);
        if (length > chunks.Length - FrameLength)
        {
            throw new InvalidDataException("it is truncated");
        }

        ReadOnlySpan<byte> checkedBytes = chunks.Slice(sizeof(uint), NameLength + (int)length);
        name = Encoding.Latin1.GetString(checkedBytes[..NameLength]);
        if (BinaryPrimitives.ReadUInt32BigEndian(chunks[(sizeof(uint) + checkedBytes.Length)..])
            != Crc32.Of(checkedBytes))
        {
            throw new InvalidDataException($"it is damaged: the checksum of the PNG chunk '{name}' is another");
        }

        chunks = chunks[(FrameLength + (int)length)..];
        return checkedBytes[NameLength..];
    }
}
