namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>The nodes that take each value on the way to the outputs of a graph.</summary>
internal sealed class ConsumerMap
{
    private readonly Dictionary<string, List<OnnxNode>> _consumers = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _outputs;

    /// <summary>Finds the nodes that the outputs depend on and notes each at every value that it takes.</summary>
    /// <param name="nodes">The nodes, each behind those that it depends on.</param>
    /// <param name="constants">The constants, which are not noted.</param>
    /// <param name="outputs">The names of the outputs.</param>
    public ConsumerMap(
        IReadOnlyList<OnnxNode> nodes,
        IReadOnlyDictionary<string, ConstantTensor> constants,
        IReadOnlyList<string> outputs)
    {
        _outputs = outputs;
        var needed = new List<OnnxNode>();
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            OnnxNode node = nodes[i];
            if (!node.Outputs.Any(IsNeeded))
            {
                continue;
            }

            needed.Add(node);
            foreach (string input in node.Inputs.Where(input => input.Length > 0 && !constants.ContainsKey(input)))
            {
                Note(input, node);
            }
        }

        // Noted from behind; who asks goes forwards.
        needed.Reverse();
        Needed = needed;
        foreach (List<OnnxNode> consumers in _consumers.Values)
        {
            consumers.Reverse();
        }
    }

    /// <summary>The nodes that the outputs depend on, in their order.</summary>
    public IReadOnlyList<OnnxNode> Needed { get; }

    /// <summary>True if an output is this value or is computed from it.</summary>
    public bool IsNeeded(string value) => _outputs.Contains(value) || _consumers.ContainsKey(value);

    /// <summary>The nodes that take a value, in their order.</summary>
    public IReadOnlyList<OnnxNode> Of(string value) => _consumers.GetValueOrDefault(value) ?? [];

    private void Note(string value, OnnxNode node)
    {
        if (!_consumers.TryGetValue(value, out List<OnnxNode>? consumers))
        {
            _consumers.Add(value, consumers = []);
        }

        if (consumers.Count == 0 || consumers[^1] != node)
        {
            consumers.Add(node);
        }
    }
}
