using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Regularization;

/// <summary>
/// L1 penalty (lasso): R(θ) = λ·Σ |θᵢ|, ∂R/∂θᵢ = λ·sign θᵢ, and 0 at θᵢ = 0. It drives weights to exactly 0.
/// </summary>
/// <remarks>As Keras's <c>L1</c>, with its default. PyTorch has no penalties.</remarks>
public sealed class L1Penalty : IPenalty
{
    /// <summary>Makes the penalty.</summary>
    /// <param name="strength">λ, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The strength is negative or not finite.</exception>
    public L1Penalty(double strength = 0.01)
    {
        Strength = Require.NotNegative(strength);
    }

    /// <summary>λ, the strength of the penalty.</summary>
    public double Strength { get; }

    /// <inheritdoc/>
    public double Value<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Strength * double.CreateChecked(LaneSums.SumOfMagnitudes<T>(values));

    /// <inheritdoc/>
    public void AddGradient<T>(ReadOnlySpan<T> values, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Elementwise.Map(values, gradient, gradient, new SignTimesStrength<T>(T.CreateChecked(Strength)));

    private readonly struct SignTimesStrength<T>(T strength) : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _strength = new(strength);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> value, Vector<T> gradient) =>
            gradient
            + Vector.ConditionalSelect(Vector.GreaterThan(value, Vector<T>.Zero), _strength, Vector<T>.Zero)
            - Vector.ConditionalSelect(Vector.LessThan(value, Vector<T>.Zero), _strength, Vector<T>.Zero);
    }
}
