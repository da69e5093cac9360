using System.Buffers.Binary;

namespace NeuralNet.Data.Images.Jpeg;

/// <summary>
/// Reads the orientation of the camera from the EXIF data of a JPEG file, and turns images upright by it.
/// </summary>
/// <remarks>
/// Orientations are numbered from 1, upright, to 8, as in the EXIF standard (CIPA DC-008), tag 0x0112.
/// </remarks>
internal static class JpegOrientation
{
    private const int Upright = 1;
    private const int Last = 8;
    private const int Tag = 0x0112;
    private const int EntryLength = 12;
    private const byte StartOfScan = 0xDA;
    private const byte App1 = 0xE1;

    /// <summary>Finds the orientation; upright if the file does not say, or damaged EXIF data do not.</summary>
    public static int Of(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> rest = file[2..];
        while (rest.Length >= 4 && rest[0] == 0xFF && rest[1] != StartOfScan)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length < 2 || length > rest.Length - 2)
            {
                break;
            }

            ReadOnlySpan<byte> segment = rest.Slice(4, length - 2);
            if (rest[1] == App1 && segment.StartsWith("Exif\0\0"u8))
            {
                return OfTiff(segment[6..]);
            }

            rest = rest[(length + 2)..];
        }

        return Upright;
    }

    /// <summary>Turns an image so that it is upright.</summary>
    public static Image Turn(Image image, int orientation)
    {
        if (orientation == Upright)
        {
            return image;
        }

        // From 5 on, rows of the upright image are columns of the one stored.
        bool swaps = orientation >= 5;
        (int height, int width) = swaps ? (image.Width, image.Height) : (image.Height, image.Width);
        bool fromBottom = orientation is 3 or 4 or 7 or 8;
        bool fromRight = orientation is 2 or 3 or 6 or 7;
        int channels = image.Channels;
        byte[] turned = new byte[image.Pixels.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int row = fromBottom ? height - 1 - y : y;
                int column = fromRight ? width - 1 - x : x;
                int source = swaps ? (column * image.Width) + row : (row * image.Width) + column;
                image.Pixels.Slice(source * channels, channels).CopyTo(turned.AsSpan(((y * width) + x) * channels));
            }
        }

        return new(height, width, channels, turned);
    }

    // A TIFF file's header, and the entries of its first directory: tag, type, count and value.
    private static int OfTiff(ReadOnlySpan<byte> tiff)
    {
        bool isLittleEndian = tiff.StartsWith("II"u8);
        if (tiff.Length < 8 || !(isLittleEndian || tiff.StartsWith("MM"u8)))
        {
            return Upright;
        }

        uint start = isLittleEndian
            ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..])
            : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (start > tiff.Length - 2)
        {
            return Upright;
        }

        ReadOnlySpan<byte> entries = tiff[(int)start..];
        int count = Number(entries, isLittleEndian);
        entries = entries[2..];
        for (; count > 0 && entries.Length >= EntryLength; count--, entries = entries[EntryLength..])
        {
            if (Number(entries, isLittleEndian) == Tag)
            {
                int value = Number(entries[8..], isLittleEndian);
                return value is >= Upright and <= Last ? value : Upright;
            }
        }

        return Upright;
    }

    private static int Number(ReadOnlySpan<byte> bytes, bool isLittleEndian) =>
        isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
