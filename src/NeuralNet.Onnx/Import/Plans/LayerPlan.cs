using System.Numerics;
using NeuralNet.Activations;
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

    /// <summary>
    /// The shape in which the layer reads its input; null if it takes any, and then gives as many features as it takes.
    /// </summary>
    public virtual FeatureShape? InputShape => null;

    /// <summary>The activation that the layer ends in; null if there is none.</summary>
    public virtual IActivation? Activation => null;

    /// <summary>True if there is no layer to make.</summary>
    public virtual bool MakesNothing => false;

    /// <summary>Makes the layer; null where there is none to make.</summary>
    public abstract Layer<T>? Make(FeatureShape inputShape);

    /// <summary>Sets the parameters of the layer that was made, which is part of a network by now.</summary>
    public virtual void Fill(Layer<T> layer)
    {
    }
}
