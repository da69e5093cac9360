using NeuralNet.Guards;

namespace NeuralNet.Safetensors;

/// <summary>A tensor in the header of a safetensors file: its name, type, shape and place.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dtype">Its element type, such as <c>F32</c>.</param>
/// <param name="Shape">Its dimensions, the last varying fastest.</param>
/// <param name="Begin">The position of its first byte, counted from the end of the header.</param>
/// <param name="End">The position after its last byte.</param>
internal sealed record TensorEntry(string Name, string Dtype, long[] Shape, long Begin, long End)
{
    private const int MostDimensionsShown = 8;

    /// <summary>The number of bytes.</summary>
    public long Length => End - Begin;

    /// <summary>The number of bytes of an element; 0 for types that are not known.</summary>
    public int ElementSize => Dtype switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" => 1,
        _ => 0,
    };

    /// <summary>The number of bytes that shape and type need; null if it overflows or the type is not known.</summary>
    public long? ExpectedLength
    {
        get
        {
            UInt128 length = (UInt128)ElementSize;
            if (length == 0)
            {
                return null;
            }

            foreach (long size in Shape)
            {
                length *= (UInt128)size;
                if (length > long.MaxValue)
                {
                    return Array.IndexOf(Shape, 0) >= 0 ? 0 : null;
                }
            }

            return (long)length;
        }
    }

    /// <summary>A shape as a message shows it.</summary>
    public static string Shown(ReadOnlySpan<long> shape) => shape.Length switch
    {
        0 => "no dimension",
        <= MostDimensionsShown => string.Join(" × ", shape.ToArray()),
        _ => $"{shape.Length} dimensions",
    };

    /// <summary>Name, type and shape, for messages.</summary>
    public override string ToString() =>
        $"'{MessageText.Shortened(Name)}' ({MessageText.Shortened(Dtype)}, {Shown(Shape)})";
}
