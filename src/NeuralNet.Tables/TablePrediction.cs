using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables;

/// <summary>
/// Predicts the rows of a table with a pipeline that <see cref="TableSchema.ToPipeline"/> made, in this program or
/// another.
/// </summary>
/// <remarks>
/// Columns are found by their names; the table needs no targets, and other columns do not matter. What a column holds
/// is what it held in training, whatever the new rows look like, and so are the format of its dates, the texts that
/// count as missing, what stands for them, and <see cref="ColumnOptions.Replace"/>. Numbers are read in the format of
/// training, unless the options of the table say <see cref="TableOptions.DecimalSeparator"/>,
/// <see cref="TableOptions.ThousandsSeparator"/> or <see cref="TableOptions.Culture"/>. Functions are not saved:
/// <see cref="ColumnOptions.Map"/> and <see cref="TableOptions.Computed"/> must be given again where training had them.
/// </remarks>
public static class TablePrediction
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
    public static Matrix<T> Predict<T>(this Pipeline<T> pipeline, Table table, int threads = 1)
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
    public static string[] PredictLabels<T>(this Pipeline<T> pipeline, Table table, int threads = 1)
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
    public static Matrix<T> PredictProbabilities<T>(this Pipeline<T> pipeline, Table table, int threads = 1)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            BehindInputs(pipeline).PredictProbabilities(ToInputs(pipeline, table), threads);

    /// <summary>Predicts the labels that each row may have, or has: see <see cref="LabelSetPrediction"/>.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="table">The rows.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>The labels of each row, in the order of the pipeline's; there may be none.</returns>
    /// <exception cref="InvalidOperationException">
    /// The pipeline has no label sets, or does not know the names of its features.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// A column is not there, or of another kind; a category is not known; or a missing value has no replacement.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static string[][] PredictLabelSets<T>(this Pipeline<T> pipeline, Table table, int threads = 1)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            BehindInputs(pipeline).PredictLabelSets(ToInputs(pipeline, table), threads);

    /// <summary>Predicts the interval of each target, for every row: see <see cref="IntervalPrediction"/>.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="table">The rows.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>The lower and the upper ends, targets × rows, in the unit of the data.</returns>
    /// <exception cref="InvalidOperationException">
    /// The pipeline has no intervals, or does not know the names of its features.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// A column is not there, or of another kind; a category is not known; or a missing value has no replacement.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static (Matrix<T> Lower, Matrix<T> Upper) PredictIntervals<T>(
        this Pipeline<T> pipeline, Table table, int threads = 1)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            BehindInputs(pipeline).PredictIntervals(ToInputs(pipeline, table), threads);

    /// <summary>The schema that the pipeline was trained with, such as to see what its columns were.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <returns>
    /// The schema; it has no targets where the pipeline does not know them, as those of earlier versions do not.
    /// </returns>
    /// <exception cref="InvalidOperationException">The pipeline does not know the names of its features.</exception>
    /// <exception cref="InvalidDataException">
    /// The pipeline says of a column what this version does not know.
    /// </exception>
    public static TableSchema Schema<T>(this Pipeline<T> pipeline)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        IReadOnlyList<InputColumn> columns = pipeline.Columns ?? throw new InvalidOperationException(
            $"The pipeline does not know the columns of its features: make it with {nameof(TableSchema)}."
            + $"{nameof(TableSchema.ToPipeline)}, or name them when it is put together.");
        IFeatureTransform inputs = pipeline.Inputs
            ?? new ColumnTransform(columns.Count, new ColumnBlock([.. Enumerable.Range(0, columns.Count)]));
        SchemaColumn[] raw = [.. columns.Select(column => new SchemaColumn(column))];
        IEnumerable<int> unchanged = inputs is ColumnTransform transform
            ? transform.Blocks.Where(block => block.Transform is null).SelectMany(block => block.Columns)
            : [];
        bool hasLabels = pipeline.Labels is not null;
        ColumnRule[] targets =
        [
            .. (pipeline.TargetColumns ?? []).Select(
                column => ColumnRule.Read(column.Name, hasLabels, column.Reading, hasLabels)),
        ];
        bool hasTargets = targets.Length > 0;
        return new(
            raw,
            inputs,
            Array.ConvertAll(targets, target => target.Column),
            hasTargets ? pipeline.Outputs : null,
            hasTargets ? pipeline.Labels : null,
            isBinary: hasTargets && hasLabels && pipeline.OutputSize == 1)
        {
            TargetRules = targets,
            Embedded = [.. unchanged.Select(index => raw[index]).Where(column => column.Kind == ColumnKind.Category)],
        };
    }

    // Inputs are made in double, as the schema makes them, so that predictions equal those of a test to the bit.
    internal static Matrix<T> ToInputs<T>(Pipeline<T> pipeline, Table table)
        where T : unmanaged, IFloatingPointIeee754<T> => pipeline.Schema().ToInputs<T>(table);

    /// <summary>The pipeline without the transform of its inputs.</summary>
    internal static Pipeline<T> BehindInputs<T>(Pipeline<T> pipeline)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.WithoutInputs();
    }
}
