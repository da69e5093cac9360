using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Recurrence;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>A recurrent layer in one direction, or one in each beside each other.</summary>
/// <param name="node">The node that the layer comes from.</param>
/// <param name="inputShape">The shape of the sequences: (steps, features).</param>
/// <param name="returnSteps">Whether the output is that of all steps.</param>
/// <param name="directions">For each direction what the file has for it.</param>
internal sealed class RecurrentPlan<T>(
    OnnxNode node, FeatureShape inputShape, bool returnSteps, IReadOnlyList<RecurrentDirection> directions)
    : LayerPlan<T>(node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override FeatureShape InputShape => inputShape;

    public override Layer<T> Make(FeatureShape inputShape) => directions.Count == 1
        ? Make(directions[0])
        : new Branches<T>(
            Merge.Concatenation, [.. directions.Select(direction => new Sequence<T>(Make(direction)))]);

    public override void Fill(Layer<T> layer)
    {
        IEnumerable<RecurrentLayer<T>> layers = layer is RecurrentLayer<T> only
            ? [only]
            : layer.Children.Select(branch => (RecurrentLayer<T>)branch.Children[0]);
        foreach ((RecurrentLayer<T> one, RecurrentDirection direction) in layers.Zip(directions))
        {
            Copy(direction.InputWeights, one.InputWeights);
            Copy(direction.RecurrentWeights, one.RecurrentWeights);
            Copy(direction.InputBiases, one.InputBiases);
            Copy(direction.RecurrentBiases, one.RecurrentBiases);
            Copy(direction.InitialHidden, one.InitialHidden);
            Copy(direction.InitialCell, one.InitialCell);
        }
    }

    // Row after row in the file, column after column here.
    private static void Copy(double[]? from, Parameter<T>? to)
    {
        if (from is null || to is null)
        {
            return;
        }

        Span<T> values = to.Values;
        for (int i = 0; i < values.Length; i++)
        {
            (int column, int row) = int.DivRem(i, to.Rows);
            values[i] = T.CreateTruncating(from[(row * to.Columns) + column]);
        }
    }

    private RecurrentLayer<T> Make(RecurrentDirection direction)
    {
        RecurrentOptions options = new()
        {
            IsReversed = direction.IsReversed,
            HasBiases = direction.InputBiases is not null,
            LearnsInitialState = direction.InitialHidden is not null,
            WeightInitializer = new Zero(),
            RecurrentInitializer = new Zero(),
        };
        return direction.Operation switch
        {
            "LSTM" => new Lstm<T>(inputShape, direction.Units, returnSteps, options),
            "GRU" => new Gru<T>(inputShape, direction.Units, returnSteps, direction.ResetsAfter, options),
            _ => new SimpleRecurrent<T>(
                inputShape, direction.Units, direction.IsRectified ? new ReLU() : new Tanh(), returnSteps, options),
        };
    }
}
