using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.Preprocessing;

namespace NeuralNet.Onnx;

/// <summary>Says how layers, activations and transforms of one's own are written as ONNX operators.</summary>
/// <remarks>
/// Override what is needed; each method adds operators to the graph and gives the name of the result, or null for what it
/// does not know. A value of the graph is batch × features.
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
    /// <summary>Writes a layer as it predicts.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The name of its input.</param>
    /// <param name="graph">Where operators and constants are added.</param>
    /// <returns>The name of its output; null for a layer that is not known here.</returns>
    public virtual string? Write<T>(Layer<T> layer, string input, OnnxGraph graph)
        where T : unmanaged, IFloatingPointIeee754<T> => null;

    /// <summary>Writes an activation.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="input">The name of z.</param>
    /// <param name="graph">Where operators and constants are added.</param>
    /// <returns>The name of a = σ(z); null for an activation that is not known here.</returns>
    public virtual string? Write(IActivation activation, string input, OnnxGraph graph) => null;

    /// <summary>Writes a transform of features.</summary>
    /// <param name="transform">The transform.</param>
    /// <param name="input">The name of its input.</param>
    /// <param name="graph">Where operators and constants are added.</param>
    /// <returns>The name of its output; null for a transform that is not known here.</returns>
    public virtual string? Write(IFeatureTransform transform, string input, OnnxGraph graph) => null;
}
