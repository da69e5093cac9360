using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>
/// What is done to the features before a network sees them, learned once from training data and the same ever after.
/// </summary>
/// <remarks>
/// An implementation is immutable and may serve any number of threads at once. Its public state is all that it needs to
/// be made again, in double whatever the precision of the network. Fitting is a static method of the implementation,
/// and sees the training data only: what is learned from validation data too makes a validation look better than it is.
/// </remarks>
public interface IFeatureTransform
{
    /// <summary>Number of features it takes.</summary>
    int InputSize { get; }

    /// <summary>Number of features it gives.</summary>
    int OutputSize { get; }

    /// <summary>Transforms a batch without allocating.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="input">A sample per column: <see cref="InputSize"/> × batch.</param>
    /// <param name="output">
    /// Where the result goes: <see cref="OutputSize"/> × batch. It may be the input's memory only where an
    /// implementation says so.
    /// </param>
    /// <exception cref="ArgumentException">A shape is wrong, or a value is one that this transform refuses.</exception>
    void Transform<T>(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
