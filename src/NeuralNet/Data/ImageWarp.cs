using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;

namespace NeuralNet.Data;

/// <summary>The loops of the image augmentation. Images are stored row by row, pixel by pixel.</summary>
internal static class ImageWarp
{
    // A frame of background: one pixel before each row, two after it, one row above and two below, so that a position
    // clamped to one pixel beyond the edge always lies between four pixels.
    private const int Before = 1;
    private const int Frame = 3;

    /// <summary>Number of elements of a framed image.</summary>
    public static int PaddedLength(int width, int height, int channels) =>
        ElementCount.Of(checked((width + Frame) * channels), height + Frame, "A framed image");

    /// <summary>Copies an image into a frame.</summary>
    public static void Pad<T>(ReadOnlySpan<T> image, int width, int height, int channels, Span<T> padded)
    {
        int length = width * channels;
        for (int y = 0; y < height; y++)
        {
            int start = ((y + Before) * (width + Frame)) + Before;
            image.Slice(y * length, length).CopyTo(padded[(start * channels)..]);
        }
    }

    /// <summary>
    /// Computes each pixel by bilinear interpolation at the position that the map and the displacements, if any, give.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<T>(
        ReadOnlySpan<T> padded,
        Span<T> image,
        int width,
        int height,
        int channels,
        AffineMap map,
        ReadOnlySpan<T> dx,
        ReadOnlySpan<T> dy)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = (width + Frame) * channels;
        T xx = T.CreateTruncating(map.XX);
        T yx = T.CreateTruncating(map.YX);
        T lastX = T.CreateTruncating(width + Before);
        T lastY = T.CreateTruncating(height + Before);
        for (int y = 0; y < height; y++)
        {
            Span<T> row = image.Slice(y * width * channels, width * channels);
            ReadOnlySpan<T> rowDx = dx.IsEmpty ? default : dx.Slice(y * width, width);
            ReadOnlySpan<T> rowDy = dy.IsEmpty ? default : dy.Slice(y * width, width);

            // Positions in the frame, which starts one pixel earlier.
            T startX = T.CreateTruncating((map.XY * y) + map.X0 + Before);
            T startY = T.CreateTruncating((map.YY * y) + map.Y0 + Before);
            for (int x = 0; x < width; x++)
            {
                T column = T.CreateTruncating(x);
                T sourceX = startX + (xx * column);
                T sourceY = startY + (yx * column);
                if (!rowDx.IsEmpty)
                {
                    sourceX += rowDx[x];
                    sourceY += rowDy[x];
                }

                sourceX = T.MinNative(T.MaxNative(sourceX, T.Zero), lastX);
                sourceY = T.MinNative(T.MaxNative(sourceY, T.Zero), lastY);
                int left = T.ConvertToIntegerNative<int>(sourceX);
                int top = T.ConvertToIntegerNative<int>(sourceY);
                T right = sourceX - T.CreateTruncating(left);
                T below = sourceY - T.CreateTruncating(top);
                ReadOnlySpan<T> corner = padded.Slice(
                    (top * stride) + (left * channels), stride + (2 * channels));
                for (int c = 0; c < channels; c++)
                {
                    T upper = corner[c] + (right * (corner[c + channels] - corner[c]));
                    T first = corner[c + stride];
                    T lower = first + (right * (corner[c + stride + channels] - first));
                    row[(x * channels) + c] = upper + (below * (lower - upper));
                }
            }
        }
    }

    /// <summary>Smooths along the columns: each element becomes the weighted sum of those above and below.</summary>
    /// <param name="field">The rows, one after the other.</param>
    /// <param name="weights">The weights at distances 0, 1, …</param>
    /// <param name="stride">Length of a row.</param>
    /// <param name="result">The memory for the sums.</param>
    public static void Smooth<T>(ReadOnlySpan<T> field, ReadOnlySpan<double> weights, int stride, Span<T> result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TensorPrimitives.Multiply(field, T.CreateTruncating(weights[0]), result);
        for (int distance = 1; distance < weights.Length && distance * stride < field.Length; distance++)
        {
            // All rows at once: those with a row at that distance above, then those with one below.
            T weight = T.CreateTruncating(weights[distance]);
            int offset = distance * stride;
            Span<T> after = result[offset..];
            TensorPrimitives.MultiplyAdd(field[..^offset], weight, after, after);
            Span<T> before = result[..^offset];
            TensorPrimitives.MultiplyAdd(field[offset..], weight, before, before);
        }
    }

    /// <summary>Turns rows into columns and columns into rows.</summary>
    /// <param name="field">Rows, one after the other.</param>
    /// <param name="stride">Length of a row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="result">As many rows as a row had elements.</param>
    public static void Transpose<T>(ReadOnlySpan<T> field, int stride, int rows, Span<T> result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < stride; i++)
        {
            Span<T> row = result.Slice(i * rows, rows);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = field[(j * stride) + i];
            }
        }
    }
}
