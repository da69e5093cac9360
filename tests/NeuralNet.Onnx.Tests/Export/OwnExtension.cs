using NeuralNet.Activations;
using NeuralNet.Layers;

namespace NeuralNet.Onnx.Tests.Export;

/// <summary>Says how the layer and the activation of this folder are written.</summary>
internal sealed class OwnExtension : OnnxExtension
{
    public override string? Write<T>(Layer<T> layer, string input, OnnxGraph graph) =>
        layer is Gain<T> ? graph.Node("Mul", [input, graph.Constant(layer.Parameters[0])]) : null;

    public override string? Write(IActivation activation, string input, OnnxGraph graph) =>
        activation is Sine ? graph.Node("Sin", [input]) : null;
}
