using System.Numerics.Tensors;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Batch normalization: x̂ = (x − μ) / √(σ² + ε), a = γ·x̂ + β, feature by feature. While training, μ and σ² are mean
/// and variance of the feature over the batch; when predicting, running averages of them.
/// </summary>
/// <remarks>
/// <para>
/// Of an image a feature is a channel, of a sequence a feature of a step: the last dimension of the shape. The n values
/// of a feature are those at all positions of all samples. With g = ∂L/∂a and sums over them: ∂L/∂γ = Σ g·x̂,
/// ∂L/∂β = Σ g, ∂L/∂x = γ/(n·√(σ² + ε))·(n·g − Σ g − x̂·Σ g·x̂).
/// </para>
/// <para>
/// The running averages are statistics, not weights: a training step blends the batch's in, with share m, and a
/// prediction leaves them alone. The variance that is blended in is the unbiased one, Σ (x − μ)²/(n − 1), as in
/// PyTorch; Keras blends in the biased one. A single value has no variance and leaves the running one as it is; its x̂
/// is 0, so train flat features with batches of more than one sample. Where both statistics are frozen, as by
/// <see cref="Layer{T}.Freeze"/>, training normalizes with them, too, as Keras does.
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
    /// <summary>Makes the layer, with γ = 1, β = 0, running mean 0 and running variance 1.</summary>
    /// <param name="shape">Shape of input and output; an int is a number of features.</param>
    /// <param name="momentum">m, the share of a batch in the running statistics: above 0, at most 1.</param>
    /// <param name="epsilon">ε, above 0, also once rounded to T: keeps the divisor away from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    public BatchNormalization(FeatureShape shape, double momentum = 0.1, double epsilon = 1e-5)
        : base("batchNormalization", shape, shape)
    {
        Momentum = momentum;
        Epsilon = Require.PositiveIn<T>(epsilon);
        Gamma = AddParameter("gamma", [shape.Channels], new One());
        Beta = AddParameter("beta", [shape.Channels], new Zero());
        RunningMean = AddStatistic("runningMean", shape.Channels, new Zero(), momentum);
        RunningVariance = AddStatistic("runningVariance", shape.Channels, new One(), momentum);
    }

    /// <summary>m, the share of a batch in the running statistics.</summary>
    public double Momentum { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>γ, an element per feature.</summary>
    public Parameter<T> Gamma { get; }

    /// <summary>β, an element per feature.</summary>
    public Parameter<T> Beta { get; }

    /// <summary>The running mean, an element per feature.</summary>
    public Parameter<T> RunningMean { get; }

    /// <summary>The running variance, an element per feature.</summary>
    public Parameter<T> RunningVariance { get; }

    /// <summary>Whether training, too, normalizes with the running statistics.</summary>
    internal bool UsesRunningStatistics => RunningMean.IsFrozen && RunningVariance.IsFrozen;

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (memory.HasBackward)
        {
            memory.Remember(OutputShape.Channels, RowMoments<T>.Count);
        }
        else
        {
            memory.Scratch(OutputShape.Channels, 1);
        }
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        ReadOnlyMatrixSpan<T> x = input.ByChannel(InputShape);
        MatrixSpan<T> a = output.ByChannel(InputShape);
        RowMoments<T> moments = context.HasBackward ? new(context.Remembered(0)) : default;
        if (UsesBatch(context.IsTraining))
        {
            RowNormalization.Normalize(x, Gamma.Values, Beta.Values, a, moments, Epsilon, context.Team);
            return;
        }

        Span<T> inverseDeviation = context.HasBackward ? moments.InverseDeviation : context.Scratch(0).Values;
        TensorPrimitives.Add(RunningVariance.Values, T.CreateChecked(Epsilon), inverseDeviation);
        TensorPrimitives.Sqrt(inverseDeviation, inverseDeviation);
        TensorPrimitives.Divide(T.One, inverseDeviation, inverseDeviation);
        if (context.HasBackward)
        {
            RunningMean.Values.CopyTo(moments.Mean);
        }

        ColumnTransform.Standardize<T>(x, RunningMean.Values, inverseDeviation, a, context.Team);
        ColumnTransform.Scale(a, Gamma.Values, Beta.Values, a, context.Team);
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        var moments = new RowMoments<T>(context.Remembered(0));
        ReadOnlyMatrixSpan<T> x = input.ByChannel(InputShape);
        bool usesBatch = UsesBatch(context.IsTraining);
        WriteStatistics(moments, usesBatch ? x.Columns : 0, context);
        RowNormalization.Backward(
            x,
            outputGradient.ByChannel(InputShape),
            Gamma.Values,
            moments,
            areOfBatch: usesBatch,
            context.Gradient(Gamma).Values,
            context.Gradient(Beta).Values,
            inputGradient.IsEmpty ? default : inputGradient.ByChannel(InputShape),
            context.Team);
    }

    private bool UsesBatch(bool isTraining) => isTraining && !UsesRunningStatistics;

    // The count is that of the values of the batch, 0 where it does not count: the variance is then the running one.
    private void WriteStatistics(RowMoments<T> moments, int count, BackwardContext<T> context)
    {
        Span<T> mean = context.Gradient(RunningMean).Values;
        Span<T> variance = context.Gradient(RunningVariance).Values;
        moments.Mean.CopyTo(mean);
        if (count > 1)
        {
            TensorPrimitives.Multiply(moments.Variance, T.CreateChecked(count / (count - 1.0)), variance);
        }
        else
        {
            RunningVariance.Values.CopyTo(variance);
        }
    }
}
