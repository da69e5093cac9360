using System.Buffers.Binary;
using NeuralNet.Data.Images.Png;

namespace NeuralNet.Samples.Digits.Images;

/// <summary>Reads the pixels of a row of a PNG image.</summary>
internal sealed class PngPixels(PngChunks image)
{
    private readonly PngHeader _header = image.Header;

    // A single color may be transparent; it is given in 16 bits a channel.
    private readonly int[]? _transparent = image.Header.Color is PngColor.Grey or PngColor.Rgb
        && image.Transparency.Length >= 2 * image.Header.Channels
            ? [.. Enumerable.Range(0, image.Header.Channels)
                .Select(channel => BinaryPrimitives.ReadUInt16BigEndian(image.Transparency.AsSpan(2 * channel)))]
            : null;

    /// <summary>Reads a pixel of a row without its filter.</summary>
    /// <exception cref="InvalidDataException">The palette has no such color.</exception>
    public PngPixel Read(ReadOnlySpan<byte> row, int column)
    {
        int at = column * _header.Channels;
        int first = Channel(row, at);
        float largest = _header.Largest;
        switch (_header.Color)
        {
            case PngColor.Palette:
                return OfPalette(first);
            case PngColor.Grey:
                return new(first / largest, _transparent?[0] == first ? 0 : 1);
            case PngColor.GreyAlpha:
                return new(first / largest, Channel(row, at + 1) / largest);
            default:
                (int green, int blue) = (Channel(row, at + 1), Channel(row, at + 2));
                float opacity = _header.Color == PngColor.Rgba
                    ? Channel(row, at + 3) / largest
                    : _transparent is not null && _transparent.AsSpan().SequenceEqual([first, green, blue]) ? 0 : 1;
                return new(Luma(first, green, blue) / largest, opacity);
        }
    }

    private static float Luma(float red, float green, float blue) =>
        (0.299f * red) + (0.587f * green) + (0.114f * blue);

    private PngPixel OfPalette(int index)
    {
        if (index >= image.Palette.Length / 3)
        {
            throw new InvalidDataException($"it is damaged: its palette has no color {index}");
        }

        ReadOnlySpan<byte> color = image.Palette.AsSpan(3 * index, 3);
        float opacity = index < image.Transparency.Length ? image.Transparency[index] / 255f : 1;
        return new(Luma(color[0], color[1], color[2]) / 255, opacity);
    }

    private int Channel(ReadOnlySpan<byte> row, int index)
    {
        int depth = _header.Depth;
        if (depth == 16)
        {
            return BinaryPrimitives.ReadUInt16BigEndian(row[(2 * index)..]);
        }

        // Of narrow channels, the leftmost pixel has the highest bits.
        int bit = index * depth;
        return (row[bit / 8] >> (8 - depth - (bit % 8))) & _header.Largest;
    }
}
