using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Pipelines;

namespace NeuralNet.Explanations;

/// <summary>
/// Samples in memory, a column after the other, which may have missing values, as a data set may not.
/// </summary>
/// <param name="Inputs">The inputs.</param>
/// <param name="Targets">The targets.</param>
/// <param name="Weights">The weights; empty if there are none.</param>
/// <param name="Count">Number of samples.</param>
internal sealed record SampleData<T>(T[] Inputs, T[] Targets, T[] Weights, int Count)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The samples of a data set.</summary>
    public static SampleData<T> Of(DataSet<T> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data.Inputs.Values.ToArray(), data.Targets.Values.ToArray(), data.Weights.ToArray(), data.Count);
    }

    /// <summary>The samples of two matrices; refuses those that do not fit a pipeline.</summary>
    public static SampleData<T> Of(Pipeline<T> pipeline, Matrix<T> inputs, Matrix<T> targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        pipeline.RequireInputSize(inputs.RowCount, nameof(inputs), inputs.ColumnCount);
        if (inputs.ColumnCount == 0)
        {
            throw new ArgumentException("There must be at least one sample, but there is none.", nameof(inputs));
        }

        return targets.RowCount == pipeline.OutputSize && targets.ColumnCount == inputs.ColumnCount
            ? new(ArrayOf(inputs), ArrayOf(targets), [], inputs.ColumnCount)
            : throw new ArgumentException(
                $"The targets of {Quantity.Of(inputs.ColumnCount, "sample")} must be {pipeline.OutputSize} × "
                + $"{inputs.ColumnCount} (outputs × samples), but they are {targets.RowCount} × {targets.ColumnCount}."
                + SampleLayout.Advice(pipeline.OutputSize, targets.RowCount, targets.ColumnCount),
                nameof(targets));
    }

    /// <summary>The elements of a matrix, column after column: its own memory where it has such.</summary>
    public static T[] ArrayOf(Matrix<T> matrix) => matrix.AsColumnMajorArray() ?? matrix.ToColumnMajorArray();

    /// <summary>The targets of successive samples.</summary>
    public ReadOnlyMatrixSpan<T> TargetsOf(int start, int count)
    {
        int rows = Targets.Length / Count;
        return new(Targets.AsSpan(start * rows, count * rows), rows, count);
    }

    /// <summary>The weights of successive samples; empty if there are none.</summary>
    public ReadOnlySpan<T> WeightsOf(int start, int count)
    {
        int size = Weights.Length / Count;
        return Weights.AsSpan(start * size, count * size);
    }
}
