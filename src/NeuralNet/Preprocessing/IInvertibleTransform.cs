using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>
/// A transform that can be inverted. The targets of a regression need one, to turn predictions back into the unit of
/// the data.
/// </summary>
public interface IInvertibleTransform : IFeatureTransform
{
    /// <summary>Turns transformed samples back into the originals, without allocating.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="output">
    /// Transformed samples, a column each: <see cref="IFeatureTransform.OutputSize"/> × batch.
    /// </param>
    /// <param name="input">The memory for the originals: <see cref="IFeatureTransform.InputSize"/> × batch.</param>
    /// <exception cref="ArgumentException">A shape is wrong.</exception>
    void Invert<T>(ReadOnlyMatrixSpan<T> output, MatrixSpan<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
