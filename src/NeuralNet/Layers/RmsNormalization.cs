using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// RMS normalization: x̂ = x / √(q + ε), a = γ·x̂, where q is the mean of x² of a sample over its features: layer
/// normalization without mean and shift. Samples do not depend on each other, so training and prediction are the same.
/// </summary>
/// <remarks>
/// <para>
/// Of an image the features are the channels of a pixel, of a sequence the features of a step: each position is
/// normalized alone. With m features, g = ∂L/∂a, h = γ·g and the sum over a sample's features:
/// ∂L/∂x = 1/(m·√(q + ε))·(m·h − x̂·Σ h·x̂); over the batch, ∂L/∂γ = Σ g·x̂.
/// </para>
/// <para>
/// Zhang and Sennrich, "Root mean square layer normalization" (2019). ε is PyTorch's: the distance from 1 to the next
/// number, 2⁻²³ in float and 2⁻⁵² in double; Keras has 10⁻⁶.
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class RmsNormalization<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly NormalizationWithinSamples<T> _normalization;

    /// <summary>Makes the layer, with γ = 1.</summary>
    /// <param name="shape">Shape of input and output; an int is a number of features.</param>
    /// <param name="epsilon">
    /// ε, above 0, also once rounded to T: keeps the divisor away from 0; 2⁻²³ in float and 2⁻⁵² in double if null.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">ε is out of its range.</exception>
    public RmsNormalization(FeatureShape shape, double? epsilon = null)
        : base("rmsNormalization", shape, shape)
    {
        Epsilon = Require.PositiveIn<T>(
            epsilon ?? double.CreateChecked(T.BitIncrement(T.One) - T.One), nameof(epsilon));
        Gamma = AddParameter("gamma", [shape.Channels], new One());
        _normalization = new(shape.Channels, groups: 1, Epsilon, Gamma, beta: null);
    }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>γ, an element per feature.</summary>
    public Parameter<T> Gamma { get; }

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
