using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Networks;

/// <summary>Starts the description of a network.</summary>
public static class Network
{
    /// <summary>Starts the description of a network, layer by layer, from its inputs to its outputs.</summary>
    /// <typeparam name="T">The number type: float to train and predict, double where exactness counts most.</typeparam>
    /// <param name="inputShape">
    /// Shape of a sample; an int is a number of features, an image is <c>new FeatureShape(height, width, channels)</c>.
    /// </param>
    /// <param name="seed">
    /// The seed of all randomness: of the initial parameters and, unless a trainer is given a seed of its own, of the
    /// training. The same seed gives the same bits.
    /// </param>
    /// <returns>A builder; add layers and call <see cref="NetworkBuilder{T}.Build()"/>.</returns>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    /// <example><code>
    /// Network&lt;float&gt; network = Network.Create&lt;float&gt;(784, seed: 42)
    ///     .Dense(128, new ReLU())
    ///     .Dense(10)
    ///     .Build();
    /// </code></example>
    public static NetworkBuilder<T> Create<T>(FeatureShape inputShape, int seed)
        where T : unmanaged, IFloatingPointIeee754<T> => new(inputShape, seed);

    /// <summary>
    /// Starts the description of a network with several inputs, or with one that has a name: add them with
    /// <see cref="NetworkBuilder{T}.Input"/> before the layers.
    /// </summary>
    /// <typeparam name="T">The number type: float to train and predict, double where exactness counts most.</typeparam>
    /// <param name="seed">
    /// The seed of all randomness: of the initial parameters and, unless a trainer is given a seed of its own, of the
    /// training. The same seed gives the same bits.
    /// </param>
    /// <returns>A builder; add inputs and layers and call <see cref="NetworkBuilder{T}.Build()"/>.</returns>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public static NetworkBuilder<T> Create<T>(int seed)
        where T : unmanaged, IFloatingPointIeee754<T> => new(seed);
}
