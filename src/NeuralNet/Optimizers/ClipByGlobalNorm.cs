using System.Numerics;
using NeuralNet.Guards;

namespace NeuralNet.Optimizers;

/// <summary>
/// The gradients of all parameters together: g ← g·min(1, c / ‖g‖), ‖g‖ = √Σ g² over the elements of all of them. The
/// direction of the step stays, its length has a limit.
/// </summary>
/// <remarks>
/// Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (2013), algorithm 1; Keras's
/// <c>global_clipnorm</c>. PyTorch's <c>clip_grad_norm_</c> multiplies by c / (‖g‖ + 10⁻⁶), so that gradients just
/// below the limit are changed, too, and small limits are missed; there is no division by 0 to fear where ‖g‖ is above
/// c.
/// </remarks>
public sealed class ClipByGlobalNorm : IGradientClipping
{
    /// <summary>Makes the rule.</summary>
    /// <param name="maxNorm">c, the largest norm of all gradients together, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNorm"/> is out of its range.</exception>
    public ClipByGlobalNorm(double maxNorm)
    {
        MaxNorm = Require.Positive(maxNorm);
    }

    /// <summary>c.</summary>
    public double MaxNorm { get; }

    /// <inheritdoc/>
    public void Clip<T>(GradientSet<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T> => GradientNorm.Limit(gradients, MaxNorm);
}
