using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Regularization;

/// <summary>L2 penalty (ridge): R(θ) = λ·Σ θᵢ², ∂R/∂θᵢ = 2λ·θᵢ.</summary>
/// <remarks>
/// As Keras's <c>L2</c>, with its default. PyTorch has no penalties; its <c>weight_decay</c> w is an optimizer's
/// setting and adds w·θ to the gradient, which is λ = w/2 here.
/// </remarks>
public sealed class L2Penalty : IPenalty
{
    /// <summary>Makes the penalty.</summary>
    /// <param name="strength">λ, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The strength is negative or not finite.</exception>
    public L2Penalty(double strength = 0.01)
    {
        Strength = Require.NotNegative(strength);
    }

    /// <summary>λ, the strength of the penalty.</summary>
    public double Strength { get; }

    /// <inheritdoc/>
    public double Value<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Strength * double.CreateChecked(LaneSums.SumOfSquares<T>(values));

    /// <inheritdoc/>
    public void AddGradient<T>(ReadOnlySpan<T> values, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        InParts.MultiplyAdd(values, T.CreateChecked(2 * Strength), gradient, gradient);
}
