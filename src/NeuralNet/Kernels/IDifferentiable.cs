using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// A function of one number and its derivative, applied to vectors. Constants ride along in the struct's fields.
/// Mark the implementations for inlining: the loops around them depend on it.
/// </summary>
internal interface IDifferentiable<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>f(z), element by element.</summary>
    Vector<T> Value(Vector<T> z);

    /// <summary>
    /// The chain rule, ∂L/∂z = ∂L/∂f · f', where f' is written in terms of z or of f(z), whichever x is.
    /// </summary>
    Vector<T> Gradient(Vector<T> x, Vector<T> outputGradient);
}
