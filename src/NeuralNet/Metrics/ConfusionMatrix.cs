using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>How often samples of each class were taken for each class.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[] _counts;

    /// <summary>Makes an empty matrix.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="classes"/> is below 1, or its square is more than an array holds.
    /// </exception>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Classes = classes;
        _counts = new long[Shape.Length(classes, classes, "A confusion matrix")];
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Number of samples added.</summary>
    public long Count { get; private set; }

    /// <summary>Number of samples on the diagonal: taken for what they are.</summary>
    public long Correct
    {
        get
        {
            long correct = 0;
            for (int i = 0; i < Classes; i++)
            {
                correct += this[i, i];
            }

            return correct;
        }
    }

    /// <summary>Correct samples as a share of all; NaN if there are none.</summary>
    public double Accuracy => Count == 0 ? double.NaN : (double)Correct / Count;

    /// <summary>How many samples of one class were taken for another.</summary>
    /// <param name="actual">What they are.</param>
    /// <param name="predicted">What they were taken for.</param>
    public long this[int actual, int predicted]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(actual);
            ArgumentOutOfRangeException.ThrowIfNegative(predicted);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(actual, Classes);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(predicted, Classes);
            return _counts[(actual * Classes) + predicted];
        }
    }

    /// <summary>Counts a batch; the class of a column is the row of its largest element.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="outputs">What the network said, classes × batch.</param>
    /// <param name="targets">One-hot targets, classes × batch.</param>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public void Add<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (outputs.Rows != Classes || targets.Rows != Classes || outputs.Columns != targets.Columns)
        {
            throw new ArgumentException(
                $"Outputs and targets must both be {Classes} × samples, but they are {outputs.Rows} × {outputs.Columns} "
                + $"and {targets.Rows} × {targets.Columns}.",
                nameof(outputs));
        }

        for (int j = 0; j < outputs.Columns; j++)
        {
            int actual = TensorPrimitives.IndexOfMax(targets.Column(j));
            int predicted = TensorPrimitives.IndexOfMax(outputs.Column(j));
            _counts[(actual * Classes) + predicted]++;
            Count++;
        }
    }
}
