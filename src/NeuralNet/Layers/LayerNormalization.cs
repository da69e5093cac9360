using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Layer normalization: x̂ = (x − μ) / √(σ² + ε), a = γ·x̂ + β, where μ and σ² are mean and (biased) variance of a
/// sample over its features. Samples do not depend on each other, so training and prediction are the same.
/// </summary>
/// <remarks>
/// <para>
/// Of an image the features are the channels of a pixel, of a sequence the features of a step, as with Keras's
/// <c>LayerNormalization()</c> and PyTorch's <c>LayerNorm(channels)</c> over the last dimension: each position is
/// normalized alone. <see cref="GroupNormalization{T}"/> with one group takes all positions together.
/// </para>
/// <para>
/// With m features, g = ∂L/∂a, h = γ·g and sums over a sample's features:
/// ∂L/∂x = 1/(m·√(σ² + ε))·(m·h − Σ h − x̂·Σ h·x̂); over the batch, ∂L/∂γ = Σ g·x̂ and ∂L/∂β = Σ g.
/// </para>
/// <para>Ba, Kiros and Hinton, "Layer normalization" (2016). ε is PyTorch's; Keras has 0.001.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class LayerNormalization<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly NormalizationWithinSamples<T> _normalization;

    /// <summary>Makes the layer, with γ = 1 and β = 0.</summary>
    /// <param name="shape">Shape of input and output; an int is a number of features.</param>
    /// <param name="epsilon">ε, above 0, also once rounded to T: keeps the divisor away from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is out of its range.</exception>
    public LayerNormalization(FeatureShape shape, double epsilon = 1e-5)
        : base("layerNormalization", shape, shape)
    {
        Epsilon = Require.PositiveIn<T>(epsilon);
        Gamma = AddParameter("gamma", [shape.Channels], new One());
        Beta = AddParameter("beta", [shape.Channels], new Zero());
        _normalization = new(shape.Channels, groups: 1, epsilon, Gamma, Beta);
    }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>γ, an element per feature.</summary>
    public Parameter<T> Gamma { get; }

    /// <summary>β, an element per feature.</summary>
    public Parameter<T> Beta { get; }

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory) => _normalization.RequestMemory(memory, OutputSize);

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context) =>
        _normalization.Forward(input, output, context);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context) =>
        _normalization.Backward(outputGradient, inputGradient, context);
}
