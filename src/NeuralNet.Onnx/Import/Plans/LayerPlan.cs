using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>A layer that is to be made once the sizes of all layers are known.</summary>
internal abstract class LayerPlan<T>(OnnxNode node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The node that the layer comes from, for messages.</summary>
    public OnnxNode Node { get; } = node;

    /// <summary>The number of features that the layer takes; null if it takes any number.</summary>
    public virtual int? InputSize => null;

    /// <summary>The number of features that the layer gives; null if it gives as many as it takes.</summary>
    public virtual int? OutputSize => null;

    /// <summary>Makes the layer; null where there is none to make.</summary>
    public abstract Layer<T>? Make(FeatureShape inputShape);

    /// <summary>Sets the parameters of the layer that was made, which is part of a network by now.</summary>
    public virtual void Fill(Layer<T> layer)
    {
    }
}
