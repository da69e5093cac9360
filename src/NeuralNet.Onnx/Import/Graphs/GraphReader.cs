using NeuralNet.Guards;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>
/// The graph of a model, checked: every name is defined once, and no node depends on itself. Its nodes may stand in any
/// order.
/// </summary>
internal sealed class GraphReader
{
    private const int OldestOpset = 6;
    private const int NewestOpset = 26;

    private readonly string _file;
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConstantTensor> _constants = new(StringComparer.Ordinal);
    private readonly List<ValueInfoProto> _inputs = [];
    private readonly List<OnnxNode> _nodes = [];

    /// <summary>Reads a graph.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="InvalidDataException">The graph contradicts itself or the format.</exception>
    /// <exception cref="NotSupportedException">The graph has an unknown opset.</exception>
    public GraphReader(ModelProto model, string file)
    {
        _file = file;
        GraphProto graph = model.Graph
            ?? throw new InvalidDataException($"'{_file}' is damaged, or no ONNX model: it has no graph.");
        Opset = ReadOpset(model);
        ReadInitializers(graph);
        ReadInputs(graph);
        ReadNodes(graph);
        Outputs = graph.Output;
        if (Outputs.Count == 0)
        {
            throw new InvalidDataException($"'{_file}' is damaged: its graph has no output.");
        }
    }

    /// <summary>The version of the standard operators.</summary>
    public long Opset { get; }

    /// <summary>The inputs that are no constants.</summary>
    public IReadOnlyList<ValueInfoProto> Inputs => _inputs;

    /// <summary>The outputs.</summary>
    public IReadOnlyList<ValueInfoProto> Outputs { get; }

    /// <summary>The nodes, each behind those that it depends on, without those whose result is a constant.</summary>
    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    /// <summary>The constant of a name; null if it is not one.</summary>
    public ConstantTensor? Constant(string name) => _constants.GetValueOrDefault(name);

    /// <summary>True if there is a value of a name.</summary>
    public bool Gives(string name) => _given.Contains(name);

    /// <summary>The part of the graph that computes some values.</summary>
    public ModelGraph GraphOf(IReadOnlyList<string> outputs)
    {
        var consumers = new ConsumerMap(_nodes, _constants, outputs);
        return new(_file, Opset, consumers.Needed, outputs, _constants, consumers);
    }

    private long ReadOpset(ModelProto model)
    {
        foreach (OperatorSetIdProto opset in model.OpsetImport)
        {
            if (opset.Domain is "" or "ai.onnx")
            {
                return opset.Version is >= OldestOpset and <= NewestOpset
                    ? opset.Version
                    : throw new NotSupportedException(
                        $"'{_file}' has opset {opset.Version}; {OldestOpset} to {NewestOpset} are known.");
            }
        }

        // As in ONNX Runtime: who names other operators only has the newest of the standard ones.
        return model.OpsetImport.Count > 0
            ? NewestOpset
            : throw new InvalidDataException($"'{_file}' is damaged: it does not say which opset it has.");
    }

    private void ReadInitializers(GraphProto graph)
    {
        foreach (TensorProto tensor in graph.Initializer)
        {
            Define(tensor.Name, "an initializer");
            _constants.Add(tensor.Name, ConstantTensor.Create(tensor.Name, tensor, _file));
        }
    }

    // Before version 4 of the format, every initializer was an input, too.
    private void ReadInputs(GraphProto graph)
    {
        foreach (ValueInfoProto input in graph.Input)
        {
            if (!_constants.ContainsKey(input.Name))
            {
                Define(input.Name, "an input");
                _inputs.Add(input);
            }
        }
    }

    private void ReadNodes(GraphProto graph)
    {
        OnnxNode[] nodes = [.. graph.Node.Select((proto, i) => new OnnxNode(proto, i, _file))];
        foreach (OnnxNode node in NodeOrder.Sort(nodes, [.. _given]))
        {
            RequireNames(node);
            if (Constant(node) is ConstantTensor constant)
            {
                _constants.Add(node.Output, constant);
            }
            else
            {
                _nodes.Add(node);
            }
        }
    }

    private void RequireNames(OnnxNode node)
    {
        if (node.Operation.Length == 0)
        {
            throw node.Damaged("it has no operator");
        }

        if (node.Outputs.All(output => output.Length == 0))
        {
            throw node.Damaged("it gives nothing");
        }

        foreach (string output in node.Outputs)
        {
            if (output.Length > 0)
            {
                Define(output, node);
            }
        }
    }

    private void Define(string name, object what)
    {
        if (name.Length == 0 || !_given.Add(name))
        {
            string problem = name.Length == 0 ? "no name" : $"the name {MessageText.Quoted(name)}, which is taken";
            throw new InvalidDataException($"'{_file}' is damaged: {what} has {problem}.");
        }
    }

    private ConstantTensor? Constant(OnnxNode node)
    {
        if (node.Output.Length == 0)
        {
            return null;
        }

        if (node.Operation == ConstantNode.Operation)
        {
            return ConstantTensor.Create(node.Output, ConstantNode.Value(node), _file);
        }

        // Numbers of the type of a value, which is the network's.
        if (node.Operation == "CastLike"
            && Input(0) is { Problem: null } like && Input(1) is null or { IsInteger: false })
        {
            return like.IsInteger
                ? ConstantTensor.Of(node.Output, like.ToArray(), like.Dimensions)
                : like.Renamed(node.Output);
        }

        return ConstantFolding.Fold(node, Opset, Input);

        ConstantTensor? Input(int index) =>
            node.Input(index) is string name ? _constants.GetValueOrDefault(name) : null;
    }
}
