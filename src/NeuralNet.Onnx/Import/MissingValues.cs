using NeuralNet.Guards;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import;

/// <summary>
/// Takes the operators that replace missing values out of a graph, where they stand directly behind its inputs: an
/// Imputer, as scikit-learn's converter writes it, or Where(IsNaN(x), c, x).
/// </summary>
/// <remarks>A network computes with finite numbers; what stands for missing ones is put in before it.</remarks>
internal sealed class MissingValues
{
    private readonly GraphProto _graph;
    private readonly string _file;
    private readonly Dictionary<string, NodeProto> _producers = new(StringComparer.Ordinal);
    private readonly ILookup<string, NodeProto> _consumers;
    private readonly HashSet<string> _inputs;
    private readonly Dictionary<string, TensorProto> _initializers = new(StringComparer.Ordinal);

    private MissingValues(ModelProto model, string file)
    {
        _graph = model.Graph;
        _file = file;
        foreach (TensorProto tensor in _graph.Initializer)
        {
            _initializers.TryAdd(tensor.Name, tensor);
        }

        foreach (NodeProto node in _graph.Node)
        {
            foreach (string output in node.Output)
            {
                _producers.TryAdd(output, node);
            }
        }

        _inputs = [.. _graph.Input.Select(input => input.Name).Where(name => !_initializers.ContainsKey(name))];
        _consumers = _graph.Node
            .SelectMany(node => node.Input.Distinct().Select(input => (Input: input, Node: node)))
            .ToLookup(one => one.Input, one => one.Node, StringComparer.Ordinal);
    }

    /// <summary>Takes them out.</summary>
    /// <param name="model">The model, whose graph then passes on what they replaced.</param>
    /// <param name="file">The file, for messages.</param>
    /// <returns>
    /// Groups of inputs, one behind the other, each with a replacement for every feature, or one for all.
    /// </returns>
    /// <exception cref="NotSupportedException">Something else than NaN is replaced.</exception>
    public static IReadOnlyList<(IReadOnlyList<string> Inputs, double[] Replacements)> TakeOut(
        ModelProto model, string file)
    {
        if (model.Graph is null)
        {
            return [];
        }

        var values = new MissingValues(model, file);
        var found = new List<(IReadOnlyList<string>, double[])>();
        for (int i = 0; i < model.Graph.Node.Count; i++)
        {
            if (values.Read(model.Graph.Node[i], i) is { } group)
            {
                found.Add(group);
            }
        }

        return found;
    }

    private (IReadOnlyList<string> Inputs, double[] Replacements)? Read(NodeProto node, int position)
    {
        string? value = null;
        double[]? replacements = null;
        if (OnnxNode.NameOf(node) == "ai.onnx.ml.Imputer" && node.Input is [{ } imputed])
        {
            value = imputed;
            replacements = Sources(value, [node]) is null ? null : Imputed(new(node, position, _file));
        }
        else if (node is { OpType: "Where", Input: [{ } condition, { } constant, { } chosen] }
            && _producers.GetValueOrDefault(condition) is { OpType: "IsNaN", Input: [{ } tested] } isNaN
            && tested == chosen && _initializers.TryGetValue(constant, out TensorProto? tensor)
            && Sources(chosen, [node, isNaN]) is not null)
        {
            value = chosen;
            replacements = ConstantTensor.Create(constant, tensor, _file) is { Problem: null } numbers
                ? [.. Enumerable.Range(0, numbers.Count).Select(numbers.Element)]
                : null;
        }

        if (replacements is null)
        {
            return null;
        }

        IReadOnlyList<string> inputs = Sources(value!, null)!;
        node.OpType = "Identity";
        node.Domain = "";
        node.Attribute.Clear();
        node.Input.Clear();
        node.Input.Add(value);
        return (inputs, replacements);
    }

    // The inputs that a value is, one behind the other; null if it is something else, or other operators take them.
    private List<string>? Sources(string value, NodeProto[]? consumers)
    {
        if (consumers is not null && !_consumers[value].ToHashSet().SetEquals(consumers))
        {
            return null;
        }

        if (_inputs.Contains(value))
        {
            return [value];
        }

        NodeProto? node = _producers.GetValueOrDefault(value);
        bool passes = node is not null && OnnxNode.NameOf(node)
            is "Identity" or "Cast" or "Concat" or "ai.onnx.ml.FeatureVectorizer";
        if (!passes || (node!.OpType == "Concat" && node.Attribute.FirstOrDefault(one => one.Name == "axis")?.I == 0))
        {
            return null;
        }

        var all = new List<string>();
        foreach (string input in node.Input)
        {
            if (Sources(input, consumers is null ? null : [node]) is not { } part)
            {
                return null;
            }

            all.AddRange(part);
        }

        return all.Count > 0 && all.Distinct(StringComparer.Ordinal).Count() == all.Count ? all : null;
    }

    private static double[] Imputed(OnnxNode node)
    {
        double[] values =
        [
            .. (node.Floats("imputed_value_floats") ?? []).Select(value => (double)value),
            .. (node.Ints("imputed_value_int64s") ?? []).Select(value => (double)value),
        ];
        if (values.Length == 0 || !Array.TrueForAll(values, double.IsFinite))
        {
            throw node.Refuse(
                $"it has {Quantity.Of(values.Length, "replacement")}, which must be finite numbers, at least one");
        }

        double replaced = node.Floats("imputed_value_floats") is { Count: > 0 }
            ? node.Float("replaced_value_float", 0)
            : node.Int("replaced_value_int64", 0);
        return double.IsNaN(replaced)
            ? values
            : throw node.Refuse(FormattableString.Invariant(
                $"it replaces {replaced}, but an {nameof(Preprocessing.Imputation)} NaN: export the model with NaN ")
                + "for missing values");
    }
}
