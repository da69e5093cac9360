using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>tanh, with 1 − a² as its derivative.</summary>
internal readonly struct TanhOfCell<T> : ICellActivation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value(Vector<T> z) => VectorMath.Tanh(z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Derivative(Vector<T> a) => Vector<T>.One - (a * a);
}
