using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;

namespace NeuralNet.Data;

/// <summary>
/// Turns class labels into targets of a network: a column per sample, with 1 in the row of its class, else 0.
/// </summary>
public static class OneHot
{
    /// <summary>Encodes labels.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="labels">The class of each sample, from 0 to <paramref name="classes"/> − 1.</param>
    /// <param name="classes">Number of classes.</param>
    /// <returns>A matrix, classes × samples.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range, or there are no classes.</exception>
    public static Matrix<T> Encode<T>(ReadOnlySpan<int> labels, int classes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        Require.AtLeast(classes, 1);
        T[] values = new T[ElementCount.Of(classes, labels.Length, "A one-hot encoding")];
        for (int i = 0; i < labels.Length; i++)
        {
            RequireLabel(labels[i], i, classes, nameof(labels));
            values[(i * classes) + labels[i]] = T.One;
        }

        return Matrix<T>.Build.Dense(classes, labels.Length, values);
    }

    /// <summary>Requires a label in the range.</summary>
    internal static void RequireLabel(int label, int sample, int classes, string name)
    {
        if ((uint)label >= (uint)classes)
        {
            throw new ArgumentOutOfRangeException(
                name,
                label,
                $"The label of sample {sample} is {label}, but with "
                + $"{Quantity.Of(classes, "class", "classes")} labels go from 0 to {classes - 1}.");
        }
    }
}
