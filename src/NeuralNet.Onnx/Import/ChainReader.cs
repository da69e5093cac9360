using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Operators;
using NeuralNet.Onnx.Import.Patterns;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import;

/// <summary>
/// Reads the layers between two values of a graph. It goes from node to node in their order. A value that several nodes
/// take begins an activation of several operators, a layer normalization, or a residual block.
/// </summary>
internal sealed class ChainReader<T>(ModelGraph graph, ParameterBudget budget)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The largest depth of residual blocks within each other.</summary>
    private const int MostBlocks = 32;

    /// <summary>
    /// The largest number of steps from value to value: it bounds the time of reading, not the networks of practice.
    /// </summary>
    private const int MostSteps = 10_000;

    private readonly IPattern<T>[] _patterns =
    [
        new ActivationPattern<T>(graph),
        new LayerNormalizationPattern<T>(graph, budget),
        new FlatteningPattern<T>(graph, budget),
    ];

    private int _steps;

    /// <summary>Reads the layers between the input of the graph and its output.</summary>
    /// <param name="layers">The layers so far, none.</param>
    /// <returns>The output.</returns>
    /// <exception cref="NotSupportedException">A part of the graph cannot be represented.</exception>
    /// <exception cref="InvalidDataException">A part of the graph makes no sense.</exception>
    public GraphValue Read(LayerChain<T> layers) => Read(graph.Input, graph.Output, layers, depth: 0);

    private GraphValue Read(GraphValue value, string to, LayerChain<T> layers, int depth)
    {
        while (value.Name != to)
        {
            if (++_steps > MostSteps)
            {
                throw graph.Refuse($"the network has more than {MostSteps} layers");
            }

            if (graph.Consumers(value.Name).Count == 0)
            {
                throw graph.Refuse(
                    $"the value {MessageText.Quoted(value.Name)} does not lead to {MessageText.Quoted(to)}");
            }

            value = ReadPattern(value, to, layers) ?? ReadBlock(value, depth, layers) ?? ReadOperator(value, layers);
        }

        return value;
    }

    private GraphValue? ReadPattern(GraphValue value, string end, LayerChain<T> layers)
    {
        foreach (IPattern<T> pattern in _patterns)
        {
            if (pattern.Read(value, end, layers) is GraphValue result)
            {
                return result;
            }
        }

        return null;
    }

    // a = x + F(x): the sum takes x; what lies between x and the other summand is F.
    private GraphValue? ReadBlock(GraphValue value, int depth, LayerChain<T> layers)
    {
        if (graph.Consumers(value.Name).LastOrDefault(node => Shortcut(node, value.Name) is not null) is not { } sum)
        {
            return null;
        }

        if (depth == MostBlocks)
        {
            throw sum.Refuse($"more than {MostBlocks} residual blocks lie within each other");
        }

        string other = Shortcut(sum, value.Name)!;
        graph.TakeShortcut(value.Name, sum);
        if (other != value.Name && graph.Consumers(other) is not [_])
        {
            throw sum.Refuse($"its summand {MessageText.Quoted(other)} goes elsewhere, too");
        }

        var call = new OperatorCall(graph, budget, sum, value);
        call.RequireKnown();
        var inner = new LayerChain<T>();
        GraphValue result = Read(value, other, inner, depth + 1);
        if (value.Layout is { } layout)
        {
            RequireSame(sum, layout, result, inner);
        }

        layers.Add(new ResidualPlan<T>(sum, inner.Plans));
        return call.Result;
    }

    // Both summands must lie in the same order in the network, too.
    private static void RequireSame(OnnxNode sum, SampleLayout layout, GraphValue result, LayerChain<T> inner)
    {
        Axis[] axes = layout.All;
        if (result.Layout is not { } other || other.Rank != layout.Rank
            || !Enumerable.Range(0, layout.Rank).All(
                d => Sizes(layout.Along(d)).SequenceEqual(Sizes(other.Along(d)))))
        {
            throw sum.Refuse("it adds values of different dimensions; a residual block adds one of its input's");
        }

        Axis[] others = other.All;
        if (ReferenceEquals(layout.Order, other.Order) && axes.SequenceEqual(others))
        {
            return;
        }

        if (!layout.Order.IsFixed)
        {
            layout.Order.Fix(layout.Order.Source, Axis.Product(axes));
        }

        inner.Arrange(sum, other, [.. layout.Order.Axes.Select(axis => new[] { others[Array.IndexOf(axes, axis)] })]);

        static IEnumerable<int> Sizes(Axis[] along) => along.Select(axis => axis.Size);
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
        bool isBlock = other == value || graph.Consumers(value).Count > 1;
        return isBlock && other.Length > 0 && graph.Constant(other) is null ? other : null;
    }

    private GraphValue ReadOperator(GraphValue value, LayerChain<T> layers)
    {
        IReadOnlyList<OnnxNode> consumers = graph.Consumers(value.Name);
        if (consumers is not [OnnxNode node])
        {
            throw consumers[^1].Refuse(
                $"the value {MessageText.Quoted(value.Name)} goes to {consumers.Count} nodes, which together are "
                + "no residual block x + F(x) and no known activation");
        }

        var call = new OperatorCall(graph, budget, node, value);
        call.RequireSingleValue();
        return OperatorRegistry<T>.Read(call, layers);
    }
}
