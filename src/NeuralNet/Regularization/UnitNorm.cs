using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Regularization;

/// <summary>
/// Gives each neuron's weights, or each filter's, the norm 1: a row w of the parameter becomes w/‖w‖₂. A row of zeros
/// has no direction and stays.
/// </summary>
/// <remarks>
/// Keras's <c>UnitNorm</c>, which adds 10⁻⁷ to the norm that it divides by; a row here is its <c>axis=0</c> of
/// <c>Dense</c> and <c>axis=[0, 1, 2]</c> of <c>Conv2D</c>.
/// </remarks>
public sealed class UnitNorm : IConstraint
{
    private static readonly Func<double, double> _factorOf = norm => norm == 0 ? 1 : 1 / norm;

    /// <inheritdoc/>
    public void Apply<T>(MatrixSpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => RowNorms.Scale(values, _factorOf);
}
