using System.Numerics;
using NeuralNet.Guards;

namespace NeuralNet.Optimizers;

/// <summary>
/// Limits the norm of all gradients together: g ← g·min(1, c / ‖g‖), where ‖g‖ = √Σ g² over the elements of all
/// parameters. The step keeps its direction; its length is limited.
/// </summary>
/// <remarks>
/// Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (2013), algorithm 1; Keras's
/// <c>global_clipnorm</c>. PyTorch's <c>clip_grad_norm_</c> multiplies by c / (‖g‖ + 10⁻⁶), which also changes
/// gradients just below the limit and misses small limits. The 10⁻⁶ is not needed: where ‖g‖ is above c, it is not 0.
/// </remarks>
public sealed class ClipByGlobalNorm : IGradientClipping
{
    /// <summary>Makes the clipping rule.</summary>
    /// <param name="maxNorm">c, the largest norm of all gradients together, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNorm"/> is out of its range.</exception>
    public ClipByGlobalNorm(double maxNorm)
    {
        MaxNorm = Require.Positive(maxNorm);
    }

    /// <summary>c, the largest norm of all gradients together.</summary>
    public double MaxNorm { get; }

    /// <inheritdoc/>
    public void Clip<T>(GradientSet<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T> => GradientNorm.Limit(gradients, MaxNorm);
}
