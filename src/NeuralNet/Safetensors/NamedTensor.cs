using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Safetensors;

/// <summary>A tensor of one or two dimensions in memory, column after column as our matrices are, and its name in a file.</summary>
internal sealed record NamedTensor<T>(string Name, T[] Values, int Rows, int Columns, bool IsVector)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Its dimensions as a file has them.</summary>
    public long[] Shape => IsVector ? [Rows] : [Rows, Columns];

    public MatrixSpan<T> View => new(Values, Rows, Columns);
}
