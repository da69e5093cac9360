using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>
/// A transform that can be taken back: what the targets of a regression need, whose predictions are wanted in the unit
/// of the data.
/// </summary>
public interface IInvertibleTransform : IFeatureTransform
{
    /// <summary>Turns results back into what they were made from, without allocating.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="output">
    /// Transformed samples, a column each: <see cref="IFeatureTransform.OutputSize"/> × batch.
    /// </param>
    /// <param name="input">Where the originals go: <see cref="IFeatureTransform.InputSize"/> × batch.</param>
    /// <exception cref="ArgumentException">A shape is wrong.</exception>
    void Invert<T>(ReadOnlyMatrixSpan<T> output, MatrixSpan<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
