using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>A named constant of an operator, such as the axis along which it works.</summary>
public sealed class OnnxAttribute
{
    private OnnxAttribute(AttributeProto proto) => Proto = proto;

    /// <summary>The attribute in the form of the file format.</summary>
    internal AttributeProto Proto { get; }

    /// <summary>Makes an attribute of a number, which the format stores as a float.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <returns>The attribute.</returns>
    public static OnnxAttribute Float(string name, double value) =>
        new(new() { Name = name, Type = AttributeKind.Float, F = (float)value });

    /// <summary>Makes an attribute of a whole number.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <returns>The attribute.</returns>
    public static OnnxAttribute Int(string name, long value) =>
        new(new() { Name = name, Type = AttributeKind.Int, I = value });

    /// <summary>Makes an attribute of whole numbers.</summary>
    /// <param name="name">The name.</param>
    /// <param name="values">The values.</param>
    /// <returns>The attribute.</returns>
    public static OnnxAttribute Ints(string name, params IReadOnlyList<long> values)
    {
        var proto = new AttributeProto { Name = name, Type = AttributeKind.Ints };
        proto.Ints.AddRange(values);
        return new(proto);
    }

    /// <summary>Makes an attribute of a text.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <returns>The attribute.</returns>
    public static OnnxAttribute Text(string name, string value) =>
        new(new() { Name = name, Type = AttributeKind.Text, S = Google.Protobuf.ByteString.CopyFromUtf8(value) });

    /// <summary>Makes an attribute of texts.</summary>
    /// <param name="name">The name.</param>
    /// <param name="values">The values.</param>
    /// <returns>The attribute.</returns>
    public static OnnxAttribute Texts(string name, params IReadOnlyList<string> values)
    {
        var proto = new AttributeProto { Name = name, Type = AttributeKind.Texts };
        proto.Strings.AddRange(values.Select(Google.Protobuf.ByteString.CopyFromUtf8));
        return new(proto);
    }
}
