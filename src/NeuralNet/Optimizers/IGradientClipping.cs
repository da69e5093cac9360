using System.Numerics;

namespace NeuralNet.Optimizers;

/// <summary>
/// A rule that makes gradients smaller before an optimizer sees them, so that one bad batch does not throw the
/// parameters far off. It is immutable and without state, so one instance may serve any number of trainers.
/// </summary>
public interface IGradientClipping
{
    /// <summary>Makes the gradients of one step smaller, in place, where they are too large.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="gradients">The gradients of all parameters, all of them finite.</param>
    void Clip<T>(GradientSet<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
