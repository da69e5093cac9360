namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>
/// A checked graph: its constants and the nodes that chosen outputs depend on, each behind those that it depends on, so
/// that the graph has no cycle.
/// </summary>
/// <param name="file">The file, for messages.</param>
/// <param name="opset">The version of the standard operators.</param>
/// <param name="nodes">The nodes.</param>
/// <param name="outputs">The names of the values that the network ends in.</param>
/// <param name="constants">The constants by their names.</param>
/// <param name="consumers">The nodes that take each value.</param>
internal sealed class ModelGraph(
    string file,
    long opset,
    IReadOnlyList<OnnxNode> nodes,
    IReadOnlyList<string> outputs,
    IReadOnlyDictionary<string, ConstantTensor> constants,
    ConsumerMap consumers)
{
    /// <summary>The version of the standard operators.</summary>
    public long Opset => opset;

    /// <summary>The nodes that the outputs depend on, each behind those that it depends on.</summary>
    public IReadOnlyList<OnnxNode> Nodes => nodes;

    /// <summary>The names of the values that the network ends in.</summary>
    public IReadOnlyList<string> Outputs => outputs;

    /// <summary>The number of samples that the file is made for; 0 if it is open.</summary>
    public long DeclaredBatch { get; set; }

    /// <summary>True if the network ends in a value.</summary>
    public bool IsOutput(string value) => outputs.Contains(value);

    /// <summary>True if an output is this value or is computed from it.</summary>
    public bool IsNeeded(string value) => consumers.IsNeeded(value);

    /// <summary>The nodes that take a value on its way to the outputs.</summary>
    public IReadOnlyList<OnnxNode> Consumers(string value) => consumers.Of(value);

    /// <summary>
    /// The node that takes a value, once, which goes nowhere else; null where there is no such node.
    /// </summary>
    public OnnxNode? OnlyConsumer(string value) =>
        Consumers(value) is [OnnxNode node] && !IsOutput(value) && node.Inputs.Count(input => input == value) == 1
            ? node
            : null;

    /// <summary>The constant of a name; null where the name is not that of a constant.</summary>
    public ConstantTensor? Constant(string? name) => name is null ? null : constants.GetValueOrDefault(name);

    /// <summary>
    /// A constant that is a single number, without more dimensions than any value has; null where the name is not that
    /// of one.
    /// </summary>
    public double? Number(string? name) =>
        Constant(name) is { Problem: null, Count: 1, Dimensions.Count: <= 1 } constant ? constant.Scalar() : null;

    /// <summary>A constant that is a single whole number; null where the name is not that of one.</summary>
    public long? Integer(string? name) =>
        Constant(name) is { Problem: null, IsInteger: true, Count: 1 } constant ? constant.Integer(0) : null;

    /// <summary>An exception for a graph that may be right, but cannot be represented.</summary>
    public NotSupportedException Refuse(string reason) => new($"'{file}': {reason}.");
}
