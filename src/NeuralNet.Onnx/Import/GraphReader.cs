using Google.Protobuf.Collections;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import;

/// <summary>
/// A graph whose names all make sense: its constants by name, and the nodes between its one input and its one output, in
/// their order. As that order must be one in which the graph can be run, no circle gets past it.
/// </summary>
internal sealed class GraphReader
{
    private const int OldestOpset = 7;
    private const int NewestOpset = 26;

    private readonly string _file;
    private readonly Dictionary<string, ConstantTensor> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<OnnxNode>> _consumers = new(StringComparer.Ordinal);
    private readonly List<OnnxNode> _nodes = [];

    public GraphReader(ModelProto model, string? output, string file)
    {
        _file = file;
        GraphProto graph = model.Graph
            ?? throw new InvalidDataException($"'{file}' is damaged, or no ONNX model: it has no graph.");
        Opset = ReadOpset(model);
        var given = new HashSet<string>(StringComparer.Ordinal);
        ReadInitializers(graph, given);
        List<ValueInfoProto> inputs = ReadInputs(graph, given);
        ReadNodes(graph, given);
        Output = ChooseOutput(graph, output, given);
        HashSet<string> needed = Connect();
        (Input, Shape) = ChooseInput(inputs, needed);
    }

    /// <summary>The version of the standard operators.</summary>
    public long Opset { get; }

    /// <summary>The name of the value that the network begins with.</summary>
    public string Input { get; }

    /// <summary>The input's dimensions, −1 for one that is open; null where the file does not say.</summary>
    public IReadOnlyList<long>? Shape { get; }

    /// <summary>The name of the value that the network ends in.</summary>
    public string Output { get; }

    /// <summary>The nodes that take a value on its way to the output.</summary>
    public List<OnnxNode> Consumers(string value) => _consumers.GetValueOrDefault(value) ?? [];

    /// <summary>The constant of a name; null where the name is not that of a constant.</summary>
    public ConstantTensor? Constant(string? name) => name is null ? null : _constants.GetValueOrDefault(name);

    /// <summary>A refusal of what is right, but cannot be represented.</summary>
    public NotSupportedException Refuse(string reason) => new($"'{_file}': {reason}.");

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

    private void ReadInitializers(GraphProto graph, HashSet<string> given)
    {
        foreach (TensorProto tensor in graph.Initializer)
        {
            Define(tensor.Name, "an initializer", given);
            _constants.Add(tensor.Name, ConstantTensor.Create(tensor.Name, tensor, _file));
        }
    }

    // Before version 4 of the format, every initializer was an input, too.
    private List<ValueInfoProto> ReadInputs(GraphProto graph, HashSet<string> given)
    {
        List<ValueInfoProto> inputs = [];
        foreach (ValueInfoProto input in graph.Input)
        {
            if (!_constants.ContainsKey(input.Name))
            {
                Define(input.Name, "an input", given);
                inputs.Add(input);
            }
        }

        return inputs;
    }

    private void ReadNodes(GraphProto graph, HashSet<string> given)
    {
        for (int i = 0; i < graph.Node.Count; i++)
        {
            var node = new OnnxNode(graph.Node[i], i, _file);
            if (node.Operation.Length == 0)
            {
                throw node.Damaged("it has no operator");
            }

            foreach (string input in node.Inputs)
            {
                if (input.Length > 0 && !given.Contains(input))
                {
                    throw node.Damaged($"it takes {Quoted.Name(input)}, which nothing before it gives");
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
                    Define(output, node, given);
                }
            }

            if (Fold(node) is ConstantTensor constant)
            {
                _constants.Add(node.Output, constant);
            }
            else
            {
                _nodes.Add(node);
            }
        }
    }

    private void Define(string name, object what, HashSet<string> given)
    {
        if (name.Length == 0 || !given.Add(name))
        {
            throw new InvalidDataException(
                $"'{_file}' is damaged: {what} has {(name.Length == 0 ? "no name" : $"the name {Quoted.Name(name)}, which is taken")}.");
        }
    }

    // What gives a constant: it is another view of the same bytes.
    private ConstantTensor? Fold(OnnxNode node)
    {
        if (node.Operation == "Constant")
        {
            return ConstantTensor.Create(node.Output, ConstantValue(node), _file);
        }

        ConstantTensor? source = Constant(node.Input(0));
        if (source is null || node.Inputs.Count != 1)
        {
            return null;
        }

        return node.Operation switch
        {
            "Identity" => source.Renamed(node.Output),
            "Cast" when node.Int("to", 0) is ElementKind.Float or ElementKind.Double && !source.IsInteger =>
                source.Renamed(node.Output),
            "Transpose" when source.Dimensions.Count <= 2 => IsUnmoved(node, source)
                ? source.Renamed(node.Output)
                : source.Transposed(node.Output),
            _ => null,
        };
    }

