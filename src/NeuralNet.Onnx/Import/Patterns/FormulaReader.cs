using NeuralNet.Activations;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Operators;

namespace NeuralNet.Onnx.Import.Patterns;

/// <summary>Finds groups of nodes that are an activation, by their formula.</summary>
internal sealed class FormulaReader(ModelGraph graph)
{
    /// <summary>The most nodes that an activation consists of; the tanh form of GELU has nine.</summary>
    private const int MostNodes = 12;

    /// <summary>
    /// Finds the longest group of nodes behind a value that computes an activation of it and passes on nothing but the
    /// result. Gives the activation and the name of the result; null if there is none.
    /// </summary>
    public (IActivation Activation, string Result)? Find(string value, string end)
    {
        if (!MayBegin(graph.Consumers(value)))
        {
            return null;
        }

        var formulas = new Dictionary<string, Formula>(StringComparer.Ordinal) { [value] = Formula.Variable };
        int count = 0;
        var open = new SortedDictionary<int, OnnxNode>();
        (IActivation, string)? found = null;
        if (!Open(value, open))
        {
            return null;
        }

        while (open.Count > 0 && count < MostNodes)
        {
            (int position, OnnxNode node) = open.First();
            open.Remove(position);
            if (node.Outputs.Count != 1 || Read(node, formulas) is not { IsTooLarge: false } formula)
            {
                break;
            }

            // A factor after a factor is no activation, but might be a long way of them.
            if (formula.IsScaled && !node.Inputs.Contains(value))
            {
                break;
            }

            count++;
            formulas.Add(node.Output, formula);
            bool isEnd = node.Output == end;
            if (!isEnd && !Open(node.Output, open))
            {
                break;
            }

            // Closed: whatever else is open takes nothing but the last result.
            bool isClosed = open.Values.All(
                next => next.Inputs.All(input => input == node.Output || !formulas.ContainsKey(input)));
            if (isClosed && count > 1 && KnownFormulas.Find(formula) is { } activation)
            {
                found = (activation, node.Output);
            }

            if (isEnd)
            {
                break;
            }
        }

        return found;
    }

    // Most values go to a single operator that is a layer or an activation by itself; these are told at a glance.
    private bool MayBegin(IReadOnlyList<OnnxNode> consumers) =>
        consumers is not [OnnxNode only] || only.Operation switch
        {
            "Relu" => Next(only) == "Min",
            "Sigmoid" or "Softmax" => Next(only) == "Log",
            "Neg" or "Exp" or "Abs" => true,
            "Add" or "Mul" or "Div" => only.Inputs.Any(input => graph.Constant(input)?.Count == 1),
            _ => false,
        };

    private string? Next(OnnxNode node) => graph.Consumers(node.Output) is [OnnxNode only] ? only.Operation : null;

    private bool Open(string value, SortedDictionary<int, OnnxNode> open)
    {
        IReadOnlyList<OnnxNode> consumers = graph.Consumers(value);
        if (consumers.Count > MostNodes)
        {
            return false;
        }

        foreach (OnnxNode node in consumers)
        {
            open.TryAdd(node.Position, node);
        }

        return true;
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
                return Formula.Function(node.Operation, first);
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
                "Min" when second.Value is double limit => Min(first, limit),
                "Min" when first.Value is double limit => Min(second, limit),
                _ => null,
            }
            : null;
    }

    private static Formula Min(Formula formula, double limit) =>
        Formula.Function("Min" + Formula.Options(limit), formula);

    private Formula? Operand(OnnxNode node, int index, Dictionary<string, Formula> formulas)
    {
        if (node.Input(index) is not string name)
        {
            return null;
        }

        return graph.Constant(name) is ConstantTensor constant
            ? constant is { Problem: null, Count: 1 } ? Formula.Number(constant.Scalar()) : null
            : formulas.GetValueOrDefault(name);
    }
}
