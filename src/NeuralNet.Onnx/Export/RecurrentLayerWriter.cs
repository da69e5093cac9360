using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.Onnx.Schema;
using NeuralNet.Recurrence;

namespace NeuralNet.Onnx.Export;

/// <summary>
/// Writes recurrent layers, whose operators take sequences with the steps first: steps × samples × features.
/// </summary>
/// <remarks>
/// ONNX Runtime has them in float alone: in a model in double they compute in float, between two casts.
/// </remarks>
internal sealed class RecurrentLayerWriter<T>(OnnxGraph graph)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Writes a layer and gives the name of its output, samples × features.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The name of its input, samples × features.</param>
    /// <param name="lengths">The name of the numbers of steps of the samples; null if all have all.</param>
    public string Write(RecurrentLayer<T> layer, string input, string? lengths)
    {
        string sequences = Reshape(input, -1, layer.Steps, layer.InputShape.Channels);
        string steps = Single(graph.Node("Transpose", [sequences], OnnxAttribute.Ints("perm", [1, 0, 2])));
        (string operation, int[] gates) = layer switch
        {
            // Input, output, forget, cell; of a GRU update, reset, candidate.
            Lstm<T> => ("LSTM", new[] { 0, 3, 1, 2 }),
            Gru<T> => ("GRU", new[] { 1, 0, 2 }),
            _ => ("RNN", new[] { 0 }),
        };
        List<string> inputs =
        [
            steps,
            Weights(layer.InputWeights, layer.Units, gates),
            Weights(layer.RecurrentWeights, layer.Units, gates),
            layer.InputBiases is null ? "" : Biases(layer, gates),
            lengths ?? "",
            State(layer.InitialHidden, steps),
            State(layer.InitialCell, steps),
        ];
        while (inputs[^1].Length == 0)
        {
            inputs.RemoveAt(inputs.Count - 1);
        }

        string output = graph.Output(
            layer.ReturnsSteps ? 0 : 1,
            operation,
            inputs,
            [
                OnnxAttribute.Int("hidden_size", layer.Units),
                OnnxAttribute.Text("direction", layer.IsReversed ? "reverse" : "forward"),
                .. Settings(layer),
            ]);

        // Steps × directions × samples × units; of the last step without the first.
        string samples = layer.ReturnsSteps
            ? graph.Node("Transpose", [output], OnnxAttribute.Ints("perm", [2, 0, 1, 3]))
            : output;
        return Own(Reshape(samples, -1, layer.OutputSize));
    }

    private static IEnumerable<OnnxAttribute> Settings(RecurrentLayer<T> layer) => layer switch
    {
        Gru<T> { ResetsAfter: true } => [OnnxAttribute.Int("linear_before_reset", 1)],
        SimpleRecurrent<T> => [OnnxAttribute.Texts("activations", [layer.Activation is ReLU ? "Relu" : "Tanh"])],
        _ => [],
    };

    private string Reshape(string value, params long[] shape) =>
        graph.Node("Reshape", [value, graph.Integers("shape", shape)]);

    private string Single(string value) =>
        graph.IsDouble ? graph.Node("Cast", [value], OnnxAttribute.Int("to", ElementKind.Float)) : value;

    private string Own(string value) =>
        graph.IsDouble ? graph.Node("Cast", [value], OnnxAttribute.Int("to", ElementKind.Double)) : value;

    // Row after row, with the blocks of the gates in the order of the operator, and a direction in front.
    private string Weights(Parameter<T> weights, int units, int[] gates)
    {
        double[] rows = new double[weights.Count];
        for (int row = 0; row < weights.Rows; row++)
        {
            int from = (gates[row / units] * units) + (row % units);
            for (int column = 0; column < weights.Columns; column++)
            {
                rows[(row * weights.Columns) + column] = double.CreateTruncating(weights.View[from, column]);
            }
        }

        return Constant(weights.LocalName, rows, 1, weights.Rows, weights.Columns);
    }

    private string Biases(RecurrentLayer<T> layer, int[] gates)
    {
        double[] biases =
        [
            .. from parameter in new[] { layer.InputBiases!, layer.RecurrentBiases! }
               from gate in gates
               from value in parameter.Values.Slice(gate * layer.Units, layer.Units).ToArray()
               select double.CreateTruncating(value),
        ];
        return Constant("biases", biases, 1, biases.Length);
    }

    // The same for every sample.
    private string State(Parameter<T>? state, string steps)
    {
        if (state is null)
        {
            return "";
        }

        string samples = graph.Node(
            "Slice",
            [
                graph.Node("Shape", [steps]),
                graph.Integers("starts", [1]),
                graph.Integers("ends", [2]),
                graph.Integers("axes", [0]),
            ]);
        string shape = graph.Node(
            "Concat",
            [graph.Integers("one", [1]), samples, graph.Integers("units", [state.Count])],
            OnnxAttribute.Int("axis", 0));
        double[] values = [.. state.Values.ToArray().Select(double.CreateTruncating)];
        return Single(graph.Node("Expand", [graph.Constant(state.LocalName, values, 1, 1, values.Length), shape]));
    }

    // In the number type of the model, so that it is read back as it was.
    private string Constant(string name, double[] values, params int[] shape) =>
        Single(graph.Constant(name, values, shape));
}
