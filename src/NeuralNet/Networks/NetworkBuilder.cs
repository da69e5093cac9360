using System.Globalization;
using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Layers;

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
        Precision.Require<T>();
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
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1, or no array holds that many weights.</exception>
    public NetworkBuilder<T> Dense(
        int outputSize,
        IActivation? activation = null,
        IInitializer? weightInitializer = null,
        IInitializer? biasInitializer = null) =>
        Add(inputSize => new Dense<T>(inputSize, outputSize, activation, weightInitializer, biasInitializer));

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
    public Network<T> Build()
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

        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Layer<T> layer in _layers)
        {
            int ordinal = ordinals[layer.Kind] = ordinals.GetValueOrDefault(layer.Kind) + 1;
            layer.Attach(layer.Kind + ordinal.ToString(CultureInfo.InvariantCulture));
        }

        _built = true;
        return new Network<T>(_inputSize, _seed, _layers.ToArray());
    }
}
