using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.Regularization;

namespace NeuralNet.Networks;

/// <summary>
/// Describes a network layer by layer. Each layer takes as many inputs as the one before it has outputs, so only
/// output sizes are written down. A builder builds one network.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class NetworkBuilder<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _inputSize;
    private readonly int _seed;
    private readonly List<Layer<T>> _layers = [];
    private bool _built;

    internal NetworkBuilder(int inputSize, int seed)
    {
        NumberType.Require<T>();
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        _inputSize = inputSize;
        _seed = seed;
    }

    /// <summary>Number of features the next layer receives.</summary>
    public int OutputSize => _layers.Count == 0 ? _inputSize : _layers[^1].OutputSize;

    /// <summary>Adds a fully connected layer, a = σ(W·a⁽ˡ⁻¹⁾ + b).</summary>
    /// <param name="outputSize">Number of neurons.</param>
    /// <param name="activation">σ; none if null.</param>
    /// <param name="weightInitializer">Initial weights; the activation's default if null.</param>
    /// <param name="biasInitializer">Initial biases; 0 if null.</param>
    /// <param name="weightPenalty">What training adds to the loss to keep the weights small; nothing if null.</param>
    /// <param name="weightConstraint">What holds for the weights after every training step; nothing if null.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1, or no array holds that many weights.</exception>
    public NetworkBuilder<T> Dense(
        int outputSize,
        IActivation? activation = null,
        IInitializer? weightInitializer = null,
        IInitializer? biasInitializer = null,
        IPenalty? weightPenalty = null,
        IConstraint? weightConstraint = null) =>
        Add(inputSize => new Dense<T>(
            inputSize, outputSize, activation, weightInitializer, biasInitializer, weightPenalty, weightConstraint));

    /// <summary>Adds an activation as a layer of its own, as behind a normalization: a = σ(input).</summary>
    /// <param name="activation">σ.</param>
    /// <returns>This builder.</returns>
    public NetworkBuilder<T> Activation(IActivation activation) =>
        Add(inputSize => new ActivationLayer<T>(inputSize, activation));

    /// <summary>Adds a rectifier whose slope for negative inputs is learned.</summary>
    /// <param name="initialSlope">The slope to begin with.</param>
    /// <param name="slopePerFeature">Whether every feature has a slope of its own.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not finite.</exception>
    public NetworkBuilder<T> PReLU(double initialSlope = 0.25, bool slopePerFeature = false) =>
        Add(inputSize => new PReLU<T>(inputSize, initialSlope, slopePerFeature));

    /// <summary>Adds a layer that drops a share of its inputs while training.</summary>
    /// <param name="rate">The share, at least 0 and below 1.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    public NetworkBuilder<T> Dropout(double rate = 0.5) => Add(inputSize => new Dropout<T>(inputSize, rate));

    /// <summary>Adds a layer that gives each feature mean 0 and variance 1 over the batch, then scales and shifts it.</summary>
    /// <param name="momentum">The share of a batch in the running statistics: above 0, at most 1.</param>
    /// <param name="epsilon">What is added to the variance, above 0.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    public NetworkBuilder<T> BatchNormalization(double momentum = 0.1, double epsilon = 1e-5) =>
        Add(inputSize => new BatchNormalization<T>(inputSize, momentum, epsilon));

    /// <summary>Adds a layer that gives each sample mean 0 and variance 1 over its features, then scales and shifts them.</summary>
    /// <param name="epsilon">What is added to the variance, above 0.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    public NetworkBuilder<T> LayerNormalization(double epsilon = 1e-5) =>
        Add(inputSize => new LayerNormalization<T>(inputSize, epsilon));

    /// <summary>Adds a residual block: its output is its input plus what the layers within make of it.</summary>
    /// <param name="layers">Adds the layers within to the builder it is given; they must end in as many features as they begin with.</param>
    /// <returns>This builder.</returns>
    /// <example><code>builder.Residual(block =&gt; block.Dense(64, new ReLU()).Dense(64))</code></example>
    /// <exception cref="ArgumentException">There is no layer, or the sizes at both ends differ.</exception>
    public NetworkBuilder<T> Residual(Action<NetworkBuilder<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        var block = new NetworkBuilder<T>(OutputSize, _seed);
        layers(block);
        return Add(new Residual<T>(block._layers));
    }

    /// <summary>Adds a layer that is made for the size it receives.</summary>
    /// <param name="layer">Makes the layer, given its number of inputs.</param>
    /// <returns>This builder.</returns>
    /// <example><code>builder.Add(inputSize =&gt; new MyLayer(inputSize))</code></example>
    /// <exception cref="ArgumentException">The layer made takes another number of inputs.</exception>
    public NetworkBuilder<T> Add(Func<int, Layer<T>> layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return Add(layer(OutputSize));
    }

    /// <summary>Adds a layer that exists already.</summary>
    /// <param name="layer">The layer; it must be part of no network.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// The layer takes another number of inputs than it would receive, or was added before.
    /// </exception>
    public NetworkBuilder<T> Add(Layer<T> layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (layer.InputSize != OutputSize)
        {
            string before = _layers.Count == 0 ? "the network's input" : $"the layer before it, '{_layers[^1].Kind}',";
            throw new ArgumentException(
                $"The layer '{layer.Kind}' takes {layer.InputSize} inputs, but {before} gives {OutputSize}.",
                nameof(layer));
        }

        if (_layers.Contains(layer))
        {
            throw new ArgumentException(
                $"The layer '{layer.Kind}' is in this network already; make another for each place.", nameof(layer));
        }

        _layers.Add(layer);
        return this;
    }

    /// <summary>Makes the network: names its layers, <c>dense1</c>, <c>dense2</c>, …, and draws its parameters.</summary>
    /// <returns>The network.</returns>
    /// <exception cref="InvalidOperationException">
    /// There is no layer, or the builder has built already, or a layer is part of another network.
    /// </exception>
    public Network<T> Build() => Build(drawParameters: true);

    /// <summary>As <see cref="Build()"/>, but where the parameters come from elsewhere, none need be drawn.</summary>
    internal Network<T> Build(bool drawParameters)
    {
        if (_layers.Count == 0)
        {
            throw new InvalidOperationException("A network needs at least one layer; add one before Build.");
        }

        if (_built)
        {
            throw new InvalidOperationException("A builder builds one network; start another with Network.Create.");
        }

        foreach (Layer<T> layer in _layers)
        {
            layer.RequireUnattached();
        }

        Layer<T>.Attach(_layers);
        _built = true;
        return new Network<T>(_inputSize, _seed, _layers.ToArray(), drawParameters);
    }
}
