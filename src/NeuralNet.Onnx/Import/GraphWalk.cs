using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Operators;
using NeuralNet.Onnx.Import.Patterns;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import;

/// <summary>
/// Goes through the nodes of a graph in their order and finds for each value how the network computes it.
/// </summary>
internal sealed class GraphWalk<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The largest number of nodes: it bounds the time of reading, not the networks of practice.</summary>
    private const int MostNodes = 10_000;

    private readonly Dictionary<string, GraphValue> _values = new(StringComparer.Ordinal);
    private readonly HashSet<OnnxNode> _done = [];
    private readonly Dictionary<int, GraphValue> _nothing = [];
    private readonly ShapeArithmetic _shapes;
    private readonly IPattern<T>[] _patterns;
    private readonly ModelGraph _graph;
    private readonly ParameterBudget _budget;

    /// <summary>Makes ready to go through a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="budget">The number of parameters that the network may have.</param>
    public GraphWalk(ModelGraph graph, ParameterBudget budget)
    {
        _graph = graph;
        _budget = budget;
        _shapes = new(graph, _values.GetValueOrDefault);

        // All but the first begin at a value that several operators take.
        _patterns =
        [
            new ActivationPattern<T>(graph),
            new LayerNormalizationPattern<T>(graph),
            new LeakyReluPattern<T>(graph),
            new ThresholdPattern<T>(graph),
        ];
    }

    /// <summary>Finds the values of the outputs.</summary>
    /// <param name="inputs">The inputs of the network.</param>
    /// <returns>The values in the order of the graph's outputs; null for one that is a constant.</returns>
    /// <exception cref="NotSupportedException">A part of the graph cannot be represented.</exception>
    /// <exception cref="InvalidDataException">A part of the graph makes no sense.</exception>
    public IReadOnlyList<GraphValue?> Read(IReadOnlyList<SampleValue<T>> inputs)
    {
        if (_graph.Nodes.Count > MostNodes)
        {
            throw _graph.Refuse($"the network has more than {MostNodes} operators");
        }

        foreach (SampleValue<T> input in inputs)
        {
            Set(input);
        }

        foreach (OnnxNode node in _graph.Nodes)
        {
            if (!_done.Contains(node))
            {
                Read(node);
            }
        }

        return [.. _graph.Outputs.Select(_values.GetValueOrDefault)];
    }

    private void Read(OnnxNode node)
    {
        GraphValue[] taken =
        [
            .. node.Inputs.Where(input => input.Length > 0 && _graph.Constant(input) is null).Select(Value),
        ];
        bool joins = node.Operation == "Concat" && Array.Exists(taken, value => value is DecisionValue<T>);
        if (joins || Array.Exists(taken, value => value is DecisionValue<T> { IsDraw: true }))
        {
            Set(OfBases(node, taken, joins));
        }
        else if (NotComputed<T>.Read(node, taken) is { } decision)
        {
            Set(decision);
        }
        else if (taken.Length == 1 && node.Operation is "Shape" or "Size" && taken[0] is SampleValue<T> source)
        {
            Set(ShapeArithmetic.Of(node, source));
        }
        else if (UniformReader.Read(_graph, node, taken) is { } uniform)
        {
            Set(uniform);
        }
        else if (taken.Length > 0 && Array.TrueForAll(taken, value => value is ShapeValue))
        {
            Set(_shapes.Read(node));
        }
        else
        {
            ReadOperator(node, [.. taken.OfType<SampleValue<T>>()]);
        }
    }

    // Decisions that are joined, as those of several actions are, and what is computed of draws: their bases are.
    private DecisionValue<T> OfBases(OnnxNode node, GraphValue[] taken, bool joins)
    {
        SampleValue<T>[] bases =
        [
            .. taken.Select(value => value switch
            {
                SampleValue<T> computed => computed with { IsShared = true },
                DecisionValue<T> decision when decision.IsDraw || joins =>
                    decision.Basis with { Name = decision.Name, IsShared = true },
                _ => throw node.Refuse("it takes decisions and other values, which a network does not compute"),
            }),
        ];
        var call = new OperatorCall<T>(_graph, _budget, node, bases[0]) { Values = bases, Shapes = _shapes };
        return OperatorRegistry<T>.Read(call) is SampleValue<T> basis
            ? new(node.Output, basis, string.Join(", ", taken.Select(Origin)))
            {
                IsDraw = Array.TrueForAll(taken, value => value is not DecisionValue<T> { IsDraw: false }),
            }
            : throw node.Refuse("it takes a draw, which a network does not compute");

        static string Origin(GraphValue value) => value is DecisionValue<T> decision ? decision.Origin : value.Name;
    }

    private void ReadOperator(OnnxNode node, SampleValue<T>[] values)
    {
        if (values.Length == 0)
        {
            throw node.Refuse("it depends on no input of the network, and is none of the constants that are computed");
        }

        SampleValue<T>[] marked =
        [
            .. values.Select(value => value with
            {
                IsShared = value.IsShared || _graph.OnlyConsumer(value.Name) is null,
            }),
        ];
        var call = new OperatorCall<T>(_graph, _budget, node, marked[0]) { Values = marked, Shapes = _shapes };
        if (node.Output.Length > 0)
        {
            Set(OperatorRegistry<T>.Read(call));
        }
        else
        {
            OperatorRegistry<T>.Read(call);
        }

        foreach ((int place, GraphValue result) in call.Further ?? _nothing)
        {
            if (place < node.Outputs.Count && node.Outputs[place].Length > 0)
            {
                Set(result with { Name = node.Outputs[place] });
            }
        }
    }

    private GraphValue Value(string name) => _values.GetValueOrDefault(name) ?? throw _graph.Refuse(
        $"the value {MessageText.Quoted(name)} is used, which its operator gives beside its first one");

    private void Set(GraphValue value)
    {
        _values[value.Name] = value;
        if (value is SampleValue<T> samples)
        {
            ReadPattern(samples);
        }
    }

    // Several groups may begin at a value, in branches beside each other.
    private void ReadPattern(SampleValue<T> value)
    {
        int count = _graph.Consumers(value.Name).Count > 1 ? _patterns.Length : 1;
        for (int i = 0; i < count;)
        {
            PatternMatch<T>? match = _patterns[i].Find(value.Name, _done);
            if (match is null || !TryRead(match, value))
            {
                i++;
            }
        }
    }

    private bool TryRead(PatternMatch<T> match, SampleValue<T> value)
    {
        bool isShared = value.IsShared || _graph.IsOutput(value.Name)
            || _graph.Consumers(value.Name).Any(node => !match.Nodes.Contains(node));
        var call = new OperatorCall<T>(_graph, _budget, match.Nodes[^1], value with { IsShared = isShared })
        {
            Shapes = _shapes,
        };
        if (match.Read(call) is not { } result)
        {
            return false;
        }

        _done.UnionWith(match.Nodes);
        Set(result);
        return true;
    }
}
