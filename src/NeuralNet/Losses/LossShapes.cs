using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>Checks of the shapes of what a loss reads and writes.</summary>
internal static class LossShapes
{
    /// <summary>Requires targets, losses and a gradient that fit the outputs.</summary>
    /// <exception cref="ArgumentException">A shape does not fit, or there are no outputs.</exception>
    public static void Require<T>(
        ReadOnlyMatrixSpan<T> outputs,
        ReadOnlyMatrixSpan<T> targets,
        ReadOnlySpan<T> losses,
        ReadOnlyMatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (outputs.Rows == 0)
        {
            throw new ArgumentException("A sample must have at least one output, but it has none.", nameof(outputs));
        }

        RequireSame(outputs, targets, nameof(targets));
        RequireSame(outputs, gradient, nameof(gradient));
        if (losses.Length != outputs.Columns)
        {
            throw new ArgumentException(
                $"There must be room for {Quantity.Of(outputs.Columns, "loss", "losses")}, one per sample, but "
                + $"there is for {losses.Length}.",
                nameof(losses));
        }
    }

    private static void RequireSame<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> other, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (other.Rows != outputs.Rows || other.Columns != outputs.Columns)
        {
            throw new ArgumentException(
                $"The {name} must be {outputs.Rows} × {outputs.Columns} like the outputs, but are {other.Rows} × "
                + $"{other.Columns}." + SampleLayout.Advice(outputs.Rows, other.Rows, other.Columns),
                name);
        }
    }
}
