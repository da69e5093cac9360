using System.Numerics;

namespace NeuralNet.Onnx.Import;

/// <summary>
/// A reshape to as many samples as there are, however many: PyTorch writes <c>x.view(x.size(0), -1)</c> as the shape of x,
/// the first number of it, and that with a constant behind as the shape to be.
/// </summary>
internal sealed class FlatteningReader<T>(GraphReader graph, OperatorReader<T> operators)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Takes the reshape that begins at a value and gives the name of its result; null if none begins there.</summary>
    public string? Read(string value, List<LayerPlan<T>> layers)
    {
        if (graph.Consumers(value) is not [{ Operation: "Shape" } shape, { Operation: "Reshape" } reshape]
            || shape.Int("start", 0) != 0
            || Only(shape.Output) is not { Operation: "Gather" } gather || gather.Int("axis", 0) != 0
            || Number(gather.Input(1)) != 0
            || Only(gather.Output) is not { Operation: "Unsqueeze" } unsqueeze
            || Only(unsqueeze.Output) is not { Operation: "Concat", Inputs.Count: 2 } concat || concat.Input(0) != unsqueeze.Output
            || Number(concat.Input(1)) is not long features
            || Only(concat.Output) != reshape || reshape.Input(0) != value || reshape.Input(1) != concat.Output)
        {
            return null;
        }

        operators.Reshape(reshape, samples: 0, features, layers);
        return reshape.Output;
    }

    private OnnxNode? Only(string value) => graph.Consumers(value) is [OnnxNode node] && value != graph.Output ? node : null;

    private long? Number(string? name) =>
        graph.Constant(name) is { Problem: null, IsInteger: true, Count: 1 } constant ? constant.Integer(0) : null;
}
