using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Convolutions;

/// <summary>
/// A dense layer or a convolution whose weights are given by their directions and their norms: wᵢ = gᵢ·vᵢ/‖vᵢ‖₂ for
/// each neuron or filter i, a = σ(W·x + b). v are the weights of the layer within; g, the gains, are learned as well.
/// </summary>
/// <remarks>
/// <para>
/// Salimans and Kingma, "Weight normalization: a simple reparameterization to accelerate training of deep neural
/// networks" (2016); PyTorch's <c>weight_norm</c> with <c>dim=0</c>, whose initial gains are these: the norms of the
/// initial weights. Weights of a row that are all 0 have no direction, and what they give is NaN.
/// </para>
/// <para>
/// With u = V·x, which the layer within computes, and s = g/‖v‖: z = s ⊙ u + b. With δ = ∂L/∂z: ∂L/∂gᵢ = Σ δᵢ·uᵢ/‖vᵢ‖,
/// and ∂L/∂vᵢ is that of the layer within for ∂L/∂u = s ⊙ δ, less ∂L/∂gᵢ·gᵢ/‖vᵢ‖²·vᵢ.
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed partial class WeightNormalization<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer.</summary>
    /// <param name="inner">
    /// A <see cref="Dense{T}"/> or a <see cref="Convolution{T}"/> without biases and activation, which this layer has.
    /// </param>
    /// <param name="activation">σ; <see cref="Identity"/> if null.</param>
    /// <param name="biases">Whether there are biases b, at first 0.</param>
    /// <exception cref="ArgumentException">
    /// The layer within is another, or has biases or an activation of its own.
    /// </exception>
    /// <exception cref="InvalidOperationException">The layer within is part of a network or of another one.</exception>
    public WeightNormalization(Layer<T> inner, IActivation? activation = null, bool biases = true)
        : base("weightNormalization", RequirePlain(inner), inner.OutputShape, activation ?? new Identity())
    {
        Inner = inner;
        Directions = WeightsOf(inner);
        AddChild(inner);
        Gains = AddParameter("gains", [Directions.Rows], new NormsOfRows<T>(Directions));
        Biases = biases ? AddParameter("biases", [Directions.Rows], new Zero()) : null;
    }

    /// <summary>The layer that multiplies by v.</summary>
    public Layer<T> Inner { get; }

    /// <summary>v, the weights of the layer within, of which the directions count.</summary>
    public Parameter<T> Directions { get; }

    /// <summary>g, one norm for each neuron or filter.</summary>
    public Parameter<T> Gains { get; }

    /// <summary>b, one element for each neuron or filter; null where there are none.</summary>
    public Parameter<T>? Biases { get; }

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory)
    {
        RememberPreActivation(memory);
        if (memory.HasBackward)
        {
            memory.ChildOutput(0);
        }

        memory.Scratch(Directions.Rows, 3);
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        MatrixSpan<T> u = context.HasBackward ? context.ChildOutput(0) : output;
        MatrixSpan<T> z = KeepsPreActivation(context.HasBackward) ? context.Remembered(0) : output;
        MatrixSpan<T> factors = context.Scratch(0);
        ComputeFactors(factors);
        context.ForwardChild(0, input, u);
        ColumnTransform.Scale<T>(
            u.ByChannel(OutputShape),
            factors.Column(1),
            Biases is null ? [] : Biases.Values,
            z.ByChannel(OutputShape),
            context.Team);
        ActivationPass.Forward(Activation!, z.ByChannel(OutputShape), output.ByChannel(OutputShape), context.Team);
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        ReadOnlyMatrixSpan<T> z =
            Activation!.BackwardReadsInput ? context.Remembered(0).ByChannel(OutputShape) : default;
        MatrixSpan<T> delta = outputGradient.ByChannel(OutputShape);
        ActivationPass.Backward(Activation, z, output.ByChannel(OutputShape), delta, delta, context.Team);

        MatrixSpan<T> factors = context.Scratch(0);
        ComputeFactors(factors);
        Span<T> gainGradient = context.Gradient(Gains).Values;
        MatrixSpan<T> u = context.ChildOutput(0);
        RowNormalization.SumGradients<T>(
            delta,
            u.ByChannel(OutputShape),
            Biases is null ? factors.Column(2) : context.Gradient(Biases).Values,
            gainGradient,
            context.Team);
        ColumnTransform.Scale(delta, factors.Column(1), [], delta, context.Team);
        context.BackwardChild(0, input, u, outputGradient, inputGradient);
        RemoveRadialPart(factors, gainGradient, context.Gradient(Directions));
    }
}
