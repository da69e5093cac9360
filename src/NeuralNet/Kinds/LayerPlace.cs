using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kinds;

/// <summary>The place in a network that a layer read from a file will have.</summary>
/// <param name="LayerName">The name of the layer within the network; the names of its tensors begin with it.</param>
/// <param name="InputShape">The shape of its input: the output shape of the layer before it.</param>
internal sealed record LayerPlace(string LayerName, FeatureShape InputShape);
