using System.Numerics;

namespace NeuralNet.Regularization;

/// <summary>Elastic net, an L1 and an L2 penalty together: R(θ) = λ₁·Σ |θᵢ| + λ₂·Σ θᵢ².</summary>
/// <remarks>
/// Zou and Hastie, "Regularization and variable selection via the elastic net" (2005); Keras's <c>L1L2</c>.
/// </remarks>
public sealed class ElasticNetPenalty : IPenalty
{
    private readonly L1Penalty _l1;
    private readonly L2Penalty _l2;

    /// <summary>Makes the penalty.</summary>
    /// <param name="l1">λ₁, at least 0.</param>
    /// <param name="l2">λ₂, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A strength is negative or not finite.</exception>
    public ElasticNetPenalty(double l1 = 0.01, double l2 = 0.01)
    {
        _l1 = new(l1);
        _l2 = new(l2);
    }

    /// <summary>λ₁, the strength of the L1 penalty.</summary>
    public double L1 => _l1.Strength;

    /// <summary>λ₂, the strength of the L2 penalty.</summary>
    public double L2 => _l2.Strength;

    /// <inheritdoc/>
    public double Value<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => _l1.Value(values) + _l2.Value(values);

    /// <inheritdoc/>
    public void AddGradient<T>(ReadOnlySpan<T> values, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _l1.AddGradient(values, gradient);
        _l2.AddGradient(values, gradient);
    }
}
