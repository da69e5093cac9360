using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Safetensors;

/// <summary>
/// A tensor in memory and its name in a file. It is a matrix of its first dimension × all others, column after column
/// as our matrices are.
/// </summary>
/// <remarks>No record: one that prints its members cannot print a view, which is a ref struct.</remarks>
internal sealed class NamedTensor<T>(string name, T[] values, IReadOnlyList<int> shape)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public string Name => name;

    public T[] Values => values;

    public IReadOnlyList<int> Shape => shape;

    public int Rows => Shape[0];

    public MatrixSpan<T> View => new(Values, Rows, Rows == 0 ? 0 : Values.Length / Rows);

    public override string ToString() => $"{MessageText.Quoted(Name)} ({string.Join(" × ", Shape)})";
}
