using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>A layer whose parameters are vectors from the file, given in the order of its parameters.</summary>
/// <param name="node">The node that the layer comes from.</param>
/// <param name="features">The features that each vector has a number for.</param>
/// <param name="make">Makes the layer.</param>
/// <param name="values">The vectors in the order of the file; those of one number are for all features.</param>
internal sealed class VectorPlan<T>(
    OnnxNode node,
    FeatureSet features,
    Func<FeatureShape, Layer<T>> make,
    params IReadOnlyList<double[]> values)
    : LayerPlan<T>(node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override FeatureShape? InputShape =>
        features.Shape ?? (values[0].Length == 1 ? null : (FeatureShape)values[0].Length);

    public override Layer<T> Make(FeatureShape inputShape) => make(inputShape);

    public override void Fill(Layer<T> layer)
    {
        foreach ((Parameter<T> parameter, double[] from) in layer.Parameters.Zip(values))
        {
            features.Copy(from, parameter.Values);
        }
    }
}
