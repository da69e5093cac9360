using System.Globalization;
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

    /// <summary>Requires outputs that can be divided into equal parts, or groups of a size.</summary>
    /// <exception cref="ArgumentException">They cannot.</exception>
    public static void RequireParts(ILoss loss, int outputs, int divisor, string parts)
    {
        if (outputs % divisor != 0)
        {
            throw new ArgumentException(
                $"The outputs of a sample for the loss '{loss.Name}' are {parts}, so their number is a multiple of "
                + $"{divisor}, but there {Quantity.Are(outputs, "output")}.",
                nameof(outputs));
        }
    }

    /// <summary>Requires targets of a sample that are all the same; NaN is handed on.</summary>
    /// <exception cref="ArgumentException">They differ.</exception>
    public static void RequireSameTargets<T>(ILoss loss, ReadOnlySpan<T> targets, int sample, string meaning)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (T target in targets)
        {
            if (target != targets[0] && !T.IsNaN(target) && !T.IsNaN(targets[0]))
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"In the targets for the loss '{loss.Name}' {meaning}, but those of sample {sample} are ")
                    + string.Create(CultureInfo.InvariantCulture, $"{targets[0]} and {target}."),
                    nameof(targets));
            }
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
