using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Gated linear unit: of each position, a = x ⊙ σ(z), where x is the first half of the channels and z the second, the
/// gate. ∂L/∂x = ∂L/∂a ⊙ σ(z), ∂L/∂z = ∂L/∂a ⊙ x ⊙ σ'(z).
/// </summary>
/// <remarks>
/// Dauphin, Fan, Auli and Grangier, "Language modeling with gated convolutional networks" (2017), with σ the sigmoid:
/// PyTorch's <c>GLU</c> over the channels. Shazeer, "GLU variants improve transformer" (2020): with ReLU it is called
/// ReGLU, with GELU GeGLU, with SiLU SwiGLU, and without σ bilinear. A dense layer or a convolution of twice as many
/// outputs comes before it.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class GatedLinearUnit<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer.</summary>
    /// <param name="inputShape">
    /// Shape of the input, with an even number of channels; an int is a number of features.
    /// </param>
    /// <param name="gate">σ; <see cref="Sigmoid"/> if null.</param>
    /// <exception cref="ArgumentException">The number of channels is odd.</exception>
    public GatedLinearUnit(FeatureShape inputShape, IActivation? gate = null)
        : base("glu", inputShape, HalfOf(inputShape)) => Gate = gate ?? new Sigmoid();

    /// <summary>σ, the activation of the gate.</summary>
    public IActivation Gate { get; }

    /// <inheritdoc/>
    public override bool TakesPadding => true;

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (memory.HasBackward)
        {
            memory.Remember(OutputSize, memory.Samples);
            if (Gate.BackwardReadsInput)
            {
                memory.Remember(OutputSize, memory.Samples);
            }
        }
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        // As with a dense layer, z and σ(z) lie in the memory of a where nobody asks for them again.
        MatrixSpan<T> gate = context.HasBackward ? context.Remembered(0) : output;
        MatrixSpan<T> z = context.HasBackward && Gate.BackwardReadsInput ? context.Remembered(1) : gate;
        GatePass.Forward(
            Gate,
            input.ByChannel(InputShape),
            z.ByChannel(OutputShape),
            gate.ByChannel(OutputShape),
            output.ByChannel(OutputShape),
            context.Team);
    }

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
            GatePass.Backward(
                Gate,
                input.ByChannel(InputShape),
                Gate.BackwardReadsInput ? context.Remembered(1).ByChannel(OutputShape) : default,
                context.Remembered(0).ByChannel(OutputShape),
                outputGradient.ByChannel(OutputShape),
                inputGradient.ByChannel(InputShape),
                context.Team);
        }
    }

    private static FeatureShape HalfOf(FeatureShape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        return inputShape.Channels % 2 == 0
            ? inputShape.WithChannels(inputShape.Channels / 2)
            : throw new ArgumentException(
                "A gated linear unit multiplies one half of the channels by the other, but the number of channels of "
                + $"{inputShape} is odd: let the layer before it give twice as many as the unit is to give.",
                nameof(inputShape));
    }
}
