using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.Pipelines;

namespace NeuralNet.Tables;

/// <summary>
/// Says how well a network gives its own inputs back, by row. One that has learned from usual rows alone, through a
/// layer too narrow to copy them, errs more about unusual ones.
/// </summary>
/// <example><code>
/// TableSchema schema = usual.FitReconstruction();
/// Network&lt;float&gt; network = schema.BuildNetwork&lt;float&gt;(seed: 1, hidden: [16, 4, 16]);
/// var trainer = new Trainer&lt;float&gt;(network, schema.Loss, new Adam());
/// trainer.Fit(schema.ToDataSet&lt;float&gt;(usual), new() { Epochs = 100 });
/// double[] errors = schema.ToPipeline(network).ReconstructionErrors(rows);
/// </code></example>
public static class TableReconstruction
{
    /// <summary>
    /// The mean squared error of each row: Σᵢ (aᵢ − xᵢ)² / n of n inputs x, as the network receives them, and its
    /// outputs a.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">A pipeline of <see cref="Table.FitReconstruction"/>.</param>
    /// <param name="table">The rows.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay. The result is the same to the bit.
    /// </param>
    /// <returns>An error per row.</returns>
    /// <exception cref="InvalidOperationException">
    /// The pipeline predicts something else than its inputs, or does not know the names of its features.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// A column is not there, or of another kind; a category is not known, where such are refused; or a missing value
    /// has no replacement.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static double[] ReconstructionErrors<T>(this Pipeline<T> pipeline, Table table, int threads = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        TableSchema schema = pipeline.Schema();
        if (pipeline.TargetColumns is { Count: > 0 } || pipeline.OutputSize != schema.InputSize)
        {
            throw new InvalidOperationException(
                "The pipeline does not give its inputs back: it turns "
                + $"{Quantity.Of(schema.InputSize, "feature")} into {Quantity.Of(pipeline.OutputSize, "output")}"
                + (pipeline.TargetColumns is { Count: > 0 } targets ? $", of {targets[0].Name}" : "")
                + $". Train it with the schema of {nameof(Table)}.{nameof(Table.FitReconstruction)}.");
        }

        Matrix<T> inputs = schema.ToInputs<T>(table);
        Matrix<T> outputs = TablePrediction.BehindInputs(pipeline).Predict(inputs, threads);
        double[] errors = new double[inputs.ColumnCount];
        for (int row = 0; row < errors.Length; row++)
        {
            double sum = 0;
            for (int i = 0; i < inputs.RowCount; i++)
            {
                double error = double.CreateChecked(outputs[i, row]) - double.CreateChecked(inputs[i, row]);
                sum += error * error;
            }

            errors[row] = sum / inputs.RowCount;
        }

        return errors;
    }
}
