using System.Numerics;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>An embedding, whose vectors are the rows of a constant.</summary>
/// <param name="node">The node that the layer comes from.</param>
/// <param name="table">The constant, categories × size.</param>
/// <param name="count">The number of categories that each sample has.</param>
internal sealed class EmbeddingPlan<T>(OnnxNode node, ConstantTensor table, int count) : LayerPlan<T>(node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override FeatureShape InputShape => count;

    public override Layer<T> Make(FeatureShape inputShape) => new Embedding<T>(
        inputShape, (int)table.Dimensions[0], (int)table.Dimensions[1], weightInitializer: new Zero());

    // A row of the file is a column here, and both lie in one piece.
    public override void Fill(Layer<T> layer)
    {
        Span<T> weights = ((Embedding<T>)layer).Weights.Values;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = T.CreateTruncating(table.Element(i));
        }
    }
}
