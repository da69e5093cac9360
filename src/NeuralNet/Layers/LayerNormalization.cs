using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
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
/// With m features, g = ∂L/∂a, h = γ·g and sums over a sample's features: ∂L/∂x = 1/(m·√(σ² + ε))·(m·h − Σ h − x̂·Σ h·x̂);
/// over the batch, ∂L/∂γ = Σ g·x̂ and ∂L/∂β = Σ g.
/// </para>
/// <para>Ba, Kiros and Hinton, "Layer normalization" (2016). ε is PyTorch's; Keras has 0.001.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class LayerNormalization<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly Parameter<T> _gamma;
    private readonly Parameter<T> _beta;

    /// <summary>Makes the layer, with γ = 1 and β = 0.</summary>
    /// <param name="size">Number of features.</param>
    /// <param name="epsilon">ε, above 0: keeps the divisor away from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1, or ε is out of its range.</exception>
    public LayerNormalization(int size, double epsilon = 1e-5)
        : base("layerNormalization", size, size)
    {
        Require.Positive(epsilon);
        Epsilon = epsilon;
        _gamma = AddVector("gamma", size, new One());
        _beta = AddVector("beta", size, new Zero());
    }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>γ, one element per feature: the parameter itself; setting copies the values in.</summary>
    /// <exception cref="ArgumentException">The vector set has another length.</exception>
    public Vector<T> Gamma
    {
        get => _gamma.Vector;
        set => _gamma.Set(value);
    }

    /// <summary>β, one element per feature: the parameter itself; setting copies the values in.</summary>
    /// <exception cref="ArgumentException">The vector set has another length.</exception>
    public Vector<T> Beta
    {
        get => _beta.Vector;
        set => _beta.Set(value);
    }

    /// <inheritdoc/>
    public override int StateLength(int batchSize) =>
        ElementCount.Of(OutputSize + 1, batchSize, "The memory of", Name);

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        MatrixSpan<T> normalized = Normalized(context.State, input);
        Span<T> inverseDeviations = InverseDeviations(context.State, input);
        T features = T.CreateChecked(input.Rows);
        for (int j = 0; j < input.Columns; j++)
        {
            Span<T> x = normalized.Column(j);
            TensorPrimitives.Subtract(input.Column(j), TensorPrimitives.Sum(input.Column(j)) / features, x);
            T variance = TensorPrimitives.SumOfSquares<T>(x) / features;
            inverseDeviations[j] = T.One / T.Sqrt(variance + T.CreateChecked(Epsilon));
            TensorPrimitives.Multiply(x, inverseDeviations[j], x);
            TensorPrimitives.MultiplyAdd(x, _gamma.Values, _beta.Values, output.Column(j));
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
        MatrixSpan<T> normalized = Normalized(context.State, input);
        Span<T> inverseDeviations = InverseDeviations(context.State, input);
        Span<T> gammaGradient = context.Gradient(_gamma).Values;
        Span<T> betaGradient = context.Gradient(_beta).Values;
        gammaGradient.Clear();
        betaGradient.Clear();
        T features = T.CreateChecked(input.Rows);
        for (int j = 0; j < input.Columns; j++)
        {
            Span<T> g = outputGradient.Column(j);
            Span<T> x = normalized.Column(j);
            TensorPrimitives.MultiplyAdd(g, x, gammaGradient, gammaGradient);
            TensorPrimitives.Add(betaGradient, g, betaGradient);
            if (!inputGradient.IsEmpty)
            {
                TensorPrimitives.Multiply(g, _gamma.Values, g);
                T mean = TensorPrimitives.Sum<T>(g) / features;
                T meanProduct = TensorPrimitives.Dot<T>(g, x) / features;
                TensorPrimitives.Multiply(x, meanProduct, x);
                TensorPrimitives.Subtract(g, x, g);
                TensorPrimitives.Subtract(g, mean, g);
                TensorPrimitives.Multiply(g, inverseDeviations[j], inputGradient.Column(j));
            }
        }
    }

    private static MatrixSpan<T> Normalized(Span<T> state, ReadOnlyMatrixSpan<T> input) =>
        new(state[..input.Values.Length], input.Rows, input.Columns);

    private static Span<T> InverseDeviations(Span<T> state, ReadOnlyMatrixSpan<T> input) =>
        state.Slice(input.Values.Length, input.Columns);
}
