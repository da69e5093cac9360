using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>The number of outputs of each sample of a measurement, set by its first batch.</summary>
internal struct BatchRows
{
    private int _rows;

    /// <summary>
    /// Requires outputs and targets of the same shape, of as many rows as in the batches before, and no weights or one
    /// per sample.
    /// </summary>
    public readonly void Require<T>(
        string metric, ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require(metric, outputs, targets);
        SampleWeights.Require(metric, weights, outputs.Columns);
    }

    /// <summary>Requires outputs and targets of the same shape, and of as many rows as in the batches before.</summary>
    public readonly void Require<T>(string metric, ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (outputs.Rows != targets.Rows || outputs.Columns != targets.Columns)
        {
            throw new ArgumentException(
                $"Metric '{metric}' compares outputs with targets of the same shape, but they are {outputs.Rows} × "
                + $"{outputs.Columns} and {targets.Rows} × {targets.Columns}."
                + SampleLayout.Advice(outputs.Rows, targets.Rows, targets.Columns),
                nameof(targets));
        }

        if (outputs.Rows == 0 || (_rows != 0 && outputs.Rows != _rows))
        {
            throw new ArgumentException(
                $"Metric '{metric}' needs "
                + (_rows == 0 ? "at least 1 output" : Quantity.Of(_rows, "output") + ", as before,")
                + $" per sample, but there are {outputs.Rows}.",
                nameof(outputs));
        }
    }

    /// <summary>Requires that there is an output of that index, where their number is known.</summary>
    public static void RequireOutput(string metric, int? output, int? outputs)
    {
        if (output >= outputs)
        {
            throw new ArgumentException(
                $"Metric '{metric}' is about output {output}, counted from 0, but there are {outputs} per sample.",
                nameof(outputs));
        }
    }

    /// <summary>
    /// Requires that there is an output of that index or, where none is given, that the network has a single one.
    /// </summary>
    public static void RequireOutput(string metric, int? output, OutputDescription outputs) =>
        RequireOutput(metric, output, output is null ? outputs.RequireOne(metric).Count : outputs.Count);

    /// <summary>Sets the number, after the batch has passed every check.</summary>
    public void Settle(int rows) => _rows = rows;
}
