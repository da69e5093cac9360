using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// The largest value of each channel; NaN where one is among them. Its gradient goes to the first pixel that holds it.
/// </summary>
internal readonly unsafe struct MaximumOfWindow<T> : IWindowOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(in PixelWindow<T> window, T* output)
    {
        int channels = window.Channels;
        new ReadOnlySpan<T>(window.Pixel(0), channels).CopyTo(new Span<T>(output, channels));
        for (int i = 1; i < window.Count; i++)
        {
            T* x = window.Pixel(i);
            int c = 0;
            for (; c <= channels - Vector<T>.Count; c += Vector<T>.Count)
            {
                var most = Vector.Load(output + c);
                var value = Vector.Load(x + c);

                // What is not at most the largest so far is larger or NaN; what is NaN stays.
                Vector<T> keep = Vector.LessThanOrEqual(value, most) | ~Vector.Equals(most, most);
                Vector.ConditionalSelect(keep, most, value).Store(output + c);
            }

            for (; c < channels; c++)
            {
                if (!(x[c] <= output[c]) && !T.IsNaN(output[c]))
                {
                    output[c] = x[c];
                }
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        in PixelWindow<T> window, in PixelWindow<T> gradients, T* output, T* outputGradient)
    {
        int channels = window.Channels;
        for (int i = 0; i < window.Count; i++)
        {
            T* x = window.Pixel(i);
            T* gradient = gradients.Pixel(i);
            int c = 0;
            for (; c <= channels - Vector<T>.Count; c += Vector<T>.Count)
            {
                var value = Vector.Load(x + c);
                var rest = Vector.Load(outputGradient + c);
                Vector<T> isIt = Vector.Equals(value, Vector.Load(output + c)) | ~Vector.Equals(value, value);

                // A gradient that has found its pixel is gone for the pixels after it.
                (Vector.Load(gradient + c) + (rest & isIt)).Store(gradient + c);
                Vector.AndNot(rest, isIt).Store(outputGradient + c);
            }

            for (; c < channels; c++)
            {
                if (x[c] == output[c] || T.IsNaN(x[c]))
                {
                    gradient[c] += outputGradient[c];
                    outputGradient[c] = T.Zero;
                }
            }
        }
    }
}
