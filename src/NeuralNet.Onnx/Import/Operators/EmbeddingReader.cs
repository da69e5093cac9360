using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads rows of a constant table, chosen by the numbers of a value, as an embedding.</summary>
internal static class EmbeddingReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static GraphValue Read(OperatorCall<T> call)
    {
        OnnxNode node = call.Node;
        ConstantTensor table = call.Matrix(0);
        if (node.Int("axis", 0) is not (0 or -2) || node.Input(1) != call.Value.Name)
        {
            throw node.Refuse("it takes other parts than rows of a table, which no layer does");
        }

        call.RequireKnown();
        call.Budget.Take(node, table.Count);
        SampleLayout layout = call.Value.Layout;
        AxisOrder order = layout.Order;
        Axis[] axes = layout.All;
        call.Arrange([.. axes.Select(axis => new[] { axis })]);
        int size = (int)table.Dimensions[1];
        if (layout.Rank == FeatureShape.MaxRank || Axis.Product(axes) > Axis.MostNumbers / size)
        {
            throw node.Refuse($"its output, {layout} × {size}, has more dimensions or numbers than can be");
        }

        Axis[] vector = Axis.Of(size);
        int count = Axis.Product(axes);
        call.Add(new EmbeddingPlan<T>(node, table, count));
        SampleLayout placed = layout.Unsqueezed([layout.Rank]);
        return call.ResultWith(placed.With(
            AxisOrder.Fixed([.. axes, .. vector], count == 1 ? size : new FeatureShape(count, size)),
            d => d == layout.Rank ? vector : layout.Along(d)));
    }
}
