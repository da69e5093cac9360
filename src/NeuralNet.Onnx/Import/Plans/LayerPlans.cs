using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>The plans of the library's layers that need nothing but numbers from the file.</summary>
internal static class LayerPlans<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Dropout.</summary>
    public static LayerPlan<T> Dropout(OnnxNode node, double rate) =>
        new SimplePlan<T>(node, shape => new Dropout<T>(shape, rate));

    /// <summary>PReLU with one slope, or one per feature.</summary>
    public static LayerPlan<T> PReLU(OnnxNode node, FeatureSet features, double[] slopes) =>
        new VectorPlan<T>(node, features, shape => new PReLU<T>(shape, 0, slopes.Length > 1), slopes);

    /// <summary>PReLU whose one slope is not trained.</summary>
    public static LayerPlan<T> FixedPReLU(OnnxNode node, double slope) => new VectorPlan<T>(
        node,
        FeatureSet.Flat,
        shape =>
        {
            var layer = new PReLU<T>(shape, slope);
            layer.Freeze();
            return layer;
        },
        [slope]);

    /// <summary>Batch normalization with γ, β, running mean and running variance per feature.</summary>
    public static LayerPlan<T> BatchNormalization(
        OnnxNode node, FeatureSet features, double[][] vectors, double momentum, double epsilon) =>
        new VectorPlan<T>(node, features, shape => new BatchNormalization<T>(shape, momentum, epsilon), vectors);

    /// <summary>Layer normalization with γ and β per feature.</summary>
    public static LayerPlan<T> LayerNormalization(
        OnnxNode node, FeatureSet features, double[] gamma, double[] beta, double epsilon) =>
        new VectorPlan<T>(node, features, shape => new LayerNormalization<T>(shape, epsilon), gamma, beta);
}
