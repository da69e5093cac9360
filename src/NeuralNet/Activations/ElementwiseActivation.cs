using System.Numerics;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Activations;

/// <summary>An activation that treats every number separately: aᵢ = σ(zᵢ), hence ∂L/∂zᵢ = ∂L/∂aᵢ · σ'(zᵢ).</summary>
/// <remarks>
/// To write your own, override <see cref="Value{T}"/> and <see cref="Gradient{T}"/> and pass the rest to the
/// constructor. Like every activation, it must be immutable and without state.
/// </remarks>
public abstract class ElementwiseActivation : IActivation
{
    /// <summary>Makes an activation; for derived classes.</summary>
    /// <param name="name">The name shown in summaries and messages, such as <c>ReLU</c>.</param>
    /// <param name="defaultInitializer">
    /// The default initializer of the weights of a layer that ends in this activation.
    /// </param>
    /// <param name="backwardReadsInput">
    /// True if <see cref="Gradient{T}"/> reads z. If false, it reads a = σ(z), and a layer needs no memory for z.
    /// </param>
    /// <param name="outputKind">
    /// The kind of numbers that a holds, so that a loss can refuse outputs that it would misinterpret.
    /// </param>
    /// <exception cref="ArgumentException">The name is null or blank.</exception>
    /// <exception cref="ArgumentNullException">The initializer is null.</exception>
    protected ElementwiseActivation(
        string name, IInitializer defaultInitializer, bool backwardReadsInput, OutputKind outputKind = OutputKind.Real)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(defaultInitializer);
        Name = name;
        DefaultInitializer = defaultInitializer;
        BackwardReadsInput = backwardReadsInput;
        OutputKind = outputKind;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool BackwardReadsInput { get; }

    /// <inheritdoc/>
    public OutputKind OutputKind { get; }

    /// <inheritdoc/>
    public IInitializer DefaultInitializer { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The matrices differ in shape.</exception>
    public void Forward<T>(ReadOnlyMatrixSpan<T> z, MatrixSpan<T> a)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireShape<T>(nameof(z), z, a);
        Value(z.Values, a.Values);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The matrices differ in shape.</exception>
    public void Backward<T>(
        ReadOnlyMatrixSpan<T> z,
        ReadOnlyMatrixSpan<T> a,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlyMatrixSpan<T> x = BackwardReadsInput ? z : a;
        RequireShape<T>(BackwardReadsInput ? nameof(z) : nameof(a), x, inputGradient);
        RequireShape<T>(nameof(outputGradient), outputGradient, inputGradient);
        Gradient(x.Values, outputGradient.Values, inputGradient.Values);
    }

    /// <summary>Computes aᵢ = σ(zᵢ).</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="z">Pre-activations.</param>
    /// <param name="a">Activations, overwritten; as long as z, and possibly the same memory.</param>
    protected abstract void Value<T>(ReadOnlySpan<T> z, Span<T> a)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Computes ∂L/∂zᵢ = ∂L/∂aᵢ · σ'(zᵢ).</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">z if <see cref="BackwardReadsInput"/>, else a.</param>
    /// <param name="outputGradient">∂L/∂a, as long as x.</param>
    /// <param name="inputGradient">
    /// ∂L/∂z, overwritten; as long as x, and possibly the memory of <paramref name="outputGradient"/>.
    /// </param>
    protected abstract void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>;

    private void RequireShape<T>(string name, ReadOnlyMatrixSpan<T> matrix, ReadOnlyMatrixSpan<T> result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (matrix.Rows != result.Rows || matrix.Columns != result.Columns)
        {
            throw new ArgumentException(
                $"{Name}: {name} must have the result's shape, {result.Rows} × {result.Columns}, "
                + $"but is {matrix.Rows} × {matrix.Columns}.",
                name);
        }
    }
}
