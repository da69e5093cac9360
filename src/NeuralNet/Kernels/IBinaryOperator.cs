using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// A function of two numbers, applied to vectors of them. Constants ride along in the struct's fields.
/// Mark the implementation for inlining: the loop around it depends on it.
/// </summary>
internal interface IBinaryOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>f(x, y), element by element.</summary>
    Vector<T> Invoke(Vector<T> x, Vector<T> y);
}
