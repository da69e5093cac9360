using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Layers;

namespace NeuralNet.Onnx.Export;

/// <summary>Writes layers as operators, in the form in which they predict.</summary>
internal sealed class LayerWriter<T>(OnnxGraph graph, IReadOnlyList<OnnxExtension> extensions)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Writes a layer and gives the name of its output.</summary>
    /// <exception cref="NotSupportedException">It cannot be written.</exception>
    public string Write(Layer<T> layer, string input)
    {
        graph.Scope = layer.Name;
        foreach (OnnxExtension extension in extensions)
        {
            if (extension.Write(layer, input, graph) is string output)
            {
                return output;
            }
        }

        return layer switch
        {
            Dense<T> => Activate(
                layer,
                graph.Node(
                    "Gemm",
                    [input, graph.Constant(layer.Parameters[0]), graph.Constant(layer.Parameters[1])],
                    OnnxAttribute.Int("transB", 1))),
            ActivationLayer<T> => Activate(layer, input),
            PReLU<T> => graph.Node("PRelu", [input, graph.Constant(layer.Parameters[0])]),
            Dropout<T> => input,
            BatchNormalization<T> normalization => graph.Node(
                "BatchNormalization",
                [input, .. layer.Parameters.Select(graph.Constant)],
                OnnxAttribute.Float("epsilon", normalization.Epsilon),
                OnnxAttribute.Float("momentum", 1 - normalization.Momentum)),
            LayerNormalization<T> normalization => graph.Node(
                "LayerNormalization",
                [input, .. layer.Parameters.Select(graph.Constant)],
                OnnxAttribute.Int("axis", -1),
                OnnxAttribute.Float("epsilon", normalization.Epsilon),
                OnnxAttribute.Int("stash_type", graph.ElementType)),
            Residual<T> => Residual(layer, input),
            _ => throw new NotSupportedException(
                $"There is no way to write the layer '{layer.Name}', a {layer.GetType().Name}, as ONNX operators; "
                + "an OnnxExtension can say how."),
        };
    }

    /// <summary>Writes an activation that belongs to a layer.</summary>
    /// <exception cref="NotSupportedException">It cannot be written.</exception>
    public string Activate(string layer, IActivation activation, string z)
    {
        graph.Scope = layer;
        foreach (OnnxExtension extension in extensions)
        {
            if (extension.Write(activation, z, graph) is string output)
            {
                return output;
            }
        }

        return ActivationWriter.Write(activation, z, graph) ?? throw new NotSupportedException(
            $"There is no way to write the activation {activation.Name} of the layer '{layer}', a "
            + $"{activation.GetType().Name}, as ONNX operators; an OnnxExtension can say how.");
    }

    private string Activate(Layer<T> layer, string z) => Activate(layer.Name, layer.Activation!, z);

    private string Residual(Layer<T> block, string input)
    {
        string output = block.Children.Aggregate(input, (value, layer) => Write(layer, value));
        graph.Scope = block.Name;
        return graph.Node("Add", [input, output]);
    }
}
