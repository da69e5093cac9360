using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Regularization;

/// <summary>
/// Limits the norm of each neuron's weights, or each filter's, to c: a row w of the parameter with ‖w‖₂ &gt; c becomes
/// c·w/‖w‖₂.
/// </summary>
/// <remarks>
/// Srebro and Shraibman, "Rank, trace-norm and max-norm" (2005); with dropout: Srivastava et al., "Dropout" (2014),
/// section 5.1. Keras's <c>MaxNorm</c> has the same default, 2, and adds 10⁻⁷ to the norm that it divides by; a row
/// here is its <c>axis=0</c> of <c>Dense</c> and <c>axis=[0, 1, 2]</c> of <c>Conv2D</c>.
/// </remarks>
public sealed class MaxNorm : IConstraint
{
    private readonly Func<double, double> _factorOf;

    /// <summary>Makes the constraint.</summary>
    /// <param name="limit">c, the largest norm of a neuron's weights, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not above 0 or not finite.</exception>
    public MaxNorm(double limit = 2)
    {
        Limit = Require.Positive(limit);
        _factorOf = norm => norm > limit ? limit / norm : 1;
    }

    /// <summary>c, the largest norm of a neuron's weights.</summary>
    public double Limit { get; }

    /// <inheritdoc/>
    public void Apply<T>(MatrixSpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => RowNorms.Scale(values, _factorOf);
}
