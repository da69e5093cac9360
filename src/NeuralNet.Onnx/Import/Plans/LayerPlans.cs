using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>The plans of the library's layers that need nothing but numbers from the file.</summary>
internal static class LayerPlans<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>An activation as a layer of its own, not behind a dense layer.</summary>
    public static LayerPlan<T> Activation(OnnxNode node, IActivation activation) =>
        new SimplePlan<T>(node, shape => new ActivationLayer<T>(shape, activation));

    /// <summary>Dropout.</summary>
    public static LayerPlan<T> Dropout(OnnxNode node, double rate) =>
        new SimplePlan<T>(node, shape => new Dropout<T>(shape, rate));

    /// <summary>PReLU with one slope, or one per feature.</summary>
    public static LayerPlan<T> PReLU(OnnxNode node, double[] slopes) => new VectorPlan<T>(
        node, slopes.Length == 1 ? null : slopes.Length, shape => new PReLU<T>(shape, 0, slopes.Length > 1), slopes);

    /// <summary>PReLU whose one slope is not trained.</summary>
    public static LayerPlan<T> FixedPReLU(OnnxNode node, double slope) => new VectorPlan<T>(
        node,
        null,
        shape =>
        {
            var layer = new PReLU<T>(shape, slope);
            layer.Freeze();
            return layer;
        },
        [slope]);

    /// <summary>Batch normalization with γ, β, running mean and running variance per feature.</summary>
    public static LayerPlan<T> BatchNormalization(OnnxNode node, double[][] vectors, double momentum, double epsilon) =>
        new VectorPlan<T>(
            node, vectors[0].Length, shape => new BatchNormalization<T>(shape, momentum, epsilon), vectors);

    /// <summary>Layer normalization with γ and β per feature.</summary>
    public static LayerPlan<T> LayerNormalization(OnnxNode node, double[] gamma, double[] beta, double epsilon) =>
        new VectorPlan<T>(node, gamma.Length, shape => new LayerNormalization<T>(shape, epsilon), gamma, beta);
}
