using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Kernels;

/// <summary>
/// Elementwise arithmetic on long arrays that are used again soon. <see cref="TensorPrimitives"/> writes results of 256
/// KB and more past the caches, which takes twice the time and leaves them in memory; in parts they stay in the caches.
/// </summary>
internal static class InParts
{
    // Elements: at most 64 KB.
    private const int Part = 8192;

    /// <summary>result = one + other; may be in place.</summary>
    public static void Add<T>(ReadOnlySpan<T> one, ReadOnlySpan<T> other, Span<T> result)
        where T : IFloatingPointIeee754<T>
    {
        for (int start = 0; start < one.Length; start += Part)
        {
            int count = Math.Min(Part, one.Length - start);
            TensorPrimitives.Add(one.Slice(start, count), other.Slice(start, count), result[start..]);
        }
    }

    /// <summary>result = values · factor; may be in place.</summary>
    public static void Multiply<T>(ReadOnlySpan<T> values, T factor, Span<T> result)
        where T : IFloatingPointIeee754<T>
    {
        for (int start = 0; start < values.Length; start += Part)
        {
            int count = Math.Min(Part, values.Length - start);
            TensorPrimitives.Multiply(values.Slice(start, count), factor, result[start..]);
        }
    }

    /// <summary>result = values · factor + addend; may be in place.</summary>
    public static void MultiplyAdd<T>(ReadOnlySpan<T> values, T factor, ReadOnlySpan<T> addend, Span<T> result)
        where T : IFloatingPointIeee754<T>
    {
        for (int start = 0; start < values.Length; start += Part)
        {
            int count = Math.Min(Part, values.Length - start);
            TensorPrimitives.MultiplyAdd(
                values.Slice(start, count), factor, addend.Slice(start, count), result[start..]);
        }
    }
}
