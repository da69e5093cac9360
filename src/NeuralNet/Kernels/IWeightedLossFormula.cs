using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// A loss ℓ of one output and one target with a weight of that output, applied to vectors of them; see
/// <see cref="ILossFormula{T}"/>.
/// </summary>
internal interface IWeightedLossFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Computes ℓ(output, target) and ∂ℓ/∂output, element by element.</summary>
    Vector<T> Invoke(Vector<T> output, Vector<T> target, Vector<T> weight, out Vector<T> derivative);
}
