using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// A function of two numbers, applied to vectors of them. Constants are fields of the struct. Mark the implementation
/// for inlining: the loop around it depends on it.
/// </summary>
internal interface IBinaryOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Computes f(x, y), element by element.</summary>
    Vector<T> Invoke(Vector<T> x, Vector<T> y);
}
