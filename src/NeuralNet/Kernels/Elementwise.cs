using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralNet.Kernels;

/// <summary>
/// Element-by-element loops, each over one small operator that is written once, on vectors: what is left at the end of
/// a span goes through the same operator, padded. So an element's result never depends on where in the span it stands.
/// A destination may be one of the sources.
/// </summary>
internal static class Elementwise
{
    /// <summary>destination = f(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<T, TOperator>(ReadOnlySpan<T> x, Span<T> destination, TOperator f)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IUnaryOperator<T>
    {
        RequireSameLength(x.Length, destination.Length);
        ref T source = ref MemoryMarshal.GetReference(x);
        ref T target = ref MemoryMarshal.GetReference(destination);

        int i = 0;
        for (; i <= x.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            f.Invoke(Vector.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        }

        if (i < x.Length)
        {
            StorePartial(f.Invoke(LoadPartial(x[i..])), destination[i..]);
        }
    }

    /// <summary>destination = f(x, y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<T, TOperator>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, TOperator f)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IBinaryOperator<T>
    {
        RequireSameLength(x.Length, destination.Length);
        RequireSameLength(y.Length, destination.Length);
        ref T left = ref MemoryMarshal.GetReference(x);
        ref T right = ref MemoryMarshal.GetReference(y);
        ref T target = ref MemoryMarshal.GetReference(destination);

        int i = 0;
        for (; i <= x.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            f.Invoke(Vector.LoadUnsafe(ref left, (nuint)i), Vector.LoadUnsafe(ref right, (nuint)i))
                .StoreUnsafe(ref target, (nuint)i);
        }

        if (i < x.Length)
        {
            StorePartial(f.Invoke(LoadPartial(x[i..]), LoadPartial(y[i..])), destination[i..]);
        }
    }

    /// <summary>The vector that starts with the given values, fewer than it holds, and goes on with zeros.</summary>
    public static Vector<T> LoadPartial<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> padded = Vector<T>.Zero;
        values.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<Vector<T>, T>(ref padded), Vector<T>.Count));
        return padded;
    }

    /// <summary>Stores as many of the vector's first elements as the destination takes.</summary>
    public static void StorePartial<T>(Vector<T> vector, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Vector<T>, T>(ref vector), destination.Length)
            .CopyTo(destination);

    private static void RequireSameLength(int length, int expected)
    {
        if (length != expected)
        {
            throw new ArgumentException($"Element-wise operands must be of one length, but there are {length} and {expected}.");
        }
    }
}
