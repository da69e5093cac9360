using System.Numerics;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Activations;

/// <summary>σ(z) = z, σ'(z) = 1: no activation.</summary>
public sealed class Identity : IActivation
{
    /// <inheritdoc/>
    public string Name => "Identity";

    /// <inheritdoc/>
    public bool BackwardReadsInput => false;

    /// <inheritdoc/>
    public OutputKind OutputKind => OutputKind.Real;

    /// <inheritdoc/>
    public IInitializer DefaultInitializer { get; } = new GlorotUniform();

    /// <inheritdoc/>
    public void Forward<T>(ReadOnlyMatrixSpan<T> z, MatrixSpan<T> a)
        where T : unmanaged, IFloatingPointIeee754<T> => CopyUnlessSame(z.Values, a.Values);

    /// <inheritdoc/>
    public void Backward<T>(
        ReadOnlyMatrixSpan<T> z,
        ReadOnlyMatrixSpan<T> a,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T> => CopyUnlessSame(outputGradient.Values, inputGradient.Values);

    private static void CopyUnlessSame<T>(ReadOnlySpan<T> source, Span<T> destination)
    {
        if (source != destination)
        {
            source.CopyTo(destination);
        }
    }
}
