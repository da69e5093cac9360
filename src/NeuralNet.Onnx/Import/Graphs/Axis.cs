namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>
/// An axis along which the features of a sample lie, such as the channels of an image; never of size 1.
/// </summary>
internal sealed class Axis(int size)
{
    private (Axis Slower, Axis Faster)? _parts;

    /// <summary>The number of places along the axis.</summary>
    public int Size => size;

    /// <summary>The axes that it has been divided into, the slowest first; itself as long as it is whole.</summary>
    public IEnumerable<Axis> Parts => _parts is ({ } slower, { } faster) ? slower.Parts.Concat(faster.Parts) : [this];

    /// <summary>An axis for each size but 1.</summary>
    public static Axis[] Of(long size) => size == 1 ? [] : [new((int)size)];

    /// <summary>The product of the sizes of axes.</summary>
    public static int Product(IEnumerable<Axis> axes) => axes.Aggregate(1, (product, axis) => product * axis.Size);

    /// <summary>Divides the axis in two, for all who hold it.</summary>
    /// <param name="slower">The size of the slower part, a divisor.</param>
    public void Divide(int slower) => _parts = (new(slower), new(size / slower));
}
