using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>
/// Tells which values are missing: each column becomes one feature, 1 where the value is NaN and 0 elsewhere.
/// </summary>
/// <remarks>
/// <para>
/// As scikit-learn's <c>MissingIndicator</c> with <c>features="all"</c>. That a value is missing often says something,
/// such as an income that somebody did not want to tell, and is lost when an <see cref="Imputation"/> replaces it:
/// a network that is given both sees the difference. Infinities are not missing values. The output may be the input's
/// memory.
/// </para>
/// <para>A data set takes no NaN, so apply this first, to the matrix as it was read.</para>
/// </remarks>
/// <example><code>
/// var transform = new ColumnTransform(
///     inputSize: 2,
///     new ColumnBlock([0, 1], Imputation.FitMedian(numbers)),
///     new ColumnBlock([0, 1], new MissingIndicator(2)));
/// </code></example>
public sealed class MissingIndicator : IFeatureTransform
{
    /// <summary>Makes the transform.</summary>
    /// <param name="inputSize">Number of columns, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inputSize"/> is below 1.</exception>
    public MissingIndicator(int inputSize) => InputSize = Require.AtLeast(inputSize, 1);

    /// <inheritdoc/>
    public int InputSize { get; }

    /// <inheritdoc/>
    public int OutputSize => InputSize;

    /// <summary>The kind of transform and the number of features, as readable text.</summary>
    /// <returns>For example <c>MissingIndicator: 3 features</c>.</returns>
    public override string ToString() => TransformText.Of(this);

    /// <inheritdoc/>
    public int SourceOf(int output) => output;

    /// <inheritdoc/>
    public void Transform<T>(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        TransformCheck.Require(input, InputSize, nameof(input), output, OutputSize, nameof(output));
        ReadOnlySpan<T> from = input.Values;
        Span<T> to = output.Values;
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = T.IsNaN(from[i]) ? T.One : T.Zero;
        }
    }
}
