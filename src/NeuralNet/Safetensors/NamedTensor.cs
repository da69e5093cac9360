using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Safetensors;

/// <summary>A vector or matrix in memory, stored column by column, and its name in a file.</summary>
internal sealed record NamedTensor<T>(string Name, T[] Values, int Rows, int Columns, bool IsVector)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The dimensions in a file.</summary>
    public long[] Shape => IsVector ? [Rows] : [Rows, Columns];

    public MatrixSpan<T> View => new(Values, Rows, Columns);
}
