using System.Buffers.Binary;

namespace NeuralNet.Data.Images.Png;

/// <summary>Reads the pixels of a row of a PNG image as bytes: grey, colours, or colours with their opacity.</summary>
internal sealed class PngPixels
{
    private readonly PngHeader _header;
    private readonly byte[] _palette;
    private readonly byte[] _opacities;

    // A single colour may be transparent; it is given in 16 bits a channel.
    private readonly int[]? _transparent;

    public PngPixels(PngChunks image)
    {
        _header = image.Header;
        _palette = image.Palette;
        _opacities = _header.Color == PngColor.Palette ? image.Transparency : [];
        if (_header.Color is PngColor.Grey or PngColor.Rgb && image.Transparency.Length >= 2 * _header.Channels)
        {
            _transparent =
            [
                .. Enumerable.Range(0, _header.Channels)
                    .Select(channel => BinaryPrimitives.ReadUInt16BigEndian(image.Transparency.AsSpan(2 * channel))),
            ];
        }

        bool hasOpacity = _header.Color is PngColor.GreyAlpha or PngColor.Rgba
            || _transparent is not null || _opacities.Length > 0;
        Channels = hasOpacity ? 4 : _header.Color == PngColor.Grey ? 1 : 3;
    }

    /// <summary>Number of bytes per pixel that are read: 1, 3 or 4.</summary>
    public int Channels { get; }

    /// <summary>Reads a pixel of a row without its filter.</summary>
    /// <exception cref="InvalidDataException">The palette has no such colour.</exception>
    public void Read(ReadOnlySpan<byte> row, int column, Span<byte> pixel)
    {
        int at = column * _header.Channels;
        if (_header.Color == PngColor.Palette)
        {
            int index = Sample(row, at);
            if (index >= _palette.Length / 3)
            {
                throw new InvalidDataException($"it is damaged: its palette has no color {index}");
            }

            _palette.AsSpan(3 * index, 3).CopyTo(pixel);
            if (Channels == 4)
            {
                pixel[3] = index < _opacities.Length ? _opacities[index] : byte.MaxValue;
            }

            return;
        }

        bool isGrey = _header.Color is PngColor.Grey or PngColor.GreyAlpha;
        for (int channel = 0; channel < Math.Min(Channels, 3); channel++)
        {
            pixel[channel] = ToByte(Sample(row, isGrey ? at : at + channel));
        }

        if (Channels == 4)
        {
            pixel[3] = _transparent is null
                ? ToByte(Sample(row, at + _header.Channels - 1))
                : IsTransparent(row, at) ? (byte)0 : byte.MaxValue;
        }
    }

    private bool IsTransparent(ReadOnlySpan<byte> row, int at)
    {
        for (int channel = 0; channel < _transparent!.Length; channel++)
        {
            if (Sample(row, at + channel) != _transparent[channel])
            {
                return false;
            }
        }

        return true;
    }

    private byte ToByte(int sample) =>
        (byte)(_header.Depth == 16 ? sample >> 8 : sample * byte.MaxValue / _header.Largest);

    private int Sample(ReadOnlySpan<byte> row, int index)
    {
        int depth = _header.Depth;
        if (depth == 8)
        {
            return row[index];
        }

        if (depth == 16)
        {
            return BinaryPrimitives.ReadUInt16BigEndian(row[(2 * index)..]);
        }

        // Of narrow samples, the leftmost has the highest bits.
        int bit = index * depth;
        return (row[bit / 8] >> (8 - depth - (bit % 8))) & _header.Largest;
    }
}
