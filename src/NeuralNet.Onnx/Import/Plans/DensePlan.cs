using System.Numerics;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>
/// A dense layer: its weights are a constant, outputs × inputs, times a factor per output and one for all.
/// </summary>
/// <param name="node">The node that the layer comes from.</param>
/// <param name="weights">The constant.</param>
/// <param name="factor">The factor for all.</param>
/// <param name="inputs">The inputs, whose order may differ from that of the file.</param>
/// <param name="outputs">The axis of the outputs.</param>
internal sealed class DensePlan<T>(
    OnnxNode node, ConstantTensor weights, double factor, FeatureSet inputs, IReadOnlyList<Axis> outputs)
    : ProductPlan<T>(node, inputs.Shape ?? (int)weights.Dimensions[1], outputs)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Layer<T> Make(FeatureShape inputShape) =>
        new Dense<T>(inputShape, Outputs, Activation, weightInitializer: new Zero());

    public override void Fill(Layer<T> layer)
    {
        var dense = (Dense<T>)layer;
        weights.CopyTo(dense.Weights.Values, RowFactors, factor, inputs.Places());
        CopyBiases(dense.Biases!.Values);
    }
}
