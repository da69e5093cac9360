using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The sum of each channel over the window, divided by a number that the window brings along.</summary>
internal readonly unsafe struct AverageOfWindow<T> : IWindowOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(in PixelWindow<T> window, T* output)
    {
        int channels = window.Channels;
        var sum = new Span<T>(output, channels);
        sum.Clear();
        for (int i = 0; i < window.Count; i++)
        {
            AddScaled(window.Pixel(i), T.One, output, channels);
        }

        TensorPrimitives.Divide(sum, T.CreateTruncating(window.Divisor), sum);
    }

    /// <inheritdoc/>
    public static void Backward(
        in PixelWindow<T> window, in PixelWindow<T> gradients, T* output, T* outputGradient)
    {
        T share = T.One / T.CreateTruncating(window.Divisor);
        for (int i = 0; i < gradients.Count; i++)
        {
            AddScaled(outputGradient, share, gradients.Pixel(i), gradients.Channels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(T* source, T factor, T* target, int length)
    {
        int c = 0;
        for (; c <= length - Vector<T>.Count; c += Vector<T>.Count)
        {
            (Vector.Load(target + c) + (Vector.Load(source + c) * factor)).Store(target + c);
        }

        for (; c < length; c++)
        {
            target[c] += source[c] * factor;
        }
    }
}
