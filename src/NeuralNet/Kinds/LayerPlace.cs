using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kinds;

/// <summary>Where in a network a layer that is read from a file will stand.</summary>
/// <param name="LayerName">The name it will have within the network, with which those of its tensors begin.</param>
/// <param name="InputShape">The shape of what it receives: the output of the layer before.</param>
internal sealed record LayerPlace(string LayerName, FeatureShape InputShape);
