using MathNet.Numerics.LinearAlgebra;
using NeuralNet.LinearAlgebra;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Explanations;

/// <content>Derivatives of a pipeline, and the parts that its raw features have in a prediction.</content>
public static partial class PipelineExplanations
{
    /// <summary>
    /// The derivative of one result by each raw feature, in the units of the data, of a pipeline whose transforms shift
    /// and scale each feature.
    /// </summary>
    /// <remarks>
    /// With inputs z = (x − μ)/σ and a result that is turned back by s, ∂F/∂x = s·∂o/∂z/σ. A classifier's result is
    /// what its network gives, a logit where that ends in none other.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="inputs">Raw features, a sample per column.</param>
    /// <param name="output">The index of the result, from 0.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; as many as there are processors if null. The
    /// result is the same to the bit.
    /// </param>
    /// <returns>∂F/∂x, raw features × batch.</returns>
    /// <exception cref="ArgumentException">The number of features is another, or there are no samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such output, or <paramref name="threads"/> is below 1.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// A transform does more than shift and scale; <c>IntegratedGradients</c> takes any of the inputs.
    /// </exception>
    /// <exception cref="InvalidOperationException">A derivative is not finite.</exception>
    public static Matrix<T> InputGradient<T>(
        this Pipeline<T> pipeline, Matrix<T> inputs, int output, int? threads = null)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(inputs);
        pipeline.RequireInputSize(inputs.RowCount, nameof(inputs), inputs.ColumnCount);
        double[] units = UnitSlopes.Of(pipeline.Inputs, pipeline.InputSize);
        Matrix<T> features = pipeline.Inputs?.Transform(inputs) ?? inputs;
        Matrix<T> gradient = pipeline.Network.InputGradient(features, output, threads);
        double unit = UnitSlopes.Of(pipeline.Outputs, pipeline.OutputSize)[output];
        return gradient.MapIndexed(
            (i, _, value) => T.CreateChecked(double.CreateChecked(value) * unit / units[i]), Zeros.Include);
    }

    /// <summary>
    /// Divides the difference between one result at a sample and at a baseline among the raw features, by integrated
    /// gradients of the network: those of all that a raw feature became, such as the ones and zeros of a category, add
    /// up to its own.
    /// </summary>
    /// <remarks>
    /// The path from the baseline to the sample is straight behind the transform of the inputs, see
    /// <see cref="NetworkExplanations"/>.
    /// The attributions are in the unit of the result: of a regression in that of the data, of a classifier in that of
    /// its network, logits mostly.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="inputs">Raw features, a sample per column.</param>
    /// <param name="output">The index of the result, from 0.</param>
    /// <param name="baseline">
    /// Raw features to compare with, such as those of a typical sample; if null, zeros behind the transform: of
    /// standardized features the mean, of categories none.
    /// </param>
    /// <param name="options">The number of points, and the threads; the defaults if null.</param>
    /// <returns>The attributions, raw features × batch.</returns>
    /// <exception cref="ArgumentException">
    /// The number of features is another, there are no samples, a transform refuses a value, or baseline and input
    /// differ in the number of a category that goes to an embedding.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    /// <exception cref="NotSupportedException">
    /// A transform makes one feature of several, or does not say of which, or does more to results than to shift and
    /// scale them.
    /// </exception>
    /// <exception cref="InvalidOperationException">A derivative is not finite.</exception>
    public static Attributions IntegratedGradients<T>(
        this Pipeline<T> pipeline,
        Matrix<T> inputs,
        int output,
        Vector<T>? baseline = null,
        IntegrationOptions? options = null)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(inputs);
        pipeline.RequireInputSize(inputs.RowCount, nameof(inputs), inputs.ColumnCount);
        IFeatureTransform? transform = pipeline.Inputs;
        if (baseline is not null)
        {
            pipeline.RequireInputSize(baseline.Count, nameof(baseline));
            baseline = transform?.Transform(baseline) ?? baseline;
        }

        int[] sources = Sources(transform, pipeline.Network.InputSize);
        Attributions ofNetwork =
            pipeline.Network.IntegratedGradients(transform?.Transform(inputs) ?? inputs, output, baseline, options);
        double unit = UnitSlopes.Of(pipeline.Outputs, pipeline.OutputSize)[output];
        Matrix<double> sums = Matrix<double>.Build.Dense(inputs.RowCount, inputs.ColumnCount);
        for (int i = 0; i < sources.Length; i++)
        {
            sums.SetRow(sources[i], sums.Row(sources[i]) + (unit * ofNetwork.Values.Row(i)));
        }

        return new(
            sums,
            feature => NameOf(pipeline, feature),
            [.. ofNetwork.Results.Select(result => InUnit(pipeline, result, output))],
            InUnit(pipeline, ofNetwork.BaselineResult, output));
    }

    // The feature that each input of the network is made of.
    private static int[] Sources(IFeatureTransform? transform, int inputs) =>
    [
        .. Enumerable.Range(0, inputs).Select(i => transform is null ? i
            : transform.SourceOf(i) is int source and >= 0 ? source
            : throw new NotSupportedException(
                $"Feature {i} of what the transform {transform.GetType().Name} gives is made of several, or it does "
                + $"not say of which: override {nameof(IFeatureTransform)}.{nameof(IFeatureTransform.SourceOf)}, or "
                + "explain the network behind it.")),
    ];

    // One result in the unit of the data; the others do not matter to it.
    private static double InUnit<T>(Pipeline<T> pipeline, double result, int output)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        if (pipeline.Outputs is null)
        {
            return result;
        }

        double[] results = new double[pipeline.Network.OutputSize];
        double[] inverted = new double[pipeline.OutputSize];
        results[output] = result;
        pipeline.Outputs.Invert(
            new ReadOnlyMatrixSpan<double>(results, results.Length, 1),
            new MatrixSpan<double>(inverted, inverted.Length, 1));
        return inverted[output];
    }
}
