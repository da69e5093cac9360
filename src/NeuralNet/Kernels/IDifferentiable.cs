using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// A function of one number and its derivative, applied to vectors. Constants are fields of the struct. Mark the
/// implementations for inlining: the loops around them depend on it.
/// </summary>
internal interface IDifferentiable<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Computes f(z), element by element.</summary>
    Vector<T> Value(Vector<T> z);

    /// <summary>
    /// Computes ∂L/∂z = ∂L/∂f · f' by the chain rule, where f' is written in terms of x, which is z or f(z).
    /// </summary>
    Vector<T> Gradient(Vector<T> x, Vector<T> outputGradient);
}
