using System.Numerics;

namespace NeuralNet.Reports.Pictures;

/// <summary>Numbers as the brightness of pixels.</summary>
internal static class PixelRange
{
    /// <summary>The bytes of numbers from 0 to 1, from 0 to 255, or from the least to the greatest.</summary>
    public static byte[] ToBytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double least = double.PositiveInfinity;
        double most = double.NegativeInfinity;
        foreach (T value in values)
        {
            if (T.IsFinite(value))
            {
                least = Math.Min(least, double.CreateChecked(value));
                most = Math.Max(most, double.CreateChecked(value));
            }
        }

        (least, most) = least < 0 || most > 255 ? (least, most) : most > 1 ? (0, 255) : (0, 1);
        double scale = most > least ? 255 / (most - least) : 0;
        byte[] bytes = new byte[values.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            // What is not finite is black.
            bytes[i] = (byte)Math.Round(Math.Clamp((double.CreateSaturating(values[i]) - least) * scale, 0, 255));
        }

        return bytes;
    }
}
