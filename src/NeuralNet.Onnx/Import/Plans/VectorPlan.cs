using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>A layer whose parameters are vectors from the file, given in the order of its parameters.</summary>
internal sealed class VectorPlan<T>(
    OnnxNode node, int? inputSize, Func<FeatureShape, Layer<T>> make, params IReadOnlyList<double[]> values)
    : LayerPlan<T>(node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override int? InputSize => inputSize;

    public override Layer<T> Make(FeatureShape inputShape) => make(inputShape);

    public override void Fill(Layer<T> layer)
    {
        foreach ((Parameter<T> parameter, double[] from) in layer.Parameters.Zip(values))
        {
            for (int k = 0; k < parameter.Count; k++)
            {
                parameter.Values[k] = T.CreateTruncating(from[k]);
            }
        }
    }
}
