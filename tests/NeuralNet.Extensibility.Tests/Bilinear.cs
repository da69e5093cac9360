using System.Numerics;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Extensibility.Tests;

/// <summary>
/// A layer of one's own with a parameter of three dimensions: aₖ = Σᵢⱼ Wₖᵢⱼ·xᵢ·xⱼ. ∂L/∂Wₖᵢⱼ = Σ over the batch of
/// ∂L/∂aₖ·xᵢ·xⱼ, ∂L/∂xᵢ = Σₖⱼ ∂L/∂aₖ·(Wₖᵢⱼ + Wₖⱼᵢ)·xⱼ.
/// </summary>
/// <remarks>
/// With p the products xᵢ·xⱼ of a sample, the last index the fastest, it is a = W·p, and W, seen as a matrix of
/// outputs × products, is what <c>Value</c> gives.
/// </remarks>
internal sealed class Bilinear<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public Bilinear(FeatureShape inputShape, int outputSize)
        : base("bilinear", inputShape, outputSize) =>
        Weights = AddParameter(
            "weights",
            [outputSize, inputShape.Size, inputShape.Size],
            new GlorotUniform(),
            fanIn: inputShape.Size * inputShape.Size,
            fanOut: outputSize);

    /// <summary>W, outputs × inputs × inputs.</summary>
    public Parameter<T> Weights { get; }

    public override void RequestMemory(MemoryRequest memory)
    {
        int products = InputSize * InputSize;
        if (memory.HasBackward)
        {
            memory.Remember(products, memory.Samples);
            memory.Scratch(products, memory.Samples);
        }
        else
        {
            memory.Scratch(products, memory.Samples);
        }
    }

    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        MatrixSpan<T> products = context.HasBackward ? context.Remembered(0) : context.Scratch(0);
        for (int sample = 0; sample < input.Columns; sample++)
        {
            for (int i = 0; i < InputSize; i++)
            {
                for (int j = 0; j < InputSize; j++)
                {
                    products[(i * InputSize) + j, sample] = input[i, sample] * input[j, sample];
                }
            }
        }

        context.Multiply(Weights.Value, products, output);
    }

    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        context.Multiply(outputGradient, context.Remembered(0), context.Gradient(Weights), transposeRight: true);
        if (inputGradient.IsEmpty)
        {
            return;
        }

        MatrixSpan<T> gradient = context.Scratch(0);
        context.Multiply(Weights.Value, outputGradient, gradient, transposeLeft: true);
        for (int sample = 0; sample < input.Columns; sample++)
        {
            for (int i = 0; i < InputSize; i++)
            {
                T sum = T.Zero;
                for (int j = 0; j < InputSize; j++)
                {
                    T both = gradient[(i * InputSize) + j, sample] + gradient[(j * InputSize) + i, sample];
                    sum += both * input[j, sample];
                }

                inputGradient[i, sample] = sum;
            }
        }
    }
}
