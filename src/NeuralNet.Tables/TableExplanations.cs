using NeuralNet.Explanations;
using NeuralNet.Pipelines;

namespace NeuralNet.Tables;

/// <summary>
/// What the predictions for the rows of a table depend on: of which of its columns, whatever these became, and how.
/// </summary>
public static partial class TableExplanations
{
    /// <summary>
    /// Measures how much worse the predictions become when the values of one column are shuffled among the rows, so
    /// that they tell nothing: the permutation importance of each column.
    /// </summary>
    /// <remarks>
    /// A column is shuffled as a whole: a category with all its ones and zeros, a date with all its parts, a missing
    /// value with its indicator. See <c>PipelineExplanations.PermutationImportance</c> for what it says and what not.
    /// Groups of the options name columns of the table by their index.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">A pipeline that <see cref="TableSchema.ToPipeline"/> made, or that was loaded.</param>
    /// <param name="table">The rows, best ones that the network was not trained on.</param>
    /// <param name="target">The column of what is predicted.</param>
    /// <param name="score">
    /// The figure by which predictions are judged, of a regression in the unit of the data.
    /// </param>
    /// <param name="options">The repeats, the seed and the threads; the defaults if null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The importances, the greatest first; their text is a table to print.</returns>
    /// <example><code>
    /// Pipeline&lt;float&gt; pipeline = schema.ToPipeline(network);
    /// Console.WriteLine(pipeline.PermutationImportance(test, "income", Score.Highest(new RocAuc())));
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// There is no such target, a group names a column that is no input, or the score makes no sense for the results or
    /// is not finite.
    /// </exception>
    /// <exception cref="InvalidOperationException">The pipeline does not know the names of its features.</exception>
    /// <exception cref="InvalidDataException">
    /// A column is not there, or of another kind; a category or a class is not known; a target is missing; or a missing
    /// value has no replacement.
    /// </exception>
    /// <exception cref="NotSupportedException">A transform of one's own makes one feature of several.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FeatureImportances PermutationImportance<T>(
        this Pipeline<T> pipeline,
        Table table,
        ColumnReference target,
        Score score,
        PermutationOptions? options = null,
        CancellationToken cancellationToken = default)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        pipeline.PermutationImportance(table, [target], score, options, cancellationToken);

    /// <summary>Measures the permutation importance of each column for a regression with several targets.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">A pipeline that <see cref="TableSchema.ToPipeline"/> made, or that was loaded.</param>
    /// <param name="table">The rows, best ones that the network was not trained on.</param>
    /// <param name="targets">The columns of what is predicted, in the order of the results.</param>
    /// <param name="score">The figure by which predictions are judged, in the unit of the data.</param>
    /// <param name="options">The repeats, the seed and the threads; the defaults if null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The importances, the greatest first; their text is a table to print.</returns>
    /// <exception cref="ArgumentException">
    /// There is no such target, or another number of them; a group names a column that is no input; or the score makes
    /// no sense for the results or is not finite.
    /// </exception>
    /// <exception cref="InvalidOperationException">The pipeline does not know the names of its features.</exception>
    /// <exception cref="InvalidDataException">
    /// A column is not there, or of another kind; a category or a class is not known; a target is missing; or a missing
    /// value has no replacement.
    /// </exception>
    /// <exception cref="NotSupportedException">A transform of one's own makes one feature of several.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FeatureImportances PermutationImportance<T>(
        this Pipeline<T> pipeline,
        Table table,
        IReadOnlyList<ColumnReference> targets,
        Score score,
        PermutationOptions? options = null,
        CancellationToken cancellationToken = default)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(score);
        options ??= new();
        TableFeatures features = new(pipeline.Schema());
        return TablePrediction.BehindInputs(pipeline).PermutationImportance(
            TablePrediction.ToInputs(pipeline, table),
            TableTargets.Read(pipeline, table, targets),
            score,
            new()
            {
                Repeats = options.Repeats,
                Seed = options.Seed,
                Threads = options.Threads,
                Groups = features.Groups(table, options.Groups),
            },
            cancellationToken);
    }
}
