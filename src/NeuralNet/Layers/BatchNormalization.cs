using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Batch normalization: x̂ = (x − μ) / √(σ² + ε), a = γ·x̂ + β, feature by feature. While training, μ and σ² are mean and
/// variance of the feature over the batch; when predicting, running averages of them.
/// </summary>
/// <remarks>
/// <para>
/// With n samples, g = ∂L/∂a and sums over the batch: ∂L/∂γ = Σ g·x̂, ∂L/∂β = Σ g,
/// ∂L/∂x = γ/(n·√(σ² + ε))·(n·g − Σ g − x̂·Σ g·x̂).
/// </para>
/// <para>
/// The running averages are statistics, not weights: a training step blends the batch's in, with share m, and a
/// prediction leaves them alone. The variance that is blended in is the unbiased one, Σ (x − μ)²/(n − 1), as in PyTorch;
/// Keras blends in the biased one. A batch of one sample has no variance and leaves the running one as it is; its x̂ is
/// 0, so train with more. Where both statistics are frozen, as by <see cref="Layer{T}.Freeze"/>, training normalizes with them, too,
/// as Keras does.
/// </para>
/// <para>
/// Ioffe and Szegedy, "Batch normalization" (2015). Defaults are PyTorch's. Keras has ε = 0.001 and calls 1 − m its
/// momentum, 0.99.
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class BatchNormalization<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly Parameter<T> _gamma;
    private readonly Parameter<T> _beta;
    private readonly Parameter<T> _runningMean;
    private readonly Parameter<T> _runningVariance;

    /// <summary>Makes the layer, with γ = 1, β = 0, running mean 0 and running variance 1.</summary>
    /// <param name="size">Number of features.</param>
    /// <param name="momentum">m, the share of a batch in the running statistics: above 0, at most 1.</param>
    /// <param name="epsilon">ε, above 0: keeps the divisor away from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1, or a hyperparameter is out of its range.</exception>
    public BatchNormalization(int size, double momentum = 0.1, double epsilon = 1e-5)
        : base("batchNormalization", size, size)
    {
        Require.Positive(epsilon);
        Momentum = momentum;
        Epsilon = epsilon;
        _gamma = AddVector("gamma", size, new One());
        _beta = AddVector("beta", size, new Zero());
        _runningMean = AddStatistic("runningMean", size, new Zero(), momentum);
        _runningVariance = AddStatistic("runningVariance", size, new One(), momentum);
    }

    /// <summary>m, the share of a batch in the running statistics.</summary>
    public double Momentum { get; }

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

    /// <summary>The running mean, one element per feature: the statistic itself; setting copies the values in.</summary>
    /// <exception cref="ArgumentException">The vector set has another length.</exception>
    public Vector<T> RunningMean
    {
        get => _runningMean.Vector;
        set => _runningMean.Set(value);
    }

    /// <summary>The running variance, one element per feature: the statistic itself; setting copies the values in.</summary>
    /// <exception cref="ArgumentException">The vector set has another length.</exception>
    public Vector<T> RunningVariance
    {
        get => _runningVariance.Vector;
        set => _runningVariance.Set(value);
    }

    private bool UsesRunningStatistics => _runningMean.IsFrozen && _runningVariance.IsFrozen;

    /// <inheritdoc/>
    public override int StateLength(int batchSize) =>
        ElementCount.Of(OutputSize, checked(batchSize + 3), "The memory of", Name);

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        var state = new State(context.State, input.Rows, input.Columns);
        if (context.IsTraining && !UsesRunningStatistics)
        {
            Columns.Sum(input, state.Mean, context.Team);
            TensorPrimitives.Divide(state.Mean, T.CreateChecked(input.Columns), state.Mean);
            state.Variance.Clear();
            for (int j = 0; j < input.Columns; j++)
            {
                Span<T> deviation = state.Normalized.Column(j);
                TensorPrimitives.Subtract(input.Column(j), state.Mean, deviation);
                TensorPrimitives.MultiplyAdd(deviation, deviation, state.Variance, state.Variance);
            }

            TensorPrimitives.Divide(state.Variance, T.CreateChecked(input.Columns), state.Variance);
        }
        else
        {
            _runningMean.Values.CopyTo(state.Mean);
            _runningVariance.Values.CopyTo(state.Variance);
            for (int j = 0; j < input.Columns; j++)
            {
                TensorPrimitives.Subtract(input.Column(j), state.Mean, state.Normalized.Column(j));
            }
        }

        TensorPrimitives.Add(state.Variance, T.CreateChecked(Epsilon), state.InverseDeviation);
        TensorPrimitives.Sqrt(state.InverseDeviation, state.InverseDeviation);
        TensorPrimitives.Divide(T.One, state.InverseDeviation, state.InverseDeviation);
        for (int j = 0; j < input.Columns; j++)
        {
            Span<T> normalized = state.Normalized.Column(j);
            TensorPrimitives.Multiply(normalized, state.InverseDeviation, normalized);
            TensorPrimitives.MultiplyAdd(normalized, _gamma.Values, _beta.Values, output.Column(j));
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
        var state = new State(context.State, input.Rows, input.Columns);
        WriteStatistics(state, input.Columns, context);

        Span<T> gammaGradient = context.Gradient(_gamma).Values;
        Span<T> betaGradient = context.Gradient(_beta).Values;
        gammaGradient.Clear();
        betaGradient.Clear();
        for (int j = 0; j < input.Columns; j++)
        {
            TensorPrimitives.MultiplyAdd(outputGradient.Column(j), state.Normalized.Column(j), gammaGradient, gammaGradient);
            TensorPrimitives.Add(betaGradient, outputGradient.Column(j), betaGradient);
        }

        if (inputGradient.IsEmpty)
        {
            return;
        }

        // γ/√(σ² + ε)·(g − Σg/n − x̂·Σ(g·x̂)/n); with statistics that do not depend on the batch, γ/√(σ² + ε)·g.
        Span<T> scale = state.InverseDeviation;
        TensorPrimitives.Multiply(scale, _gamma.Values, scale);
        Span<T> meanGradient = state.Mean;
        Span<T> meanProduct = state.Variance;
        T count = T.CreateChecked(input.Columns);
        TensorPrimitives.Divide(betaGradient, count, meanGradient);
        TensorPrimitives.Divide(gammaGradient, count, meanProduct);
        for (int j = 0; j < input.Columns; j++)
        {
            Span<T> gradient = outputGradient.Column(j);
            if (!UsesRunningStatistics)
            {
                Span<T> normalized = state.Normalized.Column(j);
                TensorPrimitives.Multiply(normalized, meanProduct, normalized);
                TensorPrimitives.Subtract(gradient, normalized, gradient);
                TensorPrimitives.Subtract(gradient, meanGradient, gradient);
            }

            TensorPrimitives.Multiply(gradient, scale, inputGradient.Column(j));
        }
    }

    private void WriteStatistics(State state, int samples, BackwardContext<T> context)
    {
        Span<T> mean = context.Gradient(_runningMean).Values;
        Span<T> variance = context.Gradient(_runningVariance).Values;
        state.Mean.CopyTo(mean);
        if (samples > 1 && !UsesRunningStatistics)
        {
            TensorPrimitives.Multiply(state.Variance, T.CreateChecked(samples / (samples - 1.0)), variance);
        }
        else
        {
            _runningVariance.Values.CopyTo(variance);
        }
    }

    /// <summary>What is remembered of a batch: x̂, and of every feature μ, σ² and 1/√(σ² + ε).</summary>
    private readonly ref struct State(Span<T> memory, int features, int samples)
    {
        private readonly Span<T> _features = memory[(features * samples)..];

        public MatrixSpan<T> Normalized { get; } = new(memory[..(features * samples)], features, samples);

        public Span<T> Mean => _features[..features];

        public Span<T> Variance => _features[features..(2 * features)];

        public Span<T> InverseDeviation => _features[(2 * features)..(3 * features)];
    }
}
