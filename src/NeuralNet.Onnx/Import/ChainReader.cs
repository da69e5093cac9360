using System.Numerics;
using NeuralNet.Activations;

namespace NeuralNet.Onnx.Import;

/// <summary>
/// The layers between two values of a graph. It goes from node to node in their order, and where a value goes several ways,
/// these are an activation of several operators, a layer normalization, or a residual block.
/// </summary>
internal sealed class ChainReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How deep residual blocks may be within each other.</summary>
    private const int MostBlocks = 32;

    /// <summary>How many steps from value to value a network may have: a bound on time rather than on use.</summary>
    private const int MostSteps = 10_000;

    private readonly GraphReader _graph;
    private readonly OperatorReader<T> _operators;
    private readonly FormulaReader _formulas;
    private readonly LayerNormalizationReader<T> _normalizations;
    private readonly FlatteningReader<T> _flattenings;

    private int _steps;

    public ChainReader(GraphReader graph, ParameterBudget budget)
    {
        _graph = graph;
        _operators = new(graph, budget);
        _formulas = new(graph);
        _normalizations = new(graph, _operators);
        _flattenings = new(graph, _operators);
    }

    /// <summary>The layers between the input of the graph and its output.</summary>
    /// <exception cref="NotSupportedException">A part of the graph cannot be represented.</exception>
    /// <exception cref="InvalidDataException">A part of the graph makes no sense.</exception>
    public List<LayerPlan<T>> Read() => Read(_graph.Input, _graph.Output, depth: 0);

    private List<LayerPlan<T>> Read(string from, string to, int depth)
    {
        List<LayerPlan<T>> layers = [];
        string value = from;
        while (value != to)
        {
            List<OnnxNode> consumers = _graph.Consumers(value);
            if (++_steps > MostSteps)
            {
                throw _graph.Refuse($"the network has more than {MostSteps} layers");
            }

            if (consumers.Count == 0)
            {
                throw _graph.Refuse($"the value {Quoted.Name(value)} does not lead to {Quoted.Name(to)}");
            }

            if (_formulas.Find(value, to) is (IActivation activation, string result))
            {
                OperatorReader<T>.Add(consumers[0], activation, layers);
                value = result;
            }
            else if (_normalizations.Read(value, layers) is string normalized)
            {
                value = normalized;
            }
            else if (_flattenings.Read(value, layers) is string flattened)
            {
                value = flattened;
            }
            else if (consumers.LastOrDefault(node => Shortcut(node, value) is not null) is { } sum)
            {
                value = ReadBlock(sum, value, depth, layers);
            }
            else if (consumers.Count == 1)
            {
                RequireSingleValue(consumers[0], value);
                _operators.Read(consumers[0], value, layers);
                value = consumers[0].Output;
            }
            else
            {
                throw consumers[^1].Refuse(
                    $"the value {Quoted.Name(value)} goes to {consumers.Count} nodes, which together are no residual block "
                    + "x + F(x) and no known activation");
            }
        }

        return layers;
    }

    // a = x + F(x): the sum takes x; what lies between x and the other summand is F.
    private string ReadBlock(OnnxNode sum, string value, int depth, List<LayerPlan<T>> layers)
    {
        if (depth == MostBlocks)
        {
            throw sum.Refuse($"more than {MostBlocks} residual blocks lie within each other");
        }

        string other = Shortcut(sum, value)!;
        _graph.Consumers(value).Remove(sum);
        if (other != value && _graph.Consumers(other) is not [_])
        {
            throw sum.Refuse($"its summand {Quoted.Name(other)} goes elsewhere, too");
        }

        _operators.RequireFlat(sum);
        layers.Add(new ResidualPlan<T>(sum, Read(value, other, depth + 1)));
        return sum.Output;
    }

    // The other summand, if a node adds a value to another one that depends on the input.
    private string? Shortcut(OnnxNode node, string value)
    {
        if (node.Operation is not ("Add" or "Sum") || node.Inputs.Count != 2 || !node.Inputs.Contains(value))
        {
            return null;
        }

        string other = node.Inputs[0] == value ? node.Inputs[1] : node.Inputs[0];

        // At its only consumer a value is the other summand, F(x), of a block that began elsewhere or nowhere.
        bool isBlock = other == value || _graph.Consumers(value).Count > 1;
        return isBlock && other.Length > 0 && _graph.Constant(other) is null ? other : null;
    }

    private void RequireSingleValue(OnnxNode node, string value)
    {
        foreach (string input in node.Inputs)
        {
            if (input.Length > 0 && input != value && _graph.Constant(input) is null)
            {
                throw node.Refuse(
                    $"it takes two values that are no constants, {Quoted.Name(value)} and {Quoted.Name(input)}, which no layer does");
            }
        }

        if (node.Inputs.Count(input => input == value) != 1)
        {
            throw node.Refuse($"it takes the value {Quoted.Name(value)} more than once, which no layer does");
        }
    }
}
