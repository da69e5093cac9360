using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>eˣ, element by element, with the same bits wherever in a span an element stands.</summary>
internal static class Exponentials
{
    /// <summary>Computes eˣ; the destination may be x.</summary>
    public static void Compute<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Length >= Vector128<T>.Count)
        {
            TensorPrimitives.Exp(x, destination);
            return;
        }

        // The vector library computes so few elements by another formula, that of the operating system.
        Vector128<T> padded = default;
        Span<T> values = MemoryMarshal.CreateSpan(ref Unsafe.As<Vector128<T>, T>(ref padded), Vector128<T>.Count);
        x.CopyTo(values);
        TensorPrimitives.Exp(values, values);
        values[..x.Length].CopyTo(destination);
    }
}
