namespace NeuralNet.Serialization;

/// <summary>What the header of a safetensors file says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dtype">Its element type, such as <c>F32</c>.</param>
/// <param name="Shape">Its dimensions, the last varying fastest.</param>
/// <param name="Begin">Where its bytes begin, counted from the end of the header.</param>
/// <param name="End">Where they end.</param>
internal sealed record TensorEntry(string Name, string Dtype, long[] Shape, long Begin, long End)
{
    /// <summary>Bytes of an element; 0 for types that are not read.</summary>
    public int ElementSize => Dtype switch
    {
        "F32" => sizeof(float),
        "F64" => sizeof(double),
        _ => 0,
    };

    /// <summary>Name, type and shape, for messages.</summary>
    public override string ToString() => $"'{Name}' ({Dtype}, {string.Join(" × ", Shape)})";
}
