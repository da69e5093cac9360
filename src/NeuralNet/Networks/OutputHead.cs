using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;

namespace NeuralNet.Networks;

/// <summary>One of the outputs of a network, with what decides how it is read.</summary>
/// <param name="Range">Its name and its rows.</param>
/// <param name="DecidingLayer">The layer that decides what a prediction gives; null if it is unknown.</param>
/// <param name="Loss">The loss of this output; null if there is none.</param>
internal sealed record OutputHead<T>(FeatureRange Range, Layer<T>? DecidingLayer, ILoss? Loss)
    where T : unmanaged, IFloatingPointIeee754<T>;
