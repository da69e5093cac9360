using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// An image, channels last, with margins of zeros around it: what windows that reach beyond an image are read from.
/// </summary>
/// <param name="Height">Rows of the image itself.</param>
/// <param name="Width">Columns of the image itself.</param>
/// <param name="Channels">Elements of a pixel.</param>
/// <param name="Top">Rows of zeros above.</param>
/// <param name="Bottom">Rows of zeros below.</param>
/// <param name="Left">Columns of zeros to the left.</param>
/// <param name="Right">Columns of zeros to the right.</param>
internal readonly record struct PaddedImage(
    int Height, int Width, int Channels, int Top, int Bottom, int Left, int Right)
{
    /// <summary>Number of elements without the margins.</summary>
    public long ImageSize => (long)Height * Width * Channels;

    /// <summary>Number of elements with the margins.</summary>
    public long Size => ((long)Height + Top + Bottom) * ((long)Width + Left + Right) * Channels;

    /// <summary>True if there are margins. An image without them is read where it is, not copied.</summary>
    public bool HasMargins => Size != ImageSize;

    /// <summary>
    /// The first channel of a pixel, or the distance of two pixels, counted from the corner of the margins.
    /// </summary>
    public int Offset(int y, int x) => ((y * (Width + Left + Right)) + x) * Channels;

    /// <summary>Copies images, one after the other, between the margins, which stay as they are.</summary>
    public unsafe void Fill<T>(T* images, int count, T* padded)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int row = Width * Channels;
        int paddedRow = Offset(1, 0);
        T* target = padded + Offset(Top, Left);
        for (int n = 0; n < count; n++)
        {
            T* at = target + (n * Size);
            for (int y = 0; y < Height; y++)
            {
                new ReadOnlySpan<T>(images, row).CopyTo(new Span<T>(at, row));
                images += row;
                at += paddedRow;
            }
        }
    }
}
