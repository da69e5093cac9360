using NeuralNet.Ensembles;
using NeuralNet.Pipelines;

namespace NeuralNet.Tables;

/// <summary>Predicts the rows of a table with an ensemble and tells what each member says.</summary>
public static class TableEnsembles
{
    /// <summary>Predicts every row with a pipeline whose network is an ensemble.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">A pipeline that <see cref="TableSchema.ToPipeline"/> made, or that was loaded.</param>
    /// <param name="table">The rows.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>The result, those of the members, and their spread, in the unit of the targets.</returns>
    /// <exception cref="ArgumentException">The network is no ensemble.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">The pipeline does not know the names of its features.</exception>
    /// <exception cref="InvalidDataException">
    /// A column is not there, or of another kind; a category is not known; or a missing value has no replacement.
    /// </exception>
    public static EnsemblePrediction<T> PredictMembers<T>(this Pipeline<T> pipeline, Table table, int threads = 1)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        TablePrediction.BehindInputs(pipeline).PredictMembers(TablePrediction.ToInputs(pipeline, table), threads);
}
