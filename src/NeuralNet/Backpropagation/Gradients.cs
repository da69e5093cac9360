using System.Numerics;
using NeuralNet.Networks;

namespace NeuralNet.Backpropagation;

/// <summary>Where gradients begin.</summary>
public static class Gradients
{
    /// <summary>Makes room for the gradient of every parameter of a network, all zero.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network to mirror.</param>
    /// <returns>The gradients; they belong to the caller.</returns>
    public static Gradients<T> For<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return new(network);
    }
}
