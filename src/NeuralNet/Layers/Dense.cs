using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;
using NeuralNet.Regularization;

namespace NeuralNet.Layers;

/// <summary>A fully connected layer: z = W·a⁽ˡ⁻¹⁾ + b, a = σ(z).</summary>
/// <remarks>
/// With δ = ∂L/∂z = ∂L/∂a ⊙ σ'(z): ∂L/∂W = δ·(a⁽ˡ⁻¹⁾)ᵀ, ∂L/∂b = Σ over the batch of δ, ∂L/∂a⁽ˡ⁻¹⁾ = Wᵀ·δ.
/// W is outputs × inputs; row j holds the weights of neuron j.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Dense<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly Parameter<T> _weights;
    private readonly Parameter<T> _biases;
    private readonly IActivation _activation;

    /// <summary>Makes the layer; its weights are drawn when the network is built.</summary>
    /// <param name="inputSize">Number of inputs.</param>
    /// <param name="outputSize">Number of outputs, that is neurons.</param>
    /// <param name="activation">σ; <see cref="Identity"/> if null.</param>
    /// <param name="weightInitializer">Initial weights; the activation's own default if null.</param>
    /// <param name="biasInitializer">Initial biases; 0 if null.</param>
    /// <param name="weightPenalty">What training adds to the loss to keep the weights small; nothing if null.</param>
    /// <param name="weightConstraint">What holds for the weights after every training step; nothing if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or no array holds that many weights.</exception>
    public Dense(
        int inputSize,
        int outputSize,
        IActivation? activation = null,
        IInitializer? weightInitializer = null,
        IInitializer? biasInitializer = null,
        IPenalty? weightPenalty = null,
        IConstraint? weightConstraint = null)
        : base("dense", inputSize, outputSize, activation ?? new Identity())
    {
        _activation = Activation!;
        _weights = AddParameter(
            "weights",
            outputSize,
            inputSize,
            weightInitializer ?? _activation.DefaultInitializer,
            weightPenalty,
            weightConstraint);
        _biases = AddVector("biases", outputSize, biasInitializer ?? new Zero());
    }

    /// <summary>W, outputs × inputs. Reading gives the weights themselves, not a copy; setting copies the values in.</summary>
    /// <exception cref="ArgumentException">The matrix set has another shape.</exception>
    public Matrix<T> Weights
    {
        get => _weights.Value;
        set => _weights.Set(value);
    }

    /// <summary>b, one element per output. Reading gives the biases themselves; setting copies the values in.</summary>
    /// <exception cref="ArgumentException">The vector set has another length.</exception>
    public Vector<T> Biases
    {
        get => _biases.Vector;
        set => _biases.Set(value);
    }

    /// <inheritdoc/>
    public override int StateLength(int batchSize) =>
        _activation.BackwardReadsInput
            ? ElementCount.Of(OutputSize, batchSize, "The pre-activations of", Name)
            : 0;

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        // z shares the memory of a unless the backward pass wants to see it.
        MatrixSpan<T> z = _activation.BackwardReadsInput
            ? new(context.State, output.Rows, output.Columns)
            : output;

        MatrixProduct.Multiply(Transpose.No, _weights.View, Transpose.No, input, z, accumulate: false, context.Team);
        ActivationPass.Forward(_activation, _biases.Values, z, output, context.Team);
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        ReadOnlyMatrixSpan<T> z = _activation.BackwardReadsInput
            ? new(context.State, output.Rows, output.Columns)
            : default;

        MatrixSpan<T> delta = outputGradient;
        ActivationPass.Backward(_activation, z, output, delta, context.Team);

        MatrixProduct.Multiply<T>(
            Transpose.No, delta, Transpose.Yes, input, context.Gradient(_weights), accumulate: false, context.Team);
        Columns.Sum(delta, context.Gradient(_biases).Values, context.Team);
        if (!inputGradient.IsEmpty)
        {
            MatrixProduct.Multiply<T>(
                Transpose.Yes, _weights.View, Transpose.No, delta, inputGradient, accumulate: false, context.Team);
        }
    }
}
