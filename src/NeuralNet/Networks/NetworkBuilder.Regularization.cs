using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.Regularization;

namespace NeuralNet.Networks;

/// <content>Layers that keep a network from learning its samples by heart, and its weights apart.</content>
public sealed partial class NetworkBuilder<T>
{
    /// <summary>Adds a layer that adds noise of a normal distribution while training.</summary>
    /// <param name="deviation">The standard deviation of the noise, at least 0.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is negative or not finite.</exception>
    public NetworkBuilder<T> GaussianNoise(double deviation) => Add(shape => new GaussianNoise<T>(shape, deviation));

    /// <summary>
    /// Adds a layer that drops a share of its inputs while training and keeps their mean of 0 and variance of 1: the
    /// dropout of networks of <see cref="SELU"/>.
    /// </summary>
    /// <param name="rate">The share, at least 0 and below 1.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    public NetworkBuilder<T> AlphaDropout(double rate = 0.5) => Add(shape => new AlphaDropout<T>(shape, rate));

    /// <summary>
    /// Adds a penalty on what the layer before gives: to the loss comes the mean of the samples' penalties.
    /// </summary>
    /// <param name="penalty">The penalty on the outputs of one sample.</param>
    /// <returns>This builder.</returns>
    /// <example><code>builder.Dense(64, new ReLU()).ActivityPenalty(new L1Penalty(1e-4))</code></example>
    public NetworkBuilder<T> ActivityPenalty(IPenalty penalty) =>
        Add(shape => new ActivityPenalty<T>(shape, penalty));

    /// <summary>
    /// Adds a dense layer or a convolution whose weights are learned as directions and norms, w = g·v/‖v‖ for each
    /// neuron or filter.
    /// </summary>
    /// <param name="layer">
    /// Adds the layer to the builder it is given: one, without biases and activation, which are given here.
    /// </param>
    /// <param name="activation">σ; none if null.</param>
    /// <param name="biases">Whether there are biases.</param>
    /// <returns>This builder.</returns>
    /// <example>
    /// <code>builder.WeightNormalization(layer =&gt; layer.Dense(64, biases: false), new ReLU())</code>
    /// </example>
    /// <exception cref="ArgumentException">
    /// There is more or less than one layer, or it is no dense layer or convolution, or has biases or an activation.
    /// </exception>
    public NetworkBuilder<T> WeightNormalization(
        Func<NetworkBuilder<T>, NetworkBuilder<T>> layer, IActivation? activation = null, bool biases = true)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return LayersOf(layer) is [Layer<T> only]
            ? Add(new WeightNormalization<T>(only, activation, biases))
            : throw new ArgumentException("A weight normalization takes one layer.", nameof(layer));
    }
}
