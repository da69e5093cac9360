using NeuralNet.Activations;
using NeuralNet.Decisions;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Export;

/// <summary>Writes what a classifier answers as operators: a probability for each class, and the label.</summary>
internal sealed class ClassWriter(OnnxGraph graph, ClassResults results)
{
    /// <summary>Writes the probabilities, samples × labels, and gives their name.</summary>
    public string WriteProbabilities(string outputs)
    {
        graph.Scope = "probabilities";
        string given = results.Kind switch
        {
            OutputKind.Probability or OutputKind.Distribution => outputs,
            OutputKind.LogProbability or OutputKind.LogDistribution => graph.Node("Exp", [outputs]),
            _ when results.AreLabels || results.IsSingle => Activate(new Sigmoid(), outputs),
            _ => Activate(new Softmax(), outputs),
        };
        return results.IsSingle
            ? graph.Node(
                "Concat",
                [graph.Node("Sub", [graph.Scalar("one", 1), given]), given],
                OnnxAttribute.Int("axis", 1))
            : given;
    }

    /// <summary>
    /// Writes the label of each sample and gives its name; where a sample may have any number of labels, 1 for each
    /// that it has and 0 for the others, samples × labels.
    /// </summary>
    public string WriteLabels(string outputs)
    {
        graph.Scope = results.Name;
        if (results.AreLabels)
        {
            return AreAbove(outputs);
        }

        string index = results.IsSingle ? graph.Node("Reshape", [AreAbove(outputs), graph.Integers("samples", [-1])])
            : results.Costs is { } costs ? Cheapest(outputs, costs)
            : Extreme("ArgMax", outputs);
        string table = results.WholeNumbers is { } numbers
            ? graph.Integers("labels", numbers)
            : graph.Texts(results.Labels);
        return graph.Node("Gather", [table, index], OnnxAttribute.Int("axis", 0));
    }

    // 1 or 0 for each output.
    private string AreAbove(string outputs) => graph.Node(
        "Cast",
        [graph.Node("Greater", [outputs, graph.Constant("thresholds", results.Thresholds)])],
        OnnxAttribute.Int("to", ElementKind.Int64));

    // In double, as the library weighs costs.
    private string Cheapest(string outputs, ClassCosts costs)
    {
        string scores = graph.Node("Cast", [outputs], OnnxAttribute.Int("to", ElementKind.Double));
        string probabilities = results.Kind switch
        {
            OutputKind.Probability or OutputKind.Distribution => scores,
            OutputKind.LogProbability or OutputKind.LogDistribution => graph.Node("Exp", [scores]),
            _ => graph.Node("Softmax", [scores], OnnxAttribute.Int("axis", -1)),
        };
        double[] rows =
        [
            .. Enumerable.Range(0, costs.Count * costs.Count).Select(i => costs[i / costs.Count, i % costs.Count]),
        ];
        return Extreme(
            "ArgMin",
            graph.Node("MatMul", [probabilities, graph.DoubleConstant("costs", rows, costs.Count, costs.Count)]));
    }

    // The first of equal ones.
    private string Extreme(string operation, string values) => graph.Node(
        operation, [values], OnnxAttribute.Int("axis", 1), OnnxAttribute.Int("keepdims", 0));

    private string Activate(IActivation activation, string z) => ActivationWriter.Write(activation, z, graph)!;
}
