using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Operators;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import.Patterns;

/// <summary>Finds groups of nodes that are an activation, by their formula.</summary>
internal sealed class FormulaReader(ModelGraph graph)
{
    /// <summary>The most nodes that are read; the tanh form of GELU has nine, and others may stand beside.</summary>
    private const int MostNodes = 24;

    /// <summary>The most nodes behind one value that are looked at.</summary>
    private const int MostConsumers = 16;

    /// <summary>
    /// Finds the longest group of nodes behind a value that computes an activation of it and passes on nothing but the
    /// result. Gives the activation and the nodes, the last of which gives the result; null if there is none.
    /// </summary>
    public (KnownActivation Activation, IReadOnlyList<OnnxNode> Nodes)? Find(string value, IReadOnlySet<OnnxNode> done)
    {
        if (!MayBegin(graph.Consumers(value)))
        {
            return null;
        }

        var formulas = new Dictionary<string, Formula>(StringComparer.Ordinal) { [value] = Formula.Variable };
        var read = new Dictionary<string, OnnxNode>(StringComparer.Ordinal);
        var open = new SortedDictionary<int, OnnxNode>();
        (KnownActivation Activation, IReadOnlyList<OnnxNode> Nodes)? found = null;
        Open(value, done, open);
        while (open.Count > 0 && read.Count < MostNodes)
        {
            (int position, OnnxNode node) = open.First();
            open.Remove(position);

            // A factor after a factor is no activation, but might be a long way of them.
            if (node.Outputs.Count != 1 || formulas.ContainsKey(node.Output)
                || Read(node, formulas) is not { IsTooLarge: false } formula
                || (formula.IsScaled && !node.Inputs.Contains(value) && node.Operation != "Cast"))
            {
                continue;
            }

            read.Add(node.Output, node);
            formulas.Add(node.Output, formula);
            Open(node.Output, done, open);
            if (read.Count > 1 && KnownFormulas.Find(formula) is { } activation
                && Group(node, read) is { Count: > 1 } group && group.Count > (found?.Nodes.Count ?? 0))
            {
                found = (activation, group);
            }
        }

        return found;
    }

    // The nodes that the result of one is computed by; null if something else takes what one of the others gives.
    private List<OnnxNode>? Group(OnnxNode last, Dictionary<string, OnnxNode> read)
    {
        var group = new SortedDictionary<int, OnnxNode>();
        var open = new Stack<OnnxNode>([last]);
        while (open.TryPop(out OnnxNode? node))
        {
            if (group.TryAdd(node.Position, node))
            {
                foreach (string input in node.Inputs)
                {
                    if (read.GetValueOrDefault(input) is { } before)
                    {
                        open.Push(before);
                    }
                }
            }
        }

        bool isClosed = group.Values.All(node => node == last || (!graph.IsOutput(node.Output)
            && graph.Consumers(node.Output).All(taker => group.ContainsKey(taker.Position))));
        return isClosed ? [.. group.Values.Where(node => node != last), last] : null;
    }

    // Most values go to a single operator that is a layer or an activation by itself; these are told at a glance.
    private bool MayBegin(IReadOnlyList<OnnxNode> consumers) =>
        consumers is not [OnnxNode only] || only.Operation switch
        {
            "Relu" => Next(only) is "Min" or "Mul",
            "Sigmoid" or "Softmax" => Next(only) == "Log",
            "Neg" => Next(only) is "Exp" or "Softplus",
            "Exp" or "Abs" => Next(only) is "Add" or "Erf" or "Cast",
            "Cast" => Next(only) == "Erf",
            "Add" or "Mul" or "Div" => only.Inputs.Any(input => graph.Constant(input)?.Count == 1),
            _ => false,
        };

    private string? Next(OnnxNode node) => graph.Consumers(node.Output) is [OnnxNode only] ? only.Operation : null;

    private void Open(string value, IReadOnlySet<OnnxNode> done, SortedDictionary<int, OnnxNode> open)
    {
        IReadOnlyList<OnnxNode> consumers = graph.Consumers(value);
        foreach (OnnxNode node in consumers.Take(MostConsumers))
        {
            if (!done.Contains(node))
            {
                open.TryAdd(node.Position, node);
            }
        }
    }

    private Formula? Read(OnnxNode node, Dictionary<string, Formula> formulas)
    {
        Formula? first = Operand(node, 0, formulas);
        if (first is null)
        {
            return null;
        }

        switch (node.Operation)
        {
            case "Sigmoid" or "Softplus" or "Tanh" or "Erf" or "Exp" or "Log" or "Abs" or "Relu"
                when node.Inputs.Count == 1:
                return Formula.Function(node.Operation, first);
            case "Softmax" when node.Int("axis", -1) is 1 or -1:
                // As the last of two axes; whoever takes it looks at the number of axes.
                return Formula.Function(node.Operation, first);
            case "Cast" when node.Int("to", 0) is ElementKind.Float or ElementKind.Double:
                return first;
            case "Neg":
                return -first;
            case "Reciprocal":
                return Formula.Number(1) / first;
            case "HardSigmoid":
                return Formula.Function(
                    node.Operation + Formula.Options(node.Float("alpha", 0.2), node.Float("beta", 0.5)), first);
            case "Elu":
                return Formula.Function(node.Operation + Formula.Options(node.Float("alpha", 1)), first);
            case "Clip" when ClipBounds.Read(node, graph) is (double min, double max):
                return Formula.Function(node.Operation + Formula.Options(min, max), first);
        }

        return node.Inputs.Count == 2 && Operand(node, 1, formulas) is Formula second
            ? node.Operation switch
            {
                "Add" => first + second,
                "Sub" => first + -second,
                "Mul" => first * second,
                "Div" => first / second,
                "Pow" when second.Value is double exponent => first.Power(exponent),
                "Min" or "Max" when second.Value is double limit => Limited(node.Operation, first, limit),
                "Min" or "Max" when first.Value is double limit => Limited(node.Operation, second, limit),
                _ => null,
            }
            : null;
    }

    private static Formula Limited(string operation, Formula formula, double limit) =>
        Formula.Function(operation + Formula.Options(limit), formula);

    private Formula? Operand(OnnxNode node, int index, Dictionary<string, Formula> formulas)
    {
        if (node.Input(index) is not string name)
        {
            return null;
        }

        return graph.Constant(name) is null ? formulas.GetValueOrDefault(name)
            : graph.Number(name) is double number ? Formula.Number(number)
            : null;
    }
}
