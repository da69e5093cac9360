using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// A loss ℓ of one output and one target, applied to vectors of them. Constants are fields of the struct. Mark the
/// implementation for inlining: the loop around it depends on it.
/// </summary>
internal interface ILossFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Computes ℓ(output, target) and ∂ℓ/∂output, element by element.</summary>
    Vector<T> Invoke(Vector<T> output, Vector<T> target, out Vector<T> derivative);
}
