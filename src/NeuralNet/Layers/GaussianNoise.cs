using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Noise: while training, a = input + σ·ε with ε of the standard normal distribution, another number for each element;
/// when predicting, nothing happens. ∂L/∂input = ∂L/∂a.
/// </summary>
/// <remarks>
/// Keras's <c>GaussianNoise</c>. At the inputs it is a penalty on the slopes of the network: Bishop, "Training with
/// noise is equivalent to Tikhonov regularization" (1995). The noise follows from the trainer's seed, the step and the
/// layer alone.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class GaussianNoise<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer.</summary>
    /// <param name="shape">Shape of input and output; an int is a number of features.</param>
    /// <param name="deviation">σ, the standard deviation of the noise, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is negative or not finite.</exception>
    public GaussianNoise(FeatureShape shape, double deviation)
        : base("gaussianNoise", shape, shape) => Deviation = Require.NotNegative(deviation);

    /// <summary>σ, the standard deviation of the noise.</summary>
    public double Deviation { get; }

    /// <inheritdoc/>
    public override bool IsForTrainingOnly => true;

    /// <inheritdoc/>
    public override bool TakesPadding => true;

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        if (context.IsTraining)
        {
            NormalNoise.Add(input.Values, output.Values, Deviation, context.Random, context.Team);
        }
        else
        {
            input.Values.CopyTo(output.Values);
        }
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
            WholeBatch.Copy<T>(outputGradient.Values, inputGradient.Values, context.Team);
        }
    }
}
