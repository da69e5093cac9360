using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.Preprocessing;

namespace NeuralNet.Onnx;

/// <summary>Writes your own layers, activations and transforms as ONNX operators.</summary>
/// <remarks>
/// Override the methods that you need. Each adds operators to the graph and returns the name of their result, or null
/// for an object that it does not know. A value of the graph is batch × features.
/// </remarks>
/// <example><code>
/// public sealed class SineExtension : OnnxExtension
/// {
///     public override string? Write(IActivation activation, string input, OnnxGraph graph) =>
///         activation is Sine ? graph.Node("Sin", [input]) : null;
/// }
/// </code></example>
public abstract class OnnxExtension
{
    /// <summary>Writes a layer in the form in which it predicts.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The name of the input.</param>
    /// <param name="graph">The graph to add operators and constants to.</param>
    /// <returns>The name of the layer's output; null for a layer that this extension does not know.</returns>
    public virtual string? Write<T>(Layer<T> layer, string input, OnnxGraph graph)
        where T : unmanaged, IFloatingPointIeee754<T> => null;

    /// <summary>Writes an activation.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="input">The name of z.</param>
    /// <param name="graph">The graph to add operators and constants to.</param>
    /// <returns>The name of a = σ(z); null for an activation that this extension does not know.</returns>
    public virtual string? Write(IActivation activation, string input, OnnxGraph graph) => null;

    /// <summary>Writes a transform of features.</summary>
    /// <param name="transform">The transform.</param>
    /// <param name="input">The name of the input.</param>
    /// <param name="graph">The graph to add operators and constants to.</param>
    /// <returns>The name of the transform's output; null for a transform that this extension does not know.</returns>
    public virtual string? Write(IFeatureTransform transform, string input, OnnxGraph graph) => null;
}