    private static bool IsUnmoved(OnnxNode node, ConstantTensor source)
    {
        IReadOnlyList<long>? order = node.Ints("perm");
        if (order is null)
        {
            return false;
        }

        bool isUnmoved = order.SequenceEqual(Enumerable.Range(0, source.Dimensions.Count).Select(axis => (long)axis));
        return isUnmoved || order.SequenceEqual([1L, 0L])
            ? isUnmoved
            : throw node.Damaged($"it reorders the axes of {source} as [{string.Join(", ", order.Take(8))}]");
    }

    private static TensorProto ConstantValue(OnnxNode node)
    {
        if (node.Tensor("value") is TensorProto tensor)
        {
            return tensor;
        }

        var value = new TensorProto { DataType = ElementKind.Float };
        if (node.Floats("value_floats") is { } floats)
        {
            value.Dims.Add(floats.Count);
            value.FloatData.Add(floats);
        }
        else if (node.Ints("value_ints") is { } ints)
        {
            value.DataType = ElementKind.Int64;
            value.Dims.Add(ints.Count);
            value.Int64Data.Add(ints);
        }
        else if (!double.IsNaN(node.Float("value_float", double.NaN)))
        {
            value.FloatData.Add((float)node.Float("value_float", 0));
        }
        else if (node.Int("value_int", long.MinValue) is not long.MinValue and long number)
        {
            value.DataType = ElementKind.Int64;
            value.Int64Data.Add(number);
        }
        else
        {
            // A text, a sparse tensor: what it is does not matter, unless it is used.
            value.DataType = 0;
        }

        return value;
    }

    private string ChooseOutput(GraphProto graph, string? wanted, HashSet<string> given)
    {
        RepeatedField<ValueInfoProto> outputs = graph.Output;
        if (wanted is null && outputs.Count != 1)
        {
            string message = outputs.Count == 0
                ? $"'{_file}' is damaged: its graph has no output."
                : $"'{_file}' has the outputs {Quoted.Names(outputs.Select(value => value.Name), outputs.Count)}: "
                + $"say in {nameof(OnnxImportOptions)}.{nameof(OnnxImportOptions.OutputName)} which one the network ends in.";
            throw outputs.Count == 0 ? new InvalidDataException(message) : new NotSupportedException(message);
        }

        string name = wanted ?? outputs[0].Name;
        if (!given.Contains(name))
        {
            throw new InvalidDataException(
                $"'{_file}': there is no value {Quoted.Name(name)}"
                + (wanted is null ? ", which its graph should end in." : "; its outputs are ")
                + (wanted is null ? "" : $"{Quoted.Names(outputs.Select(value => value.Name), outputs.Count)}."));
        }

        return name;
    }

    // From the output backwards, for nodes stand behind what they take. Each is noted at every value that it takes.
    private HashSet<string> Connect()
    {
        var needed = new HashSet<string>(StringComparer.Ordinal) { Output };
        for (int i = _nodes.Count - 1; i >= 0; i--)
        {
            OnnxNode node = _nodes[i];
            if (!node.Outputs.Any(needed.Contains))
            {
                continue;
            }

            foreach (string input in node.Inputs.Where(input => input.Length > 0 && !_constants.ContainsKey(input)))
            {
                needed.Add(input);
                if (!_consumers.TryGetValue(input, out List<OnnxNode>? consumers))
                {
                    _consumers.Add(input, consumers = []);
                }

                if (consumers.Count == 0 || consumers[^1] != node)
                {
                    consumers.Add(node);
                }
            }
        }

        // Noted from behind; the walk goes forwards.
        foreach (List<OnnxNode> consumers in _consumers.Values)
        {
            consumers.Reverse();
        }

        return needed;
    }

    private (string Input, long[]? Shape) ChooseInput(List<ValueInfoProto> inputs, HashSet<string> needed)
    {
        List<ValueInfoProto> used = [.. inputs.Where(input => needed.Contains(input.Name))];
        if (used.Count != 1)
        {
            throw new NotSupportedException(
                used.Count == 0
                    ? $"'{_file}': its output {Quoted.Name(Output)} depends on no input."
                    : $"'{_file}': its output {Quoted.Name(Output)} depends on the inputs "
                    + $"{Quoted.Names(used.Select(value => value.Name), used.Count)}; a network has one input.");
        }

        ValueInfoProto input = used[0];
        TypeProto.Types.Tensor? type = input.Type?.TensorType;
        if (type is not null && type.ElemType is not (0 or ElementKind.Float or ElementKind.Double))
        {
            throw new NotSupportedException(
                $"'{_file}': its input {Quoted.Name(input.Name)} is of {ElementKind.Name(type.ElemType)}, not of float or double.");
        }

        long[]? shape = type?.Shape is null
            ? null
            : [.. type.Shape.Dim.Select(dimension => dimension.HasDimValue && dimension.DimValue > 0 ? dimension.DimValue : -1)];
        return (input.Name, shape);
    }
}
