using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Ensembles;

/// <summary>Predicts with an ensemble and tells what each member says.</summary>
public static class EnsemblePredictions
{
    /// <summary>Predicts a batch with an ensemble, be it made here or loaded.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The ensemble.</param>
    /// <param name="inputs">The features, a sample per column.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>The mean, as <c>Predict</c> gives it, the predictions of the members, and their spread.</returns>
    /// <exception cref="ArgumentException">
    /// The network is no ensemble, or the number of features is another.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static EnsemblePrediction<T> PredictMembers<T>(this Network<T> network, Matrix<T> inputs, int threads = 1)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        Require.AtLeast(threads, 1);
        network.RequireInputSize(inputs.RowCount, nameof(inputs), inputs.ColumnCount);
        (Matrix<T> mean, Matrix<T>[] members) = MemberOutputs<T>.Predict(network, inputs, threads);
        return new(mean, members, network.OutputKind);
    }

    /// <summary>Predicts a batch with a pipeline whose network is an ensemble.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="inputs">Raw features, a sample per column.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>
    /// The result, as <c>Predict</c> gives it, those of the members, and their spread, all in the unit of the data.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The network is no ensemble, the number of features is another, or a transform refuses a value.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static EnsemblePrediction<T> PredictMembers<T>(this Pipeline<T> pipeline, Matrix<T> inputs, int threads = 1)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(inputs);
        Require.AtLeast(threads, 1);
        pipeline.RequireInputSize(inputs.RowCount, nameof(inputs), inputs.ColumnCount);
        (Matrix<T> mean, Matrix<T>[] members) = MemberOutputs<T>.Predict(
            pipeline.Network, pipeline.Inputs?.Transform(inputs) ?? inputs, threads);
        return pipeline.Outputs is { } outputs
            ? new(outputs.Invert(mean), Array.ConvertAll(members, outputs.Invert), kind: null)
            : new(mean, members, pipeline.Network.OutputKind);
    }
}
