using System.Numerics;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Operators;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Patterns;

/// <summary>
/// A reshape that keeps the number of samples, whatever it is. PyTorch writes <c>x.view(x.size(0), -1)</c> with several
/// operators: the shape of x, its first number, and that number followed by a constant as the new shape.
/// </summary>
internal sealed class FlatteningPattern<T>(ModelGraph graph, ParameterBudget budget) : IPattern<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public GraphValue? Read(GraphValue value, string end, LayerChain<T> layers)
    {
        if (graph.Consumers(value.Name) is not [{ Operation: "Shape" } shape, { Operation: "Reshape" } reshape]
            || shape.Int("start", 0) != 0
            || graph.OnlyConsumer(shape.Output) is not { Operation: "Gather" } gather || gather.Int("axis", 0) != 0
            || graph.Integer(gather.Input(1)) != 0
            || graph.OnlyConsumer(gather.Output) is not { Operation: "Unsqueeze" } unsqueeze
            || graph.OnlyConsumer(unsqueeze.Output) is not { Operation: "Concat", Inputs.Count: 2 } concat
            || concat.Input(0) != unsqueeze.Output
            || graph.Integer(concat.Input(1)) is not long features
            || graph.OnlyConsumer(concat.Output) != reshape
            || reshape.Input(0) != value.Name || reshape.Input(1) != concat.Output)
        {
            return null;
        }

        var call = new OperatorCall(graph, budget, reshape, value);
        return ShapeReader<T>.Reshape(call, [0, features], layers);
    }
}
