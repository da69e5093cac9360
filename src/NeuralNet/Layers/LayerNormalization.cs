using System.Numerics.Tensors;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Layer normalization: x̂ = (x − μ) / √(σ² + ε), a = γ·x̂ + β, where μ and σ² are mean and (biased) variance of a
/// sample over its features. Samples do not depend on each other, so training and prediction are the same.
/// </summary>
/// <remarks>
/// <para>
/// Of an image the features are the channels of a pixel, of a sequence the features of a step, as in Keras: each
/// position is normalized alone. With m features, g = ∂L/∂a, h = γ·g and sums over a sample's features:
/// ∂L/∂x = 1/(m·√(σ² + ε))·(m·h − Σ h − x̂·Σ h·x̂); over the batch, ∂L/∂γ = Σ g·x̂ and ∂L/∂β = Σ g.
/// </para>
/// <para>Ba, Kiros and Hinton, "Layer normalization" (2016). ε is PyTorch's; Keras has 0.001.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class LayerNormalization<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
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
    }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>γ, an element per feature.</summary>
    public Parameter<T> Gamma { get; }

    /// <summary>β, an element per feature.</summary>
    public Parameter<T> Beta { get; }

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (memory.IsTraining)
        {
            memory.Remember(OutputSize, memory.Samples);
            memory.Remember(OutputShape.Positions, memory.Samples);
        }
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        ReadOnlyMatrixSpan<T> inputs = input.ByChannel(InputShape);
        MatrixSpan<T> a = output.ByChannel(InputShape);

        // x̂ shares the memory of a unless a backward pass wants to see it.
        MatrixSpan<T> normalized = context.IsTraining ? context.Remembered(0).ByChannel(InputShape) : a;
        Span<T> inverseDeviations = context.IsTraining ? context.Remembered(1).Values : default;
        for (int j = 0; j < inputs.Columns; j++)
        {
            Span<T> x = normalized.Column(j);
            double inverseDeviation = ColumnNormalization.Normalize(inputs.Column(j), x, Epsilon);
            TensorPrimitives.MultiplyAdd(x, Gamma.Values, Beta.Values, a.Column(j));
            if (context.IsTraining)
            {
                inverseDeviations[j] = T.CreateChecked(inverseDeviation);
            }
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
        MatrixSpan<T> normalized = context.Remembered(0).ByChannel(InputShape);
        Span<T> inverseDeviations = context.Remembered(1).Values;
        MatrixSpan<T> gradients = outputGradient.ByChannel(InputShape);
        MatrixSpan<T> inputGradients = inputGradient.IsEmpty ? default : inputGradient.ByChannel(InputShape);
        Span<T> gammaGradient = context.Gradient(Gamma).Values;
        Span<T> betaGradient = context.Gradient(Beta).Values;
        gammaGradient.Clear();
        betaGradient.Clear();
        for (int j = 0; j < gradients.Columns; j++)
        {
            Span<T> g = gradients.Column(j);
            Span<T> x = normalized.Column(j);
            TensorPrimitives.MultiplyAdd(g, x, gammaGradient, gammaGradient);
            TensorPrimitives.Add(betaGradient, g, betaGradient);
            if (!inputGradient.IsEmpty)
            {
                TensorPrimitives.Multiply(g, Gamma.Values, g);
                (double sum, double productSum) = ColumnNormalization.Sum<T>(g, x);
                TensorPrimitives.Multiply(x, T.CreateChecked(productSum / g.Length), x);
                TensorPrimitives.Subtract(g, x, g);
                TensorPrimitives.Subtract(g, T.CreateChecked(sum / g.Length), g);
                TensorPrimitives.Multiply(g, inverseDeviations[j], inputGradients.Column(j));
            }
        }
    }
}
