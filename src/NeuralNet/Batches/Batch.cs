using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;

namespace NeuralNet.Batches;

/// <summary>A batch of samples from a stream, one per column.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Batch<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    /// <summary>Makes a batch.</summary>
    /// <param name="inputs">Inputs × samples.</param>
    /// <param name="targets">Outputs × samples.</param>
    /// <param name="weights">
    /// A weight per sample, at least 0, or, of a network with several outputs, one for each output, sample after
    /// sample; 1 for each if null.
    /// </param>
    /// <param name="wholeCount">
    /// Number of samples of the whole batch where these are a worker's share of it; null where they are all.
    /// </param>
    /// <exception cref="ArgumentException">The numbers of samples differ, or there is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The whole batch has fewer samples than are given.</exception>
    public Batch(Matrix<T> inputs, Matrix<T> targets, IReadOnlyList<T>? weights = null, int? wholeCount = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (inputs.ColumnCount == 0)
        {
            throw new ArgumentException("A batch needs at least one sample, that is one column.", nameof(inputs));
        }

        if (targets.ColumnCount != inputs.ColumnCount)
        {
            throw new ArgumentException(
                $"There {Quantity.Are(inputs.ColumnCount, "input")} but {Quantity.Of(targets.ColumnCount, "target")}; "
                + "each sample, that is each column, needs both."
                + SampleLayout.AdviceForPair(
                    inputs.RowCount, inputs.ColumnCount, targets.RowCount, targets.ColumnCount),
                nameof(targets));
        }

        if (weights is not null && (weights.Count == 0 || weights.Count % inputs.ColumnCount != 0))
        {
            throw new ArgumentException(
                $"There {Quantity.Are(inputs.ColumnCount, "sample")}, but {Quantity.Of(weights.Count, "weight")}."
                + SampleLayout.Advice(weights.Count, inputs.ColumnCount, inputs.RowCount),
                nameof(weights));
        }

        if (wholeCount is { } whole)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(whole, inputs.ColumnCount, nameof(wholeCount));
        }

        Inputs = inputs;
        Targets = targets;
        Weights = weights;
        WholeCount = wholeCount ?? inputs.ColumnCount;
    }

    /// <summary>Inputs × samples.</summary>
    public Matrix<T> Inputs { get; }

    /// <summary>Outputs × samples.</summary>
    public Matrix<T> Targets { get; }

    /// <summary>A weight per sample, or one for each output; null where each weighs 1.</summary>
    public IReadOnlyList<T>? Weights { get; }

    /// <summary>Number of samples.</summary>
    public int Count => Inputs.ColumnCount;

    /// <summary>Number of samples of the whole batch, of which these may be a worker's share.</summary>
    public int WholeCount { get; }

    /// <summary>The sizes of the batch.</summary>
    /// <returns>For example <c>32 samples of 4 inputs and 3 targets</c>.</returns>
    public override string ToString() =>
        (Count < WholeCount ? $"{Count} of " : "") + Quantity.Of(WholeCount, "sample")
        + $" of {Quantity.Of(Inputs.RowCount, "input")} and {Quantity.Of(Targets.RowCount, "target")}"
        + (Weights is null ? "" : ", weighted");
}
