using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Activations;

/// <summary>The function min(max(m, z), M), whose derivative is 1 strictly between the bounds, else 0.</summary>
internal readonly struct Clamp<T>(double min, double max) : IDifferentiable<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector<T> _min = VectorMath.Constant<T>(min);
    private readonly Vector<T> _max = VectorMath.Constant<T>(max);

    // Vector.Max and Vector.Min propagate NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Value(Vector<T> z) => Vector.Min(Vector.Max(z, _min), _max);

    // a lies between the bounds exactly where z does.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Gradient(Vector<T> a, Vector<T> outputGradient)
    {
        Vector<T> inside = Vector.BitwiseAnd(Vector.GreaterThan(a, _min), Vector.LessThan(a, _max));
        return Vector.ConditionalSelect(inside, outputGradient, Vector<T>.Zero);
    }
}
