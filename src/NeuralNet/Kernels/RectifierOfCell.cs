using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>max(z, 0), with 1 where it is above 0 and else 0 as its derivative. NaN stays NaN.</summary>
internal readonly struct RectifierOfCell<T> : ICellActivation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value(Vector<T> z) => VectorMath.AtLeast(z, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Derivative(Vector<T> a) =>
        Vector.ConditionalSelect(Vector.GreaterThan(a, Vector<T>.Zero), Vector<T>.One, Vector<T>.Zero);
}
