using System.Numerics;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.Onnx.Schema;
using NeuralNet.Recurrence;

namespace NeuralNet.Onnx.Export;

/// <summary>
/// Writes layers over the steps of sequences of different lengths, which steps of padding do not change.
/// </summary>
/// <remarks>
/// Whatever stands in the padding is left out by Where, so that no NaN or infinity of it reaches a sum.
/// </remarks>
internal sealed class PaddedLayerWriter<T>(OnnxGraph graph)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Writes a layer over steps and gives the name of its output; null for other layers.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The name of its input, samples × features.</param>
    /// <param name="lengths">The name of the numbers of steps of the samples.</param>
    public string? Write(Layer<T> layer, string input, string lengths)
    {
        if (layer is not (LastStep<T> or GlobalAveragePooling<T> or GlobalMaxPooling<T> or AttentionPooling<T>))
        {
            return null;
        }

        int features = layer.InputShape.Channels;
        int steps = layer.InputSize / features;
        string sequences = Reshape(input, -1, steps, features);
        return layer switch
        {
            LastStep<T> => Sum(Where(IsStep("Equal", lengths, steps, -1), sequences, 0)),
            GlobalAveragePooling<T> => graph.Node(
                "Div",
                [
                    Sum(Where(IsStep("Less", lengths, steps), sequences, 0)),
                    graph.Node(
                        "Cast", [Reshape(lengths, -1, 1)], OnnxAttribute.Int("to", graph.ElementType)),
                ]),
            GlobalMaxPooling<T> => graph.Node(
                "ReduceMax",
                [Where(IsStep("Less", lengths, steps), sequences, double.NegativeInfinity)],
                OnnxAttribute.Ints("axes", 1),
                OnnxAttribute.Int("keepdims", 0)),
            _ => WriteAttention((AttentionPooling<T>)layer, sequences, lengths, steps),
        };
    }

    /// <summary>Writes a value that is 0 at the steps of padding.</summary>
    /// <param name="value">The name of the value, samples × features.</param>
    /// <param name="lengths">The name of the numbers of steps of the samples.</param>
    /// <param name="steps">The number of steps of the longest sequence.</param>
    /// <param name="features">The number of features of a step.</param>
    public string ClearPadding(string value, string lengths, int steps, int features) => Reshape(
        Where(IsStep("Less", lengths, steps), Reshape(value, -1, steps, features), 0), -1, steps * features);

    /// <summary>
    /// The query over √features. By itself, ONNX Runtime would make the divisor an attribute, which is a float.
    /// </summary>
    public static double[] ScaledQuery(AttentionPooling<T> layer)
    {
        double divisor = Math.Sqrt(layer.InputShape.Channels);
        return [.. layer.Query.Values.ToArray().Select(value => double.CreateTruncating(value) / divisor)];
    }

    private string WriteAttention(AttentionPooling<T> layer, string sequences, string lengths, int steps)
    {
        int features = layer.InputShape.Channels;
        string isStep = IsStep("Less", lengths, steps);
        string own = Where(isStep, sequences, 0);
        string scores = graph.Node("MatMul", [own, graph.Constant("query", ScaledQuery(layer), features, 1)]);
        string rows = Reshape(Where(isStep, scores, double.NegativeInfinity), -1, steps);
        string weights = graph.Node("Softmax", [rows], OnnxAttribute.Int("axis", -1));
        return Sum(graph.Node("Mul", [Reshape(weights, -1, steps, 1), own]));
    }

    // Samples × steps × 1: whether the number of a step, from 0, is less than the length, or equal to one of them.
    private string IsStep(string comparison, string lengths, int steps, int shift = 0)
    {
        string last = graph.Node("Cast", [Reshape(lengths, -1, 1, 1)], OnnxAttribute.Int("to", ElementKind.Int64));
        string[] numbers =
        [
            Reshape(graph.Integers("steps", [.. Enumerable.Range(0, steps).Select(t => (long)t - shift)]), 1, steps, 1),
            last,
        ];
        return graph.Node(comparison, numbers);
    }

    private string Where(string condition, string value, double otherwise) =>
        graph.Node("Where", [condition, value, graph.Scalar(otherwise == 0 ? "zero" : "none", otherwise)]);

    // Over the steps.
    private string Sum(string value) =>
        graph.Node("ReduceSum", [value, graph.Integers("axes", [1])], OnnxAttribute.Int("keepdims", 0));

    private string Reshape(string value, params long[] shape) =>
        graph.Node("Reshape", [value, graph.Integers("shape", shape)]);
}
