using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Recurrence;

namespace NeuralNet.Networks;

/// <content>Layers that read sequences step by step.</content>
public sealed partial class NetworkBuilder<T>
{
    /// <summary>Adds long short-term memory, which reads a sequence step by step.</summary>
    /// <param name="units">Number of units: the features of a step of the output.</param>
    /// <param name="returnSteps">
    /// Whether the next layer sees the output of every step, as another recurrent layer wants it; else that of the last
    /// step alone.
    /// </param>
    /// <param name="bidirectional">
    /// Whether a second one reads the sequence from its end: the next layer sees the features of both, one behind the
    /// other, each after its own last step where only that is given.
    /// </param>
    /// <param name="options">Direction, biases, initial values, penalties; the usual ones if null.</param>
    /// <returns>This builder.</returns>
    /// <example><code>
    /// Network.Create&lt;float&gt;(new FeatureShape(28, 28), seed: 1)    // 28 steps of 28 features
    ///     .Lstm(64, returnSteps: true)
    ///     .Lstm(64)
    ///     .Dense(10)
    ///     .Build();
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The input is no sequence, or there is an initializer for biases, but no biases.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 1, or no array holds that many weights.
    /// </exception>
    public NetworkBuilder<T> Lstm(
        int units, bool returnSteps = false, bool bidirectional = false, RecurrentOptions? options = null) =>
        Recurrent(bidirectional, options, (shape, options) => new Lstm<T>(shape, units, returnSteps, options));

    /// <summary>Adds a gated recurrent unit, which reads a sequence step by step.</summary>
    /// <param name="units">Number of units: the features of a step of the output.</param>
    /// <param name="returnSteps">
    /// Whether the next layer sees the output of every step, as another recurrent layer wants it; else that of the last
    /// step alone.
    /// </param>
    /// <param name="bidirectional">
    /// Whether a second one reads the sequence from its end: the next layer sees the features of both, one behind the
    /// other, each after its own last step where only that is given.
    /// </param>
    /// <param name="resetAfter">
    /// Whether the reset gate is applied after the product with the state, as in PyTorch; else before.
    /// </param>
    /// <param name="options">Direction, biases, initial values, penalties; the usual ones if null.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// The input is no sequence, or there is an initializer for biases, but no biases.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 1, or no array holds that many weights.
    /// </exception>
    public NetworkBuilder<T> Gru(
        int units,
        bool returnSteps = false,
        bool bidirectional = false,
        bool resetAfter = true,
        RecurrentOptions? options = null) =>
        Recurrent(bidirectional, options, (shape, options) => new Gru<T>(
            shape, units, returnSteps, resetAfter, options));

    /// <summary>Adds the simplest recurrent layer, which reads a sequence step by step.</summary>
    /// <param name="units">Number of units: the features of a step of the output.</param>
    /// <param name="activation"><see cref="Tanh"/> or <see cref="ReLU"/>; tanh if null.</param>
    /// <param name="returnSteps">
    /// Whether the next layer sees the output of every step, as another recurrent layer wants it; else that of the last
    /// step alone.
    /// </param>
    /// <param name="bidirectional">
    /// Whether a second one reads the sequence from its end: the next layer sees the features of both, one behind the
    /// other, each after its own last step where only that is given.
    /// </param>
    /// <param name="options">Direction, biases, initial values, penalties; the usual ones if null.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// The input is no sequence, the activation neither of the two, or there is an initializer for biases, but no
    /// biases.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 1, or no array holds that many weights.
    /// </exception>
    public NetworkBuilder<T> SimpleRecurrent(
        int units,
        IActivation? activation = null,
        bool returnSteps = false,
        bool bidirectional = false,
        RecurrentOptions? options = null) =>
        Recurrent(bidirectional, options, (shape, options) => new SimpleRecurrent<T>(
            shape, units, activation, returnSteps, options));

    /// <summary>
    /// Adds layers that read sequences of different lengths: the rows of a sequence, padded at its end, and in one more
    /// row the number of its steps. Steps of padding change neither result nor gradient.
    /// </summary>
    /// <param name="shape">Shape of the longest sequence: (steps, features), or (steps) of categories.</param>
    /// <param name="layers">Adds the layers to the builder it is given.</param>
    /// <returns>This builder.</returns>
    /// <example><code>
    /// Network.Create&lt;float&gt;(seed: 1)
    ///     .Input("words", 200)    // their numbers, and anything behind the last word
    ///     .Input("count", 1)      // how many words there are
    ///     .PaddedSequences(200, text =&gt; text.Embedding(10000, 32).Lstm(64))
    ///     .Dense(1, new Sigmoid())
    ///     .Build();
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The input has not one row more than the shape, there is no layer, or one that takes no padding.
    /// </exception>
    public NetworkBuilder<T> PaddedSequences(
        FeatureShape shape, Func<NetworkBuilder<T>, NetworkBuilder<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (OutputSize - 1 != shape.Size)
        {
            throw new ArgumentException(
                $"A padded sequence of {shape.Describe()} has one row more, for the number of its steps, but the input "
                + $"has {Quantity.Of(OutputSize, "row")}.",
                nameof(shape));
        }

        return Add(new PaddedSequences<T>(
            new Sequence<T>(shape, LayersOf(layers, new NetworkBuilder<T>(shape, inputs: null)))));
    }

    /// <summary>
    /// Adds layers that are applied to each step of a sequence by itself, with the same parameters at every step.
    /// </summary>
    /// <param name="layers">Adds the layers, of which the first takes one step, to the builder it is given.</param>
    /// <returns>This builder.</returns>
    /// <example><code>builder.PerStep(step =&gt; step.Dense(8, new ReLU()))</code></example>
    /// <exception cref="ArgumentException">The input has no steps.</exception>
    public NetworkBuilder<T> PerStep(Func<NetworkBuilder<T>, NetworkBuilder<T>> layers)
    {
        FeatureShape step = StepShape.OfOne(OutputShape);
        return Add(new PerStep<T>(
            OutputShape[0], new Sequence<T>(step, LayersOf(layers, new NetworkBuilder<T>(step, inputs: null)))));
    }

    /// <summary>Adds a layer that passes on the last step of a sequence, (steps, features) → (features).</summary>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The input is no sequence.</exception>
    public NetworkBuilder<T> LastStep() => Add(shape => new LastStep<T>(shape));

    /// <summary>
    /// Adds attention over the steps of a sequence with one learned query: their mean, weighted by how well each step
    /// matches it, (steps, features) → (features).
    /// </summary>
    /// <param name="queryInitializer">Initial query; normal with a deviation of 1 if null.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The input is no sequence.</exception>
    public NetworkBuilder<T> AttentionPooling(IInitializer? queryInitializer = null) =>
        Add(shape => new AttentionPooling<T>(shape, queryInitializer));

    // In both directions, it is two branches, whose features lie one behind the other at every step.
    private NetworkBuilder<T> Recurrent(
        bool bidirectional, RecurrentOptions? options, Func<FeatureShape, RecurrentOptions?, RecurrentLayer<T>> make)
    {
        if (!bidirectional)
        {
            return Add(shape => make(shape, options));
        }

        RecurrentOptions back = (options ?? new()) with { IsReversed = !(options?.IsReversed ?? false) };
        return Branches(
            Merge.Concatenation,
            one => one.Add(shape => make(shape, options)),
            other => other.Add(shape => make(shape, back)));
    }
}
