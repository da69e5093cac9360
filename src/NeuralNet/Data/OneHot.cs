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
    /// <param name="labels">
    /// The class of each sample, from 0 to <paramref name="classes"/> − 1; or of each step of sample after sample.
    /// </param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="steps">The number of steps of a sample, or of its pixels, that each have a label.</param>
    /// <param name="mask">
    /// The label where the class is not known, such as −1: it then stands in all rows of that class, for
    /// <c>loss.Masked(mask)</c>.
    /// </param>
    /// <returns>A matrix, (steps · classes) × samples.</returns>
    /// <exception cref="ArgumentException">Labels are not those of a whole number of samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A label is out of range, the mask is a class, or there are no classes or no steps.
    /// </exception>
    public static Matrix<T> Encode<T>(ReadOnlySpan<int> labels, int classes, int steps = 1, int? mask = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        Require.AtLeast(classes, 1);
        Require.AtLeast(steps, 1);
        if (mask >= 0 && mask < classes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(mask), mask, $"The mask {mask} is the number of a class; it must be another, such as -1.");
        }

        if (labels.Length % steps != 0)
        {
            throw new ArgumentException(
                $"{Quantity.Of(labels.Length, "label")} cannot be divided among samples of "
                + $"{Quantity.Of(steps, "step")}.",
                nameof(labels));
        }

        T[] values = new T[ElementCount.Of(classes, labels.Length, "A one-hot encoding")];
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == mask)
            {
                values.AsSpan(i * classes, classes).Fill(T.CreateChecked(labels[i]));
                continue;
            }

            RequireLabel(labels[i], i, classes, nameof(labels));
            values[(i * classes) + labels[i]] = T.One;
        }

        return Matrix<T>.Build.Dense(classes * steps, labels.Length / steps, values);
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
                + $"{Quantity.Of(classes, "class", "classes")} labels go from 0 to {classes - 1}. "
                + (label == classes
                    ? "If yours begin at 1, take 1 from each; else there is a class more than was said. "
                    : "")
                + "A LabelEncoder turns labels of any other kind, such as texts, into these numbers.");
        }
    }
}
