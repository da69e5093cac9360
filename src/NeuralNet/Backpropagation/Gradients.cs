using System.Numerics;
using NeuralNet.Networks;

namespace NeuralNet.Backpropagation;

/// <summary>Makes gradients.</summary>
public static class Gradients
{
    /// <summary>Makes a gradient for every parameter of a network, all 0.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <returns>The gradients; they belong to the caller.</returns>
    public static Gradients<T> For<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return new(network);
    }
}
