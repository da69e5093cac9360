using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>
/// A transform of the features before they reach a network, fitted once to training data and unchanged afterwards.
/// </summary>
/// <remarks>
/// An implementation is immutable and may serve any number of threads at once. Its public properties are enough to make
/// it again, in double whatever the precision of the network. Fitting is a static method of the implementation. Fit to
/// training data only: a transform that is also fitted to validation data makes a validation look better than it is.
/// </remarks>
public interface IFeatureTransform
{
    /// <summary>Number of features that it takes.</summary>
    int InputSize { get; }

    /// <summary>Number of features that it gives.</summary>
    int OutputSize { get; }

    /// <summary>
    /// The feature that a feature of the output is made of, so that what is found out about the one can be said of the
    /// other: each of the ones and zeros of a category belongs to it.
    /// </summary>
    /// <param name="output">The index of a feature of the output, from 0.</param>
    /// <returns>
    /// The index of the only input that it depends on; −1 if there are several, or unless an implementation says it.
    /// </returns>
    int SourceOf(int output) => -1;

    /// <summary>Transforms a batch without allocating.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="input">A sample per column: <see cref="InputSize"/> × batch.</param>
    /// <param name="output">
    /// The memory for the result, <see cref="OutputSize"/> × batch. It may be the input's memory only if the
    /// implementation says so.
    /// </param>
    /// <exception cref="ArgumentException">A shape is wrong, or a value is one that this transform refuses.</exception>
    void Transform<T>(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
