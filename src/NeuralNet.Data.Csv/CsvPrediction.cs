using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Data.Csv;

/// <summary>
/// Predicts the rows of a table with a pipeline that <see cref="CsvPreprocessing.ToPipeline"/> made, in this program or
/// another.
/// </summary>
/// <remarks>
/// Columns are found by their names; the table needs no targets, and other columns do not matter. The kinds of the
/// columns are those of the training data, whatever the new file looks like: categories are compared as they are
/// written, and a text in a column of numbers is refused. Numbers are read in the format of training, unless the
/// options of the table say <see cref="CsvOptions.DecimalSeparator"/>, <see cref="CsvOptions.ThousandsSeparator"/> or
/// <see cref="CsvOptions.Culture"/>. Read the table with the same <see cref="CsvOptions.Missing"/> and
/// <see cref="CsvOptions.MissingTexts"/> as in training.
/// </remarks>
public static class CsvPrediction
{
    /// <summary>Predicts every row.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="table">The rows.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>Results × rows, in the unit of the targets.</returns>
    /// <exception cref="InvalidOperationException">The pipeline does not know the names of its features.</exception>
    /// <exception cref="InvalidDataException">
    /// A column is not there, or of another kind; a category is not known; or a missing value has no replacement.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static Matrix<T> Predict<T>(this Pipeline<T> pipeline, CsvTable table, int threads = 1)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            BehindInputs(pipeline).Predict(ToInputs(pipeline, table), threads);

    /// <summary>Predicts the most likely class of each row.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="table">The rows.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>A label per row.</returns>
    /// <exception cref="InvalidOperationException">
    /// The pipeline has no labels, or does not know the names of its features.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// A column is not there, or of another kind; a category is not known; or a missing value has no replacement.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static string[] PredictLabels<T>(this Pipeline<T> pipeline, CsvTable table, int threads = 1)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            BehindInputs(pipeline).PredictLabels(ToInputs(pipeline, table), threads: threads);

    /// <summary>Predicts the probability of each class, for every row.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="table">The rows.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>Classes × rows: a probability for each of the pipeline's labels, in their order.</returns>
    /// <exception cref="InvalidOperationException">
    /// The pipeline has no labels, or does not know the names of its features.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// A column is not there, or of another kind; a category is not known; or a missing value has no replacement.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static Matrix<T> PredictProbabilities<T>(this Pipeline<T> pipeline, CsvTable table, int threads = 1)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            BehindInputs(pipeline).PredictProbabilities(ToInputs(pipeline, table), threads);

    // Inputs are made in double, as CsvPreprocessing makes them, so that predictions equal those of a test to the bit.
    private static Matrix<T> ToInputs<T>(Pipeline<T> pipeline, CsvTable table)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IReadOnlyList<InputColumn> columns = pipeline.Columns ?? throw new InvalidOperationException(
            $"The pipeline does not know the columns of its features: make it with {nameof(CsvPreprocessing)}."
            + $"{nameof(CsvPreprocessing.ToPipeline)}, or name them when it is put together.");
        IFeatureTransform inputs = pipeline.Inputs
            ?? new ColumnTransform(columns.Count, new ColumnBlock([.. Enumerable.Range(0, columns.Count)]));
        return new CsvPreprocessing(
            [.. columns.Select(column => new CsvInput(column.Name, column.Categories, column.NumberFormat))],
            inputs,
            targetNames: [])
            .ToInputs<T>(table);
    }

    private static Pipeline<T> BehindInputs<T>(Pipeline<T> pipeline)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        bool hasThreshold = pipeline.Labels is not null && pipeline.OutputSize == 1;
        return Pipeline.Create(
            pipeline.Network,
            outputs: pipeline.Outputs,
            labels: pipeline.Labels,
            threshold: hasThreshold ? pipeline.Threshold : null);
    }
}
