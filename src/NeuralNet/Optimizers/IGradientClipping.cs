using System.Numerics;

namespace NeuralNet.Optimizers;

/// <summary>
/// A rule that limits gradients before the optimizer uses them, so that one bad batch cannot move the parameters far.
/// It is immutable and without state, so one instance may serve any number of trainers.
/// </summary>
public interface IGradientClipping
{
    /// <summary>Scales down the gradients of one step, in place, where they are too large.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="gradients">The gradients of all parameters, all of them finite.</param>
    void Clip<T>(GradientSet<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
