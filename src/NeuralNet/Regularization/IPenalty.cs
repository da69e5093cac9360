using System.Numerics;

namespace NeuralNet.Regularization;

/// <summary>
/// A term R(θ) that training adds to the loss, once per batch, to keep a parameter small. Immutable and without state,
/// so one instance may serve any number of parameters.
/// </summary>
public interface IPenalty
{
    /// <summary>Computes R(θ).</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="values">The elements of the parameter.</param>
    /// <returns>The penalty.</returns>
    double Value<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Adds ∂R/∂θ to the gradient.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="values">The elements of the parameter.</param>
    /// <param name="gradient">The gradient of the loss, element by element, to be added to.</param>
    void AddGradient<T>(ReadOnlySpan<T> values, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
