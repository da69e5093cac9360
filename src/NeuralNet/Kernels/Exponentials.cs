using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>eˣ, element by element.</summary>
internal static class Exponentials
{
    /// <summary>Computes eˣ; the destination may be x.</summary>
    public static void Compute<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> => Elementwise.Map(x, destination, default(Operator<T>));

    private readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> x) => VectorMath.ExpOfAny(x);
    }
}
