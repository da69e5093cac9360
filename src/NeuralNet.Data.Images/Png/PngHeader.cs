using System.Buffers.Binary;

namespace NeuralNet.Data.Images.Png;

/// <summary>The contents of the first chunk of a PNG image, IHDR.</summary>
/// <param name="Columns">Width in pixels.</param>
/// <param name="Rows">Height in pixels.</param>
/// <param name="Depth">Bits of a channel, or of an index.</param>
/// <param name="Color">The channels of a pixel.</param>
/// <param name="IsInterlaced">True if the pixels come in the seven passes of Adam7.</param>
internal sealed record PngHeader(int Columns, int Rows, int Depth, PngColor Color, bool IsInterlaced)
{
    private const int Length = 13;

    /// <summary>Numbers per pixel in the file.</summary>
    public int Channels => Color switch
    {
        PngColor.Rgb => 3,
        PngColor.GreyAlpha => 2,
        PngColor.Rgba => 4,
        _ => 1,
    };

    /// <summary>The largest value of a channel.</summary>
    public int Largest => (1 << Depth) - 1;

    /// <summary>Bytes from a pixel to the one at its left, as the filters count them.</summary>
    public int FilterDistance => Math.Max(1, Channels * Depth / 8);

    /// <summary>Bytes of a row of some pixels, without its filter.</summary>
    public int RowLength(int columns) => (int)((((long)columns * Channels * Depth) + 7) / 8);

    /// <summary>Reads the chunk.</summary>
    /// <param name="chunk">The contents of the chunk.</param>
    /// <param name="requireSize">Throws if an image of that height and width is not to be read.</param>
    /// <exception cref="InvalidDataException">It is malformed, or the size is out of range.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> chunk, Action<long, long> requireSize)
    {
        if (chunk.Length != Length)
        {
            throw new InvalidDataException(
                $"it is damaged: its PNG header has {chunk.Length} bytes, not {Length}");
        }

        uint columns = BinaryPrimitives.ReadUInt32BigEndian(chunk);
        uint rows = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        requireSize(rows, columns);
        (int depth, PngColor color) = (chunk[8], (PngColor)chunk[9]);
        bool isDepth = color switch
        {
            PngColor.Grey => depth is 1 or 2 or 4 or 8 or 16,
            PngColor.Palette => depth is 1 or 2 or 4 or 8,
            PngColor.Rgb or PngColor.GreyAlpha or PngColor.Rgba => depth is 8 or 16,
            _ => false,
        };
        return isDepth && chunk[10] == 0 && chunk[11] == 0 && chunk[12] <= 1
            ? new((int)columns, (int)rows, depth, color, chunk[12] == 1)
            : throw new InvalidDataException(
                $"it is damaged: there is no PNG color type {chunk[9]} of {depth} bits with compression {chunk[10]}, "
                + $"filter {chunk[11]} and interlace {chunk[12]}");
    }
}
