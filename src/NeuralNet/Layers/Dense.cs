using NeuralNet.Activations;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;
using NeuralNet.Regularization;

namespace NeuralNet.Layers;

/// <summary>A fully connected layer: z = W·a⁽ˡ⁻¹⁾ + b, a = σ(z).</summary>
/// <remarks>
/// With δ = ∂L/∂z = ∂L/∂a ⊙ σ'(z): ∂L/∂W = δ·(a⁽ˡ⁻¹⁾)ᵀ, ∂L/∂b = Σ over the batch of δ, ∂L/∂a⁽ˡ⁻¹⁾ = Wᵀ·δ. W is outputs
/// × inputs; row j holds the weights of neuron j. The default initial weights suit the activation, and biases begin at
/// 0. PyTorch's <c>Linear</c> draws both, whatever follows, from the uniform distribution on ±1/√n with n inputs:
/// <see cref="HeUniform"/> with a slope of √5 gives such weights, a <see cref="Uniform"/> of these bounds such biases.
/// Keras's <c>Dense</c> draws weights like <see cref="GlorotUniform"/>, whatever follows, and begins with biases of 0.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Dense<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly IActivation _activation;

    /// <summary>Makes the layer; its weights are drawn when the network is built.</summary>
    /// <param name="inputShape">Shape of the input, read as its size; an int is a number of inputs.</param>
    /// <param name="outputSize">Number of outputs, that is neurons.</param>
    /// <param name="activation">σ; <see cref="Identity"/> if null.</param>
    /// <param name="weightInitializer">Initial weights; the activation's own default if null.</param>
    /// <param name="biasInitializer">Initial biases; 0 if null.</param>
    /// <param name="weightPenalty">
    /// The penalty that training adds to the loss to keep the weights small; none if null.
    /// </param>
    /// <param name="weightConstraint">
    /// The constraint that the weights are made to satisfy after every training step; none if null.
    /// </param>
    /// <param name="biases">Whether there are biases; without, z = W·a⁽ˡ⁻¹⁾.</param>
    /// <exception cref="ArgumentException">There is an initializer for biases, but no biases.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 1, or no array holds that many weights.
    /// </exception>
    public Dense(
        FeatureShape inputShape,
        int outputSize,
        IActivation? activation = null,
        IInitializer? weightInitializer = null,
        IInitializer? biasInitializer = null,
        IPenalty? weightPenalty = null,
        IConstraint? weightConstraint = null,
        bool biases = true)
        : base("dense", inputShape, outputSize, activation ?? new Identity())
    {
        _activation = Activation!;
        Weights = AddParameter(
            "weights",
            [outputSize, inputShape.Size],
            weightInitializer ?? _activation.DefaultInitializer,
            fanIn: inputShape.Size,
            fanOut: outputSize,
            weightPenalty,
            weightConstraint);
        Biases = AddBiases(biases, outputSize, biasInitializer);
    }

    /// <summary>W, outputs × inputs.</summary>
    public Parameter<T> Weights { get; }

    /// <summary>b, one element per output; null where the layer has no biases.</summary>
    public Parameter<T>? Biases { get; }

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory) => RememberPreActivation(memory);

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        // z shares the memory of a unless the backward pass wants to see it.
        MatrixSpan<T> z = KeepsPreActivation(context.HasBackward) ? context.Remembered(0) : output;

        MatrixProduct.Multiply(Transpose.No, Weights.View, Transpose.No, input, z, accumulate: false, context.Team);
        ReadOnlySpan<T> biases = Biases is null ? [] : Biases.Values;
        ActivationPass.Forward(_activation, biases, z, output, context.Team);
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        ReadOnlyMatrixSpan<T> z = _activation.BackwardReadsInput ? context.Remembered(0) : default;

        MatrixSpan<T> delta = outputGradient;
        ActivationPass.Backward(_activation, z, output, outputGradient: delta, delta, context.Team);

        MatrixProduct.Multiply<T>(
            Transpose.No, delta, Transpose.Yes, input, context.Gradient(Weights), accumulate: false, context.Team);
        if (Biases is not null)
        {
            Columns.Sum(delta, context.Gradient(Biases).Values, context.Team);
        }

        if (!inputGradient.IsEmpty)
        {
            MatrixProduct.Multiply<T>(
                Transpose.Yes, Weights.View, Transpose.No, delta, inputGradient, accumulate: false, context.Team);
        }
    }
}
