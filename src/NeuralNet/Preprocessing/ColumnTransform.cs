using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>
/// Applies a separate transform to each block of columns of a table; the features of one block follow those of the
/// block before.
/// </summary>
/// <remarks>As scikit-learn's <c>ColumnTransformer</c>: columns that are in no block are left out.</remarks>
/// <example><code>
/// var transform = new ColumnTransform(
///     inputSize: 4,
///     new ColumnBlock([0, 1], Standardization.Fit(numbers)),
///     new ColumnBlock([3], new OneHotEncoding([[0, 1, 2]])));
/// </code></example>
public sealed class ColumnTransform : IFeatureTransform
{
    private readonly ColumnBlock[] _blocks;
    private readonly int _scratchSize;

    /// <summary>Makes the transform.</summary>
    /// <param name="inputSize">Number of columns of the table.</param>
    /// <param name="blocks">The blocks of columns with their transforms; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There are no columns, or a block names one that there is not.
    /// </exception>
    /// <exception cref="ArgumentException">There are no blocks.</exception>
    public ColumnTransform(int inputSize, params IReadOnlyList<ColumnBlock> blocks)
    {
        InputSize = Require.AtLeast(inputSize, 1);
        ArgumentNullException.ThrowIfNull(blocks);
        _blocks = [.. blocks];
        if (_blocks.Length == 0)
        {
            throw new ArgumentException(
                "There must be at least one block of columns, but there is none.", nameof(blocks));
        }

        foreach (ColumnBlock block in _blocks)
        {
            ArgumentNullException.ThrowIfNull(block, nameof(blocks));
            foreach (int column in block.Columns)
            {
                if (column >= inputSize)
                {
                    throw new ArgumentOutOfRangeException(
                        nameof(blocks),
                        column,
                        $"There {Quantity.Are(inputSize, "column")}, counted from 0, but a block names column "
                        + $"{column}.");
                }
            }

            OutputSize = checked(OutputSize + block.OutputSize);
            _scratchSize = Math.Max(_scratchSize, checked(block.Columns.Count + block.OutputSize));
        }
    }

    /// <summary>The blocks of columns with their transforms.</summary>
    public IReadOnlyList<ColumnBlock> Blocks => _blocks;

    /// <inheritdoc/>
    public int InputSize { get; }

    /// <inheritdoc/>
    public int OutputSize { get; }

    /// <summary>The kind of transform and the number of features, as readable text.</summary>
    /// <returns>For example <c>ColumnTransform: 3 features → 11</c>.</returns>
    public override string ToString() => TransformText.Of(this);

    /// <inheritdoc/>
    public int SourceOf(int output)
    {
        int left = output;
        foreach (ColumnBlock block in _blocks)
        {
            if (left < block.OutputSize)
            {
                int source = block.Transform?.SourceOf(left) ?? left;
                return source < 0 ? -1 : block.Columns[source];
            }

            left -= block.OutputSize;
        }

        return -1;
    }

    /// <inheritdoc/>
    public void Transform<T>(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        TransformCheck.Require(input, InputSize, nameof(input), output, OutputSize, nameof(output));
        if (input.IsEmpty)
        {
            return;
        }

        using var scratch = Scratch<T>.Rent(_scratchSize, input.Columns);
        int offset = 0;
        foreach (ColumnBlock block in _blocks)
        {
            ReadOnlySpan<int> columns = block.Indices;
            int size = block.OutputSize;
            for (int start = 0; start < input.Columns; start += scratch.Samples)
            {
                int count = Math.Min(scratch.Samples, input.Columns - start);
                Span<T> gathered = scratch.Values[..(columns.Length * count)];
                for (int j = 0; j < count; j++)
                {
                    ReadOnlySpan<T> sample = input.Column(start + j);
                    for (int i = 0; i < columns.Length; i++)
                    {
                        gathered[(j * columns.Length) + i] = sample[columns[i]];
                    }
                }

                Span<T> features = gathered;
                if (block.Transform is not null)
                {
                    features = scratch.Values.Slice(gathered.Length, size * count);
                    try
                    {
                        block.Transform.Transform(
                            new ReadOnlyMatrixSpan<T>(gathered, columns.Length, count),
                            new MatrixSpan<T>(features, size, count));
                    }
                    catch (ArgumentException exception)
                    {
                        throw TransformCheck.Within(
                            $"Of columns {string.Join(", ", block.Columns)} and the samples from {start} on",
                            exception,
                            nameof(input));
                    }
                }

                for (int j = 0; j < count; j++)
                {
                    features.Slice(j * size, size).CopyTo(output.Column(start + j)[offset..]);
                }
            }

            offset += size;
        }
    }
}
