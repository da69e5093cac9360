using System.Numerics;
using NeuralNet.Guards;

namespace NeuralNet.Optimizers;

/// <summary>
/// Limits the norm of each parameter's gradient: g ← g·min(1, c / ‖g‖), where ‖g‖ = √Σ g² over its elements.
/// </summary>
/// <remarks>
/// Keras's <c>clipnorm</c>. It keeps the direction of each parameter's gradient, but not their proportions;
/// <see cref="ClipByGlobalNorm"/> keeps both.
/// </remarks>
public sealed class ClipByNorm : IGradientClipping
{
    /// <summary>Makes the clipping rule.</summary>
    /// <param name="maxNorm">c, the largest norm of a parameter's gradient, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNorm"/> is out of its range.</exception>
    public ClipByNorm(double maxNorm)
    {
        MaxNorm = Require.Positive(maxNorm);
    }

    /// <summary>c, the largest norm of a parameter's gradient.</summary>
    public double MaxNorm { get; }

    /// <inheritdoc/>
    public void Clip<T>(GradientSet<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < gradients.Count; i++)
        {
            GradientNorm.Limit(gradients.Slice(i, 1), MaxNorm);
        }
    }
}
