using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// What a pooling does with the pixels of a window, each a row of channels, in the order of the image.
/// </summary>
internal unsafe interface IWindowOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Computes an output pixel.</summary>
    /// <param name="window">The pixels of the window that are in the image.</param>
    /// <param name="output">The output pixel, to be overwritten.</param>
    static abstract void Forward(in PixelWindow<T> window, T* output);

    /// <summary>Adds the part of an output pixel to the gradients of the pixels of its window.</summary>
    /// <param name="window">The pixels of the window that are in the image.</param>
    /// <param name="gradients">The gradients of the same pixels.</param>
    /// <param name="output">The output pixel.</param>
    /// <param name="outputGradient">Its gradient, which may be overwritten.</param>
    static abstract void Backward(
        in PixelWindow<T> window, in PixelWindow<T> gradients, T* output, T* outputGradient);
}
