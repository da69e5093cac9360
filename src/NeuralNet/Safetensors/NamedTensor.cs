using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Safetensors;

/// <summary>
/// A tensor in memory and its name in a file. It is a matrix of its first dimension × all others, column after column
/// as our matrices are.
/// </summary>
internal sealed record NamedTensor<T>(string Name, T[] Values, IReadOnlyList<int> Shape)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public int Rows => Shape[0];

    public MatrixSpan<T> View => new(Values, Rows, Rows == 0 ? 0 : Values.Length / Rows);
}
