using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Layers;

namespace NeuralNet.Onnx.Import;

/// <summary>A layer to be: what is known of it before the sizes of all layers are.</summary>
internal abstract class LayerPlan<T>(OnnxNode node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The node that the layer comes from, for messages.</summary>
    public OnnxNode Node { get; } = node;

    /// <summary>How many features it takes; null where it takes any number.</summary>
    public virtual int? InputSize => null;

    /// <summary>How many features it gives; null where as many as it takes.</summary>
    public virtual int? OutputSize => null;

    /// <summary>Makes the layer; null where there is none to make.</summary>
    public abstract Layer<T>? Make(int inputSize);

    /// <summary>Sets the parameters of the layer made, which is part of a network by now.</summary>
    public virtual void Fill(Layer<T> layer)
    {
    }
}

/// <summary>A layer without parameters of its own.</summary>
internal sealed class SimplePlan<T>(OnnxNode node, Func<int, Layer<T>> make) : LayerPlan<T>(node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Layer<T> Make(int inputSize) => make(inputSize);
}

/// <summary>An activation, which a dense layer before it takes over.</summary>
internal sealed class ActivationPlan<T>(OnnxNode node, IActivation activation) : LayerPlan<T>(node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Layer<T> Make(int inputSize) => new ActivationLayer<T>(inputSize, activation);
}

/// <summary>A layer with vectors that come from the file, in the order of its parameters.</summary>
internal sealed class VectorPlan<T>(
    OnnxNode node, int? inputSize, Func<int, Layer<T>> make, params IReadOnlyList<double[]> values) : LayerPlan<T>(node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override int? InputSize => inputSize;

    public override Layer<T> Make(int inputSize) => make(inputSize);

    public override void Fill(Layer<T> layer)
    {
        for (int i = 0; i < values.Count; i++)
        {
            Span<T> target = layer.Parameters[i].Values;
            for (int k = 0; k < target.Length; k++)
            {
                target[k] = T.CreateTruncating(values[i][k]);
            }
        }
    }
}
