using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>The pixels of a window, a rectangle within an image, channels last.</summary>
/// <param name="origin">The first channel of the first pixel.</param>
/// <param name="height">Rows of pixels within the image, at least 1.</param>
/// <param name="width">Pixels of a row, at least 1.</param>
/// <param name="rowStep">Distance from one row to the next, in elements.</param>
/// <param name="channels">Elements of a pixel.</param>
/// <param name="divisor">The number that an average divides by.</param>
internal readonly unsafe struct PixelWindow<T>(
    T* origin, int height, int width, int rowStep, int channels, int divisor)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Elements of a pixel.</summary>
    public int Channels { get; } = channels;

    /// <summary>Number of pixels.</summary>
    public int Count { get; } = height * width;

    /// <summary>The number that an average divides by.</summary>
    public int Divisor { get; } = divisor;

    /// <summary>The first channel of a pixel, counted row by row.</summary>
    public T* Pixel(int index)
    {
        int y = index / width;
        return origin + ((nint)y * rowStep) + ((nint)(index - (y * width)) * Channels);
    }
}
