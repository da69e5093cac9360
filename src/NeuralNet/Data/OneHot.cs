using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;

namespace NeuralNet.Data;

/// <summary>Class labels as targets of a network: a column per sample, 1 in the row of its class, else 0.</summary>
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
        Precision.Require<T>();
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        T[] values = new T[Shape.Length(classes, labels.Length, "A one-hot encoding")];
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(labels),
                    labels[i],
                    $"The label of sample {i} is {labels[i]}, but with {classes} classes labels go from 0 to {classes - 1}.");
            }

            values[(i * classes) + labels[i]] = T.One;
        }

        return Matrix<T>.Build.Dense(classes, labels.Length, values);
    }
}
