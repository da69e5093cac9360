using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Forecasting.Windows;
using NeuralNet.Guards;

namespace NeuralNet.Forecasting.Baselines;

/// <summary>
/// A linear model of the inputs that a network gets, fitted by ridge regression: what a network must beat to be worth
/// its while.
/// </summary>
/// <remarks>
/// With the scaled inputs x and targets y of the training windows, the weights W and the offset b minimize
/// Σ |y − W x − b|² + λ |W|² (Hoerl and Kennard, 1970), as scikit-learn's <c>Ridge</c> does with alpha = λ; b is not
/// penalized. W = Y Xᵀ (X Xᵀ + λ I)⁻¹ with the means taken off X and Y, by Cholesky's method in double precision.
/// </remarks>
public sealed class RidgeForecaster : IForecaster
{
    // Windows that are added to the sums together.
    private const int BlockSize = 1024;

    private readonly ForecastSchema _schema;

    private RidgeForecaster(ForecastSchema schema, double penalty, Matrix<double> weights, Vector<double> offsets)
    {
        _schema = schema;
        Penalty = penalty;
        Weights = weights;
        Offsets = offsets;
    }

    /// <summary>λ, the weight of the penalty.</summary>
    public double Penalty { get; }

    /// <inheritdoc/>
    public string Name => "ridge";

    /// <inheritdoc/>
    public IReadOnlyList<double> Quantiles => [];

    /// <summary>W, (steps × targets) × inputs, of scaled values.</summary>
    internal Matrix<double> Weights { get; }

    /// <summary>b, of scaled values.</summary>
    internal Vector<double> Offsets { get; }

    /// <summary>Fits the model to training data.</summary>
    /// <param name="schema">The schema, which says what a window reads and how it is scaled.</param>
    /// <param name="training">The part of the series in which all targets lie.</param>
    /// <param name="penalty">λ, above 0; 1 is scikit-learn's default.</param>
    /// <returns>The forecaster.</returns>
    /// <exception cref="ArgumentException">There is no window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The penalty is not a finite number above 0.</exception>
    public static RidgeForecaster Fit(ForecastSchema schema, TimeSeriesSet training, double penalty = 1)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(training);
        Require.Positive(penalty);
        WindowSet windows = schema.Windows(training);
        int inputSize = schema.Inputs.Size;
        int outputSize = schema.Layout.ValueCount;
        Vector<double> inputMean = Vector<double>.Build.Dense(inputSize);
        Vector<double> outputMean = Vector<double>.Build.Dense(outputSize);
        foreach ((Matrix<double> inputs, Matrix<double> outputs) in Blocks(windows))
        {
            inputMean += inputs.RowSums();
            outputMean += outputs.RowSums();
        }

        inputMean /= windows.Count;
        outputMean /= windows.Count;
        Matrix<double> squares = Matrix<double>.Build.DenseDiagonal(inputSize, penalty);
        Matrix<double> products = Matrix<double>.Build.Dense(inputSize, outputSize);
        foreach ((Matrix<double> inputs, Matrix<double> outputs) in Blocks(windows))
        {
            Subtract(inputs, inputMean);
            Subtract(outputs, outputMean);
            squares += inputs.TransposeAndMultiply(inputs);
            products += inputs.TransposeAndMultiply(outputs);
        }

        Matrix<double> weights = squares.Cholesky().Solve(products).Transpose();
        return new(schema, penalty, weights, outputMean - (weights * inputMean));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The windows are those of another schema.</exception>
    public Matrix<double> Predict(WindowSet windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        if (windows.Schema != _schema)
        {
            throw new ArgumentException(
                $"The model was fitted to windows of another schema: {_schema}. Make them by its "
                + $"{nameof(ForecastSchema.Windows)}.",
                nameof(windows));
        }

        Matrix<double> forecasts = Matrix<double>.Build.Dense(_schema.Layout.ValueCount, windows.Count);
        int targets = _schema.Targets.Count;
        var inputs = Vector<double>.Build.Dense(_schema.Inputs.Size);
        for (int window = 0; window < windows.Count; window++)
        {
            ColumnScale[] scales = windows.Scales(window);
            windows.CopyInputs(window, scales, inputs.AsArray());
            Vector<double> scaled = (Weights * inputs) + Offsets;
            for (int row = 0; row < scaled.Count; row++)
            {
                forecasts[row, window] = scales[row % targets].Unscale(scaled[row]);
            }
        }

        return forecasts;
    }

    private static IEnumerable<(Matrix<double> Inputs, Matrix<double> Outputs)> Blocks(WindowSet windows)
    {
        ForecastSchema schema = windows.Schema;
        foreach (int[] block in Enumerable.Range(0, windows.Count).Chunk(BlockSize))
        {
            Matrix<double> targets = schema.TargetsOf<double>(windows, block);
            int perValue = schema.Layout.PerValue;

            // Of a value that is repeated for each quantile, the first.
            yield return (
                schema.InputsOf<double>(windows, block),
                perValue == 1
                    ? targets
                    : Matrix<double>.Build.Dense(
                        schema.Layout.ValueCount, block.Length, (row, j) => targets[row * perValue, j]));
        }
    }

    private static void Subtract(Matrix<double> samples, Vector<double> mean)
    {
        for (int j = 0; j < samples.ColumnCount; j++)
        {
            for (int i = 0; i < mean.Count; i++)
            {
                samples[i, j] -= mean[i];
            }
        }
    }
}
