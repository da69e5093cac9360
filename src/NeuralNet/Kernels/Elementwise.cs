using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>
/// Element-by-element loops over an operator that is written once, on vectors: the rest at the end of a span is padded
/// and goes through the same operator. So the result for an element never depends on its position in the span. A
/// destination may be one of the sources.
/// </summary>
internal static class Elementwise
{
    /// <summary>Computes destination = f(x).</summary>
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

    /// <summary>Computes destination = f(x, y).</summary>
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

    /// <summary>Computes destination = f(z).</summary>
    public static void Value<T, TFunction>(ReadOnlySpan<T> z, Span<T> destination, TFunction f)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFunction : struct, IDifferentiable<T> => Map(z, destination, new ValueOf<T, TFunction>(f));

    /// <summary>Computes inputGradient = outputGradient ⊙ f', where f' is written in terms of x.</summary>
    public static void Gradient<T, TFunction>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient, TFunction f)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFunction : struct, IDifferentiable<T> =>
        Map(x, outputGradient, inputGradient, new GradientOf<T, TFunction>(f));

    /// <summary>Computes Σ eˣ over the elements, added as in <see cref="LaneSums"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T SumOfExponentials<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T source = ref MemoryMarshal.GetReference(x);
        Span<T> lanes = stackalloc T[Vector512<T>.Count];
        lanes.Clear();
        int i = 0;
        for (; i <= x.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            ref T lane = ref lanes[i % lanes.Length];
            (Vector.LoadUnsafe(ref lane) + VectorMath.Exp(Vector.LoadUnsafe(ref source, (nuint)i)))
                .StoreUnsafe(ref lane);
        }

        if (i < x.Length)
        {
            // e⁰ of the padding must not count.
            Vector<T> last = VectorMath.Exp(LoadPartial(x[i..]));
            for (int k = 0; k < x.Length - i; k++)
            {
                lanes[(i + k) % lanes.Length] += last[k];
            }
        }

        return LaneSums.Fold(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(lanes)));
    }

    /// <summary>Loads fewer values than a vector holds; the other elements are 0.</summary>
    public static Vector<T> LoadPartial<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> padded = Vector<T>.Zero;
        values.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<Vector<T>, T>(ref padded), Vector<T>.Count));
        return padded;
    }

    /// <summary>Stores as many of the vector's first elements as the destination has room for.</summary>
    public static void StorePartial<T>(Vector<T> vector, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Vector<T>, T>(ref vector), destination.Length)
            .CopyTo(destination);

    /// <summary>Refuses operands of different lengths.</summary>
    public static void RequireSameLength(int length, int expected)
    {
        if (length != expected)
        {
            throw new ArgumentException(
                $"Element-wise operands must be of one length, but there are {length} and {expected}.");
        }
    }

    private readonly struct ValueOf<T, TFunction>(TFunction f) : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFunction : struct, IDifferentiable<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> z) => f.Value(z);
    }

    private readonly struct GradientOf<T, TFunction>(TFunction f) : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFunction : struct, IDifferentiable<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> x, Vector<T> outputGradient) => f.Gradient(x, outputGradient);
    }
}
