using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Data;

/// <summary>Makes data sets.</summary>
public static class DataSet
{
    /// <summary>Makes a data set for a classifier: targets are the labels, one-hot.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="inputs">One sample per column: features × samples.</param>
    /// <param name="labels">The class of each sample, from 0 to <paramref name="classes"/> − 1.</param>
    /// <param name="classes">Number of classes.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range.</exception>
    /// <exception cref="ArgumentException">
    /// The numbers of samples and labels differ, there is none, or an input is not finite.
    /// </exception>
    public static DataSet<T> FromLabels<T>(Matrix<T> inputs, ReadOnlySpan<int> labels, int classes)
        where T : unmanaged, IFloatingPointIeee754<T> => new(inputs, OneHot.Encode<T>(labels, classes));

    /// <summary>
    /// Makes a data set for a classifier whose inputs are kept as bytes, such as images: targets are the labels,
    /// one-hot.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="inputs">One sample per column: features × samples.</param>
    /// <param name="labels">The class of each sample, from 0 to <paramref name="classes"/> − 1.</param>
    /// <param name="classes">Number of classes.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range.</exception>
    /// <exception cref="ArgumentException">
    /// The numbers of samples and labels differ, or a byte stands for a number that <typeparamref name="T"/> does not
    /// hold.
    /// </exception>
    public static DataSet<T> FromLabels<T>(ByteMatrix inputs, ReadOnlySpan<int> labels, int classes)
        where T : unmanaged, IFloatingPointIeee754<T> => new(inputs, OneHot.Encode<T>(labels, classes));
}
