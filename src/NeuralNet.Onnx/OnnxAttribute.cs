using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>A named constant that belongs to an operator, such as the axis it works along.</summary>
public sealed class OnnxAttribute
{
    private OnnxAttribute(AttributeProto proto) => Proto = proto;

    /// <summary>The attribute as the format has it.</summary>
    internal AttributeProto Proto { get; }

    /// <summary>A number, which the format keeps as a float.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <returns>The attribute.</returns>
    public static OnnxAttribute Float(string name, double value) =>
        new(new() { Name = name, Type = AttributeKind.Float, F = (float)value });

    /// <summary>A whole number.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <returns>The attribute.</returns>
    public static OnnxAttribute Int(string name, long value) =>
        new(new() { Name = name, Type = AttributeKind.Int, I = value });

    /// <summary>A text.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <returns>The attribute.</returns>
    public static OnnxAttribute Text(string name, string value) =>
        new(new() { Name = name, Type = AttributeKind.Text, S = Google.Protobuf.ByteString.CopyFromUtf8(value) });
}
