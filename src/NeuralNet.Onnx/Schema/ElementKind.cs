using System.Globalization;

namespace NeuralNet.Onnx.Schema;

/// <summary>TensorProto.data_type: what the elements of a tensor are.</summary>
internal static class ElementKind
{
    public const int Float = 1;
    public const int Int32 = 6;
    public const int Int64 = 7;
    public const int Text = 8;
    public const int Bool = 9;
    public const int Double = 11;

    private static readonly string[] _names =
    [
        "undefined", "float", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16",
        "double", "uint32", "uint64", "complex64", "complex128", "bfloat16",
    ];

    /// <summary>The name for messages.</summary>
    public static string Name(long kind) =>
        kind >= 0 && kind < _names.Length ? _names[kind] : "number type " + kind.ToString(CultureInfo.InvariantCulture);
}
