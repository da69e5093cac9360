using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Guards;

namespace NeuralNet.Optimizers;

/// <summary>Limits the magnitude of each element of a gradient: g ← min(max(g, −c), c).</summary>
/// <remarks>
/// PyTorch's <c>clip_grad_value_</c>, Keras's <c>clipvalue</c>. It changes the direction of the gradient;
/// <see cref="ClipByGlobalNorm"/> does not.
/// </remarks>
public sealed class ClipByValue : IGradientClipping
{
    /// <summary>Makes the clipping rule.</summary>
    /// <param name="limit">c, the largest magnitude of an element, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of its range.</exception>
    public ClipByValue(double limit)
    {
        Limit = Require.Positive(limit);
    }

    /// <summary>c, the largest magnitude of an element.</summary>
    public double Limit { get; }

    /// <inheritdoc/>
    public void Clip<T>(GradientSet<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T limit = T.CreateChecked(Limit);
        for (int i = 0; i < gradients.Count; i++)
        {
            TensorPrimitives.Clamp(gradients[i], -limit, limit, gradients[i]);
        }
    }
}
