using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// A function of one number, applied to a vector of them. Constants are fields of the struct. Mark the implementation
/// for inlining: the loop around it depends on it.
/// </summary>
internal interface IUnaryOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Computes f(x), element by element.</summary>
    Vector<T> Invoke(Vector<T> x);
}
