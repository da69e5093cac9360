using System.Numerics;

namespace NeuralNet.Optimizers;

/// <summary>
/// The gradients of all parameters in one step, a span per parameter: a view of memory owned elsewhere.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct GradientSet<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<Memory<T>> _gradients;

    /// <summary>Makes a view of gradients.</summary>
    /// <param name="gradients">The gradient of each parameter.</param>
    public GradientSet(ReadOnlySpan<Memory<T>> gradients) => _gradients = gradients;

    /// <summary>Number of parameters.</summary>
    public int Count => _gradients.Length;

    /// <summary>The gradient of one parameter: the gradient itself, not a copy.</summary>
    /// <param name="parameter">Index of the parameter, from 0.</param>
    public Span<T> this[int parameter] => _gradients[parameter].Span;

    /// <summary>Some of the gradients.</summary>
    /// <param name="start">First parameter, from 0.</param>
    /// <param name="length">Number of parameters.</param>
    /// <returns>A view of the same memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no such parameters.</exception>
    public GradientSet<T> Slice(int start, int length) => new(_gradients.Slice(start, length));
}
