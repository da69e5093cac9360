using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>An activation as a layer of its own: a = σ(input), ∂L/∂input = ∂L/∂a ⊙ σ'(input).</summary>
/// <remarks>
/// Of a shape of several dimensions, an activation such as softmax is taken over the last one: over the channels of
/// each pixel of an image, or the features of each step.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ActivationLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IActivation _activation;

    /// <summary>Makes the layer.</summary>
    /// <param name="shape">Shape of input and output; an int is a number of features.</param>
    /// <param name="activation">σ.</param>
    public ActivationLayer(FeatureShape shape, IActivation activation)
        : base("activation", shape, shape, activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        _activation = activation;
    }

    /// <inheritdoc/>
    public override bool TakesPadding => true;

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context) =>
        ActivationPass.Forward(
            _activation, input.ByChannel(OutputShape), output.ByChannel(OutputShape), context.Team);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        if (!inputGradient.IsEmpty)
        {
            ActivationPass.Backward(
                _activation,
                input.ByChannel(OutputShape),
                output.ByChannel(OutputShape),
                outputGradient.ByChannel(OutputShape),
                inputGradient.ByChannel(OutputShape),
                context.Team);
        }
    }
}
