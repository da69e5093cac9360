namespace NeuralNet.Data.Images;

/// <summary>Converts pixels from 1, 3 or 4 channels to others.</summary>
internal static class PixelColor
{
    /// <summary>Converts a pixel.</summary>
    public static void Convert(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int opacity = from.Length == 4 && to.Length < 4 ? from[3] : byte.MaxValue;
        byte red = OnPaper(from[0], opacity);
        byte green = from.Length == 1 ? red : OnPaper(from[1], opacity);
        byte blue = from.Length == 1 ? red : OnPaper(from[2], opacity);
        if (to.Length == 1)
        {
            to[0] = (byte)(((19595 * red) + (38470 * green) + (7471 * blue) + (1 << 15)) >> 16);
            return;
        }

        (to[0], to[1], to[2]) = (red, green, blue);
        if (to.Length == 4)
        {
            to[3] = byte.MaxValue;
        }
    }

    private static byte OnPaper(byte value, int opacity) =>
        (byte)(((opacity * value) + ((byte.MaxValue - opacity) * byte.MaxValue) + 127) / byte.MaxValue);
}
