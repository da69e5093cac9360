using NeuralNet.Guards;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>An operator of a graph that is being read.</summary>
internal sealed class OnnxNode
{
    private readonly NodeProto _proto;
    private readonly string _file;

    public OnnxNode(NodeProto proto, int position, string file)
    {
        _proto = proto;
        _file = file;
        Position = position;
        Operation = NameOf(proto);
    }

    /// <summary>The position in the graph, from 0; nodes that compute the inputs come before it.</summary>
    public int Position { get; }

    /// <summary>The operator's name, with its domain where it is no standard one.</summary>
    public string Operation { get; }

    /// <summary>The names of the inputs; "" for one that is left out.</summary>
    public IReadOnlyList<string> Inputs => _proto.Input;

    /// <summary>The names of the outputs; "" for one that is not used.</summary>
    public IReadOnlyList<string> Outputs => _proto.Output;

    /// <summary>The name of its first result; "" if that is left out.</summary>
    public string Output => _proto.Output[0];

    /// <summary>An operator's name, with its domain where it is no standard one.</summary>
    public static string NameOf(NodeProto proto) =>
        proto.Domain is "" or "ai.onnx" ? proto.OpType : $"{proto.Domain}.{proto.OpType}";

    /// <summary>The name of an input; null where it is left out.</summary>
    public string? Input(int index) => index < Inputs.Count && Inputs[index].Length > 0 ? Inputs[index] : null;

    /// <summary>A number, as the shortest decimal that stands for the float.</summary>
    public double Float(string name, double otherwise) =>
        Attribute(name, AttributeKind.Float) is { } attribute ? ConstantTensor.Decimal(attribute.F) : otherwise;

    public long Int(string name, long otherwise) => Attribute(name, AttributeKind.Int)?.I ?? otherwise;

    public IReadOnlyList<string>? Texts(string name) => Attribute(name, AttributeKind.Texts) is { } attribute
        ? [.. attribute.Strings.Select(text => text.ToStringUtf8())]
        : null;

    public string Text(string name, string otherwise) =>
        Attribute(name, AttributeKind.Text)?.S.ToStringUtf8() ?? otherwise;

    public IReadOnlyList<long>? Ints(string name) => Attribute(name, AttributeKind.Ints)?.Ints;

    public IReadOnlyList<float>? Floats(string name) => Attribute(name, AttributeKind.Floats)?.Floats;

    public TensorProto? Tensor(string name) => Attribute(name, AttributeKind.Tensor)?.T;

    /// <summary>A constant that is an attribute; null if there is none.</summary>
    public ConstantTensor? Constant(string name) =>
        Tensor(name) is { } tensor ? ConstantTensor.Create(name, tensor, _file) : null;

    /// <summary>The exception for a node that is valid, but cannot be represented.</summary>
    public NotSupportedException Refuse(string reason) => new($"'{_file}', {this}: {reason}.");

    /// <summary>Calls a function, and turns its ArgumentException into a refusal of the node.</summary>
    public TResult Checked<TResult>(Func<TResult> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException exception)
        {
            throw Refuse(MessageText.Reason(exception));
        }
    }

    /// <summary>The exception for a node that is invalid.</summary>
    public InvalidDataException Damaged(string reason) => new($"'{_file}' is damaged: {this}: {reason}.");

    public override string ToString()
    {
        string name = _proto.Name.Length > 0 ? $", {MessageText.Quoted(_proto.Name)}," : "";
        return $"node {Position}{name} ({MessageText.Quoted(Operation).Trim('\'')})";
    }

    private AttributeProto? Attribute(string name, int kind)
    {
        AttributeProto? found = null;
        foreach (AttributeProto attribute in _proto.Attribute)
        {
            if (attribute.Name == name)
            {
                found = found is null ? attribute : throw Damaged($"it has the attribute '{name}' twice");
            }
        }

        // Very old files do not say the type; then the value tells it.
        return found is null || found.Type == kind || (found.Type == 0 && HasValue(found, kind))
            ? found
            : throw Damaged($"its attribute '{name}' is of another type");
    }

    private static bool HasValue(AttributeProto attribute, int kind) => kind switch
    {
        AttributeKind.Float => attribute.HasF,
        AttributeKind.Int => attribute.HasI,
        AttributeKind.Text => attribute.HasS,
        AttributeKind.Tensor => attribute.T is not null,
        AttributeKind.Floats => attribute.Floats.Count > 0,
        AttributeKind.Texts => attribute.Strings.Count > 0,
        _ => attribute.Ints.Count > 0,
    };
}
