using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Explanations;
using NeuralNet.Pipelines;

namespace NeuralNet.Tables;

/// <content>The parts that columns have in a prediction.</content>
public static partial class TableExplanations
{
    /// <summary>
    /// Divides the difference between one result for a row and for a baseline among the columns, by integrated
    /// gradients: all that a column became adds up to its part.
    /// </summary>
    /// <remarks>
    /// The path is straight behind the transform of the inputs. The attributions are in the unit of the result: of a
    /// regression in that of the data, of a classifier in that of its network, logits mostly.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">A pipeline that <see cref="TableSchema.ToPipeline"/> made, or that was loaded.</param>
    /// <param name="table">The rows to explain.</param>
    /// <param name="output">The index of the result, from 0; of two classes there is only one.</param>
    /// <param name="baseline">
    /// Rows to compare with, such as the training data: the mean of their features, in which a category has its share.
    /// If null, zeros: of standardized numbers the mean, of categories none.
    /// </param>
    /// <param name="options">The number of points, and the threads; the defaults if null.</param>
    /// <returns>The attributions, columns × rows.</returns>
    /// <example><code>
    /// Attributions why = pipeline.IntegratedGradients(applications, output: 0, baseline: training);
    /// Console.WriteLine(why.Describe(sample: 3));
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// Baseline and row differ in a category that goes to an embedding, between which there is no path.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    /// <exception cref="InvalidOperationException">
    /// The pipeline does not know the names of its features, or a derivative is not finite.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// A column is not there, or of another kind; a category is not known; or a missing value has no replacement.
    /// </exception>
    /// <exception cref="NotSupportedException">A transform of one's own makes one feature of several.</exception>
    public static Attributions IntegratedGradients<T>(
        this Pipeline<T> pipeline,
        Table table,
        int output,
        Table? baseline = null,
        IntegrationOptions? options = null)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        Matrix<T> features = TablePrediction.ToInputs(pipeline, table);
        Vector<T>? mean = baseline is null ? null : MeanOf(TablePrediction.ToInputs(pipeline, baseline));
        return TablePrediction.BehindInputs(pipeline).IntegratedGradients(features, output, mean, options)
            .Sum(new TableFeatures(pipeline.Schema()).Groups(table, given: null));
    }

    private static Vector<T> MeanOf<T>(Matrix<T> features)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => Vector<T>.Build.Dense(
        features.RowCount,
        i =>
        {
            double sum = 0;
            for (int j = 0; j < features.ColumnCount; j++)
            {
                sum += double.CreateChecked(features[i, j]);
            }

            return T.CreateChecked(sum / features.ColumnCount);
        });
}
