namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>
/// A checked graph: its constants, its one input, its one output, and the nodes between. The nodes stand in an order in
/// which they can be run, so the graph has no cycle.
/// </summary>
internal sealed class ModelGraph(
    string file,
    long opset,
    GraphValue input,
    string output,
    IReadOnlyDictionary<string, ConstantTensor> constants,
    ConsumerMap consumers)
{
    /// <summary>The version of the standard operators.</summary>
    public long Opset { get; } = opset;

    /// <summary>The value that the network begins with.</summary>
    public GraphValue Input { get; } = input;

    /// <summary>The name of the value that the network ends in.</summary>
    public string Output { get; } = output;

    /// <summary>
    /// The nodes that take a value on its way to the output and that no residual block has taken it from.
    /// </summary>
    public IReadOnlyList<OnnxNode> Consumers(string value) => consumers.Of(value);

    /// <summary>The node that takes a value which goes nowhere else; null where there is no such node.</summary>
    public OnnxNode? OnlyConsumer(string value) =>
        Consumers(value) is [OnnxNode node] && value != Output ? node : null;

    /// <summary>The constant of a name; null where the name is not that of a constant.</summary>
    public ConstantTensor? Constant(string? name) => name is null ? null : constants.GetValueOrDefault(name);

    /// <summary>A constant that is a single number; null where the name is not that of one.</summary>
    public double? Number(string? name) =>
        Constant(name) is { Problem: null, Count: 1 } constant ? constant.Scalar() : null;

    /// <summary>A constant that is a single whole number; null where the name is not that of one.</summary>
    public long? Integer(string? name) =>
        Constant(name) is { Problem: null, IsInteger: true, Count: 1 } constant ? constant.Integer(0) : null;

    /// <summary>
    /// Removes one of the consumers of a value; those that remain are the nodes within the residual block.
    /// </summary>
    public void TakeShortcut(string value, OnnxNode sum) => consumers.Remove(value, sum);

    /// <summary>An exception for a graph that may be right, but cannot be represented.</summary>
    public NotSupportedException Refuse(string reason) => new($"'{file}': {reason}.");
}
