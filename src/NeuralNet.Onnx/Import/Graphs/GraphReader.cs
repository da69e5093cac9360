using NeuralNet.Guards;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>Reads the graph of a model and checks that every name is defined once, before it is used.</summary>
internal sealed class GraphReader
{
    private const int OldestOpset = 7;
    private const int NewestOpset = 26;

    private readonly string _file;
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConstantTensor> _constants = new(StringComparer.Ordinal);
    private readonly List<ValueInfoProto> _inputs = [];
    private readonly List<OnnxNode> _nodes = [];

    private GraphReader(string file) => _file = file;

    /// <summary>Reads a graph.</summary>
    /// <param name="model">The model.</param>
    /// <param name="output">The name of the value that the network is to end in; null for the only output.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="InvalidDataException">The graph contradicts itself or the format.</exception>
    /// <exception cref="NotSupportedException">
    /// The graph has an unknown opset, or several inputs or outputs.
    /// </exception>
    public static ModelGraph Read(ModelProto model, string? output, string file) =>
        new GraphReader(file).Read(model, output);

    private ModelGraph Read(ModelProto model, string? wantedOutput)
    {
        GraphProto graph = model.Graph
            ?? throw new InvalidDataException($"'{_file}' is damaged, or no ONNX model: it has no graph.");
        long opset = ReadOpset(model);
        ReadInitializers(graph);
        ReadInputs(graph);
        ReadNodes(graph);
        string output = GraphEnds.Output(graph.Output, wantedOutput, _given.Contains, _file);
        var consumers = new ConsumerMap(_nodes, _constants, output);
        GraphValue input = GraphEnds.Input(_inputs, output, consumers, _file);
        return new(_file, opset, input, output, _constants, consumers);
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

        throw new InvalidDataException($"'{_file}' is damaged: it does not say which opset it has.");
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
        for (int i = 0; i < graph.Node.Count; i++)
        {
            var node = new OnnxNode(graph.Node[i], i, _file);
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

        foreach (string input in node.Inputs)
        {
            if (input.Length > 0 && !_given.Contains(input))
            {
                throw node.Damaged($"it takes {MessageText.Quoted(input)}, which nothing before it gives");
            }
        }

        if (node.Outputs.Count == 0 || node.Output.Length == 0)
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
        if (node.Operation == ConstantNode.Operation)
        {
            return ConstantTensor.Create(node.Output, ConstantNode.Value(node), _file);
        }

        ConstantTensor? source = Input(0);
        return IntegerFolding.Fold(node, Input)
            ?? (node.Operation == "Reshape"
                ? ConstantFolding.Reshape(node, source, Input(1))
                : ConstantFolding.Fold(node, source));

        ConstantTensor? Input(int index) =>
            node.Input(index) is string name ? _constants.GetValueOrDefault(name) : null;
    }
}
