using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Regularization;

namespace NeuralNet.Networks;

/// <summary>
/// Describes a network layer by layer. Each layer takes the output of the one before it in its shape, so only outputs
/// are written down. A builder builds one network.
/// </summary>
/// <example>
/// Several inputs lie one below the other in the column of a sample, and so do several outputs; names find them:
/// <code>
/// Network&lt;float&gt; network = Network.Create&lt;float&gt;(seed: 1)
///     .Input("image", new FeatureShape(32, 32, 3))
///     .Input("weather", 6)
///     .Branches(
///         Merge.Concatenation,
///         image =&gt; image.From("image").Convolution(16, 3, activation: new ReLU()).GlobalAveragePooling(),
///         weather =&gt; weather.From("weather").Dense(8, new ReLU()))
///     .Output("price", price =&gt; price.Dense(1))
///     .Output("kind", kind =&gt; kind.Dense(5))
///     .Build();
/// </code>
/// </example>
/// <typeparam name="T">float or double.</typeparam>
public sealed partial class NetworkBuilder<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int? _seed;
    private readonly bool _namesInputs;
    private readonly List<Layer<T>> _layers = [];
    private readonly HashSet<Layer<T>> _taken = [];
    private readonly List<(string Name, FeatureShape Shape, List<Layer<T>> Layers)> _outputs = [];
    private FeatureShape? _inputShape;

    // The inputs of the network, where the layers of this builder begin with them.
    private FeatureLayout? _inputs;
    private bool _built;

    /// <summary>Starts a network with one input.</summary>
    internal NetworkBuilder(FeatureShape inputShape, int seed)
    {
        NumberType.Require<T>();
        ArgumentNullException.ThrowIfNull(inputShape);
        _inputShape = inputShape;
        _seed = seed;
    }

    /// <summary>Starts a network whose inputs are named one by one.</summary>
    internal NetworkBuilder(int seed)
    {
        NumberType.Require<T>();
        _seed = seed;
        _namesInputs = true;
    }

    /// <summary>Starts a block or a branch within a network.</summary>
    private NetworkBuilder(FeatureShape inputShape, FeatureLayout? inputs)
    {
        _inputShape = inputShape;
        _inputs = inputs;
    }

    /// <summary>Shape of the next layer's input.</summary>
    /// <exception cref="InvalidOperationException">The network has no input yet.</exception>
    public FeatureShape OutputShape => _layers.Count > 0
        ? _layers[^1].OutputShape
        : _inputShape ?? throw new InvalidOperationException(
            "The network has no input yet; name its inputs before its layers: Network.Create<float>(seed: 1)"
            + ".Input(\"image\", new FeatureShape(28, 28, 1)).");

    /// <summary>Number of features of the next layer's input.</summary>
    public int OutputSize => OutputShape.Size;

    /// <summary>
    /// Adds an input to a network that was begun without one. Its rows lie below those of the inputs before it.
    /// </summary>
    /// <param name="name">The name of the input.</param>
    /// <param name="shape">Shape of the input; an int is a number of features.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// The name is blank, too long or has invisible characters, or another input has it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The inputs have more rows than can be counted.</exception>
    /// <exception cref="InvalidOperationException">
    /// The network was begun with an input, or has layers already.
    /// </exception>
    public NetworkBuilder<T> Input(string name, FeatureShape shape)
    {
        if (!_namesInputs || _layers.Count > 0 || _outputs.Count > 0)
        {
            throw new InvalidOperationException(
                "Inputs are named before the first layer of a network that was begun without a shape: "
                + "Network.Create<float>(seed: 1).Input(…).Input(…).");
        }

        _inputs = new([.. _inputs?.Select(input => (input.Name, input.Shape)) ?? [], (name, shape)]);
        _inputShape = _inputs.Shape;
        return this;
    }

    /// <summary>
    /// Reads one of the inputs of the network, where layers begin: in a branch of a network that has no layers before.
    /// </summary>
    /// <param name="input">The name of the input.</param>
    /// <returns>This builder.</returns>
    /// <example>
    /// <code>builder.Branches(Merge.Sum, a =&gt; a.From("a").Dense(8), b =&gt; b.From("b").Dense(8))</code>
    /// </example>
    /// <exception cref="ArgumentException">There is no input of that name.</exception>
    /// <exception cref="InvalidOperationException">
    /// The inputs have no names, or there are layers between them and this place.
    /// </exception>
    public NetworkBuilder<T> From(string input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (_inputs is null || _layers.Count > 0)
        {
            throw new InvalidOperationException(
                $"The input {MessageText.Quoted(input)} cannot be read here: an input that has a name is read at the "
                + "beginning of the network, or of a branch there, before any other layer.");
        }

        FeatureRange range = _inputs.Find(input) ?? throw new ArgumentException(_inputs.Unknown(input), nameof(input));
        return _inputs.Count == 1 ? this : Slice(range.Start, range.Shape);
    }

    /// <summary>
    /// Adds an output with a name: layers that all outputs have beside each other behind the layers added so far.
    /// Several outputs lie one below the other, each as a flat row of features.
    /// </summary>
    /// <param name="name">The name of the output.</param>
    /// <param name="layers">
    /// Adds the layers of this output to the builder it is given; none if null, which makes what the layers so far give
    /// an output.
    /// </param>
    /// <returns>This builder; other outputs may follow, but no further layers.</returns>
    /// <exception cref="ArgumentException">
    /// The name is blank, too long or has invisible characters, or another output has it.
    /// </exception>
    /// <exception cref="InvalidOperationException">This builder is for the layers of a block or a branch.</exception>
    public NetworkBuilder<T> Output(string name, Func<NetworkBuilder<T>, NetworkBuilder<T>>? layers = null)
    {
        if (_seed is null)
        {
            throw new InvalidOperationException(
                "Outputs are those of the network; add them to its own builder, not within a block or a branch.");
        }

        List<Layer<T>> added = layers is null ? [] : LayersOf(layers);
        FeatureShape shape = added.Count > 0 ? added[^1].OutputShape : OutputShape;
        _ = new FeatureLayout([.. _outputs.Select(output => (output.Name, output.Shape)), (name, shape)]);
        _outputs.Add((name, shape, added));
        return this;
    }

    /// <summary>Adds a fully connected layer, a = σ(W·a⁽ˡ⁻¹⁾ + b).</summary>
    /// <param name="outputSize">Number of neurons.</param>
    /// <param name="activation">σ; none if null.</param>
    /// <param name="weightInitializer">Initial weights; the activation's default if null.</param>
    /// <param name="biasInitializer">Initial biases; 0 if null.</param>
    /// <param name="weightPenalty">
    /// The penalty that training adds to the loss to keep the weights small; none if null.
    /// </param>
    /// <param name="weightConstraint">
    /// The constraint that the weights are made to satisfy after every training step; none if null.
    /// </param>
    /// <param name="biases">Whether there are biases b.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">There is an initializer for biases, but no biases.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The size is below 1, or no array holds that many weights.
    /// </exception>
    public NetworkBuilder<T> Dense(
        int outputSize,
        IActivation? activation = null,
        IInitializer? weightInitializer = null,
        IInitializer? biasInitializer = null,
        IPenalty? weightPenalty = null,
        IConstraint? weightConstraint = null,
        bool biases = true) =>
        Add(shape => new Dense<T>(
            shape,
            outputSize,
            activation,
            weightInitializer,
            biasInitializer,
            weightPenalty,
            weightConstraint,
            biases));

    /// <summary>
    /// Adds an embedding: each number of a category becomes a learned vector, and all inputs share the vectors.
    /// </summary>
    /// <param name="categories">Number of categories: an input is from 0 to one less.</param>
    /// <param name="size">Number of elements of a vector.</param>
    /// <param name="weightInitializer">Initial weights; uniform in ±0.05 if null.</param>
    /// <param name="weightPenalty">
    /// The penalty that training adds to the loss to keep the weights small; none if null.
    /// </param>
    /// <param name="weightConstraint">
    /// The constraint that the weights are made to satisfy after every training step; none if null.
    /// </param>
    /// <returns>This builder; the next layer sees inputs × size or, of a single input, a flat row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is below 1, or no array holds that many weights.
    /// </exception>
    public NetworkBuilder<T> Embedding(
        int categories,
        int size,
        IInitializer? weightInitializer = null,
        IPenalty? weightPenalty = null,
        IConstraint? weightConstraint = null) =>
        Add(shape => new Embedding<T>(
            shape, categories, size, weightInitializer, weightPenalty, weightConstraint));

    /// <summary>
    /// Adds an embedding for each input, with vectors of its own: for the columns of a table that hold categories.
    /// </summary>
    /// <param name="columns">
    /// For each input, the number of its categories and of the elements of their vectors; at least two inputs.
    /// </param>
    /// <returns>This builder; the next layer sees all vectors of a sample one behind the other.</returns>
    /// <example><code>builder.From("table").Embeddings((1000, 16), (7, 3))</code></example>
    /// <exception cref="ArgumentException">There are not as many as inputs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is below 1, or no array holds that many weights.
    /// </exception>
    public NetworkBuilder<T> Embeddings(params IReadOnlyList<(int Categories, int Size)> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count != OutputSize)
        {
            throw new ArgumentException(
                $"There {Quantity.Are(OutputSize, "input")}, but {Quantity.Of(columns.Count, "embedding")}; each input "
                + "has one.",
                nameof(columns));
        }

        return Branches(
            Merge.Concatenation,
            [
                .. columns.Select((column, i) => (Func<NetworkBuilder<T>, NetworkBuilder<T>>)(
                    input => input.Slice(i, 1).Embedding(column.Categories, column.Size))),
            ]);
    }

    /// <summary>
    /// Adds a layer that makes waves of each number, sines and cosines of frequencies that are learned: for numbers
    /// that repeat, or that matter in small parts of their range.
    /// </summary>
    /// <param name="frequencies">Number of frequencies of each number.</param>
    /// <param name="deviation">
    /// Standard deviation of the initial frequencies: the larger, the finer the waves; above 0.
    /// </param>
    /// <returns>This builder; the next layer sees inputs × 2·frequencies or, of a single input, a flat row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is out of its range, or the output has more elements than can be counted.
    /// </exception>
    public NetworkBuilder<T> PeriodicFeatures(int frequencies, double deviation = 0.1) =>
        Add(shape => new PeriodicFeatures<T>(shape, frequencies, deviation));

    /// <summary>
    /// Adds a convolution over images or sequences: at each place, a = σ(W·patch + b) with weights that all share.
    /// </summary>
    /// <param name="filters">Number of filters: the channels of the output.</param>
    /// <param name="kernelSize">Rows and columns that a filter sees; of a sequence, the height is the steps.</param>
    /// <param name="stride">Distance from one place of the output to the next, in the input; 1 if null.</param>
    /// <param name="padding">Zeros around the input.</param>
    /// <param name="dilation">Distance from one element of the kernel to the next, in the input; 1 if null.</param>
    /// <param name="groups">Number of groups, a divisor of both the channels and the filters.</param>
    /// <param name="activation">σ; none if null.</param>
    /// <param name="weightInitializer">Initial weights; the activation's default if null.</param>
    /// <param name="biasInitializer">Initial biases; 0 if null.</param>
    /// <param name="weightPenalty">
    /// The penalty that training adds to the loss to keep the weights small; none if null.
    /// </param>
    /// <param name="weightConstraint">
    /// The constraint that the weights are made to satisfy after every training step; none if null.
    /// </param>
    /// <param name="biases">Whether there are biases b.</param>
    /// <returns>This builder.</returns>
    /// <example>
    /// <code>builder.Convolution(32, kernelSize: 3, padding: Padding.Same, activation: new ReLU())</code>
    /// </example>
    /// <exception cref="ArgumentException">
    /// The input is neither an image nor a sequence, the kernel does not fit into it, the groups do not divide channels
    /// and filters, or there is an initializer for biases, but no biases.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 1, a padding below 0, or no array holds that many weights.
    /// </exception>
    public NetworkBuilder<T> Convolution(
        int filters,
        HeightWidth kernelSize,
        HeightWidth? stride = null,
        Padding padding = default,
        HeightWidth? dilation = null,
        int groups = 1,
        IActivation? activation = null,
        IInitializer? weightInitializer = null,
        IInitializer? biasInitializer = null,
        IPenalty? weightPenalty = null,
        IConstraint? weightConstraint = null,
        bool biases = true) =>
        Add(shape => new Convolution<T>(
            shape,
            filters,
            kernelSize,
            stride,
            padding,
            dilation,
            groups,
            activation,
            weightInitializer,
            biasInitializer,
            weightPenalty,
            weightConstraint,
            biases));

    /// <summary>
    /// Adds a transposed convolution, which makes images or sequences larger: each place of the input adds Wᵀ·input to
    /// a patch of the output; a = σ(sum + b).
    /// </summary>
    /// <param name="filters">Number of filters: the channels of the output.</param>
    /// <param name="kernelSize">
    /// Rows and columns of the output that a place of the input reaches; of a sequence, the height is the steps.
    /// </param>
    /// <param name="stride">Distance in the output from one place of the input to the next; 1 if null.</param>
    /// <param name="padding">
    /// Places at the sides of the output that are left out; with <see cref="Padding.Same"/>, the output is as large as
    /// input times stride.
    /// </param>
    /// <param name="outputPadding">
    /// Rows and columns added at the end of the output, fewer than the stride; 0 if null.
    /// </param>
    /// <param name="dilation">Distance in the output from one element of the kernel to the next; 1 if null.</param>
    /// <param name="groups">Number of groups, a divisor of both the channels and the filters.</param>
    /// <param name="activation">σ; none if null.</param>
    /// <param name="weightInitializer">Initial weights; the activation's default if null.</param>
    /// <param name="biasInitializer">Initial biases; 0 if null.</param>
    /// <param name="weightPenalty">
    /// The penalty that training adds to the loss to keep the weights small; none if null.
    /// </param>
    /// <param name="weightConstraint">
    /// The constraint that the weights are made to satisfy after every training step; none if null.
    /// </param>
    /// <param name="biases">Whether there are biases b.</param>
    /// <returns>This builder.</returns>
    /// <example>
    /// <code>builder.TransposedConvolution(16, kernelSize: 4, stride: 2, padding: Padding.Same)</code>
    /// </example>
    /// <exception cref="ArgumentException">
    /// The input is neither an image nor a sequence, the padding leaves nothing of the output, the output padding is
    /// not below the stride or beside <see cref="Padding.Same"/>, the groups do not divide channels and filters, or
    /// there is an initializer for biases, but no biases.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 1, a padding below 0, or no array holds that many weights.
    /// </exception>
    public NetworkBuilder<T> TransposedConvolution(
        int filters,
        HeightWidth kernelSize,
        HeightWidth? stride = null,
        Padding padding = default,
        HeightWidth? outputPadding = null,
        HeightWidth? dilation = null,
        int groups = 1,
        IActivation? activation = null,
        IInitializer? weightInitializer = null,
        IInitializer? biasInitializer = null,
        IPenalty? weightPenalty = null,
        IConstraint? weightConstraint = null,
        bool biases = true) =>
        Add(shape => new TransposedConvolution<T>(
            shape,
            filters,
            kernelSize,
            stride,
            padding,
            outputPadding,
            dilation,
            groups,
            activation,
            weightInitializer,
            biasInitializer,
            weightPenalty,
            weightConstraint,
            biases));

    /// <summary>Adds a layer that puts zeros around images, or before and after sequences.</summary>
    /// <param name="padding">Zeros on each side; of a sequence, top is before and bottom behind it.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// The input is neither an image nor a sequence, or the padding is <see cref="Padding.Same"/>.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A side is below 0, or the output has more elements than can be counted.
    /// </exception>
    public NetworkBuilder<T> ZeroPadding(Padding padding) => Add(shape => new ZeroPadding<T>(shape, padding));

    /// <summary>Adds a layer that enlarges images by a whole factor, or sequences along their steps.</summary>
    /// <param name="factor">
    /// The rows that each row becomes, and the columns that each column becomes; of a sequence, the height is that of
    /// the steps.
    /// </param>
    /// <param name="interpolation">The way to fill the output between the pixels of the input.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The input is neither an image nor a sequence.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A factor is below 1, the output has more elements than can be counted, or there is no such interpolation.
    /// </exception>
    public NetworkBuilder<T> UpSampling(
        HeightWidth factor, Interpolation interpolation = Interpolation.Nearest) =>
        Add(shape => new UpSampling<T>(shape, factor, interpolation));

    /// <summary>Adds a layer that takes, channel by channel, the largest value of each window.</summary>
    /// <param name="poolSize">Rows and columns of a window; of a sequence, the height is the steps.</param>
    /// <param name="stride">Distance from one window to the next; the size of a window if null.</param>
    /// <param name="padding">Places around the input that windows may reach, less than a window.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// The input is neither an image nor a sequence, a window does not fit into it, or may lie in the padding alone.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or a padding below 0.</exception>
    public NetworkBuilder<T> MaxPooling(HeightWidth poolSize, HeightWidth? stride = null, Padding padding = default) =>
        Add(shape => new MaxPooling<T>(shape, poolSize, stride, padding));

    /// <summary>Adds a layer that takes, channel by channel, the mean of each window.</summary>
    /// <param name="poolSize">Rows and columns of a window; of a sequence, the height is the steps.</param>
    /// <param name="stride">Distance from one window to the next; the size of a window if null.</param>
    /// <param name="padding">Places around the input that windows may reach, less than a window.</param>
    /// <param name="countPadding">True if the padding in a window counts as zeros.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// The input is neither an image nor a sequence, a window does not fit into it, or may lie in the padding alone.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or a padding below 0.</exception>
    public NetworkBuilder<T> AveragePooling(
        HeightWidth poolSize, HeightWidth? stride = null, Padding padding = default, bool countPadding = false) =>
        Add(shape => new AveragePooling<T>(shape, poolSize, stride, padding, countPadding));

    /// <summary>Adds a layer that takes the largest value of each channel; its output is flat.</summary>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The input is neither an image nor a sequence.</exception>
    public NetworkBuilder<T> GlobalMaxPooling() => Add(shape => new GlobalMaxPooling<T>(shape));

    /// <summary>Adds a layer that takes the mean of each channel; its output is flat.</summary>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The input is neither an image nor a sequence.</exception>
    public NetworkBuilder<T> GlobalAveragePooling() => Add(shape => new GlobalAveragePooling<T>(shape));

    /// <summary>Adds an activation as a layer of its own, as behind a normalization: a = σ(input).</summary>
    /// <param name="activation">σ.</param>
    /// <returns>This builder.</returns>
    public NetworkBuilder<T> Activation(IActivation activation) =>
        Add(shape => new ActivationLayer<T>(shape, activation));

    /// <summary>Adds a rectifier whose slope for negative inputs is learned.</summary>
    /// <param name="initialSlope">The slope to begin with.</param>
    /// <param name="slopePerFeature">Whether every feature, of images every channel, has a slope of its own.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not finite.</exception>
    public NetworkBuilder<T> PReLU(double initialSlope = 0.25, bool slopePerFeature = false) =>
        Add(shape => new PReLU<T>(shape, initialSlope, slopePerFeature));

    /// <summary>Adds a layer that drops a share of its inputs while training.</summary>
    /// <param name="rate">The share, at least 0 and below 1.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    public NetworkBuilder<T> Dropout(double rate = 0.5) => Add(shape => new Dropout<T>(shape, rate));

    /// <summary>
    /// Adds a layer that drops a share of the channels of images, or of the features of sequences, while training, each
    /// at all positions of a sample at once.
    /// </summary>
    /// <param name="rate">The share, at least 0 and below 1.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The input is flat.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    public NetworkBuilder<T> SpatialDropout(double rate = 0.5) => Add(shape => new SpatialDropout<T>(shape, rate));

    /// <summary>
    /// Adds a layer that gives each feature mean 0 and variance 1 over the batch, then scales and shifts it.
    /// </summary>
    /// <param name="momentum">The share of a batch in the running statistics: above 0, at most 1.</param>
    /// <param name="epsilon">ε, added to the variance to keep the divisor away from 0; above 0.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    public NetworkBuilder<T> BatchNormalization(double momentum = 0.1, double epsilon = 1e-5) =>
        Add(shape => new BatchNormalization<T>(shape, momentum, epsilon));

    /// <summary>
    /// Adds a layer that gives each sample mean 0 and variance 1 over its features, then scales and shifts them.
    /// </summary>
    /// <param name="epsilon">ε, added to the variance to keep the divisor away from 0; above 0.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    public NetworkBuilder<T> LayerNormalization(double epsilon = 1e-5) =>
        Add(shape => new LayerNormalization<T>(shape, epsilon));

    /// <summary>
    /// Adds a layer that gives each group of channels mean 0 and variance 1 over all positions of a sample, then scales
    /// and shifts each channel.
    /// </summary>
    /// <param name="groups">
    /// Number of groups, a divisor of the channels; as many as channels make it instance normalization.
    /// </param>
    /// <param name="epsilon">ε, added to the variance to keep the divisor away from 0; above 0.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// The groups do not divide the channels, or each would be a single element.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    public NetworkBuilder<T> GroupNormalization(int groups, double epsilon = 1e-5) =>
        Add(shape => new GroupNormalization<T>(shape, groups, epsilon));

    /// <summary>
    /// Adds a layer that divides each sample by the root of the mean square of its features, then scales them.
    /// </summary>
    /// <param name="epsilon">
    /// ε, added to the mean square to keep the divisor away from 0; above 0; 2⁻²³ in float and 2⁻⁵² in double if null.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is out of its range.</exception>
    public NetworkBuilder<T> RmsNormalization(double? epsilon = null) =>
        Add(shape => new RmsNormalization<T>(shape, epsilon));

    /// <summary>Adds a residual block: its output is its input plus the output of the layers within.</summary>
    /// <param name="layers">
    /// Adds the layers within to the builder it is given; they must end in the shape they begin with.
    /// </param>
    /// <returns>This builder.</returns>
    /// <example><code>builder.Residual(block =&gt; block.Dense(64, new ReLU()).Dense(64))</code></example>
    /// <exception cref="ArgumentException">There is no layer, or the shapes at both ends differ.</exception>
    public NetworkBuilder<T> Residual(Func<NetworkBuilder<T>, NetworkBuilder<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return Add(new Residual<T>(LayersOf(layers)));
    }

    /// <summary>
    /// Adds branches: layers side by side that all receive the same input, and a merge of what they give.
    /// </summary>
    /// <param name="merge">The merge, such as <see cref="Merge.Sum"/> or <see cref="Merge.Concatenation"/>.</param>
    /// <param name="branches">
    /// For each branch, a function that adds its layers to the builder it is given; one that adds none,
    /// <c>shortcut =&gt; shortcut</c>, passes the input on.
    /// </param>
    /// <returns>This builder.</returns>
    /// <example><code>
    /// builder.Branches(
    ///     Merge.Concatenation,
    ///     left =&gt; left.Slice(0, 6).Dense(8, new ReLU()),
    ///     right =&gt; right.Slice(6, 4).Dense(8, new Tanh()))
    /// </code></example>
    /// <exception cref="ArgumentException">There is no branch, or their outputs do not fit the merge.</exception>
    public NetworkBuilder<T> Branches(Merge merge, params Func<NetworkBuilder<T>, NetworkBuilder<T>>[] branches)
    {
        ArgumentNullException.ThrowIfNull(branches);
        return Add(new Branches<T>(
            merge, [.. branches.Select(branch => new Sequence<T>(OutputShape, LayersOf(branch)))]));
    }

    /// <summary>Adds a layer that passes on a range of the rows it receives.</summary>
    /// <param name="start">First row, from zero.</param>
    /// <param name="shape">Shape in which the range is read; an int is a number of rows.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The range is not within the rows.</exception>
    public NetworkBuilder<T> Slice(int start, FeatureShape shape) =>
        Add(inputShape => new Slice<T>(inputShape, start, shape));

    /// <summary>Adds a layer that puts the axes of the shape it receives in another order.</summary>
    /// <param name="axes">The axes of the input in the order of the output, counted from 0.</param>
    /// <returns>This builder.</returns>
    /// <example><code>builder.Permute(1, 2, 0)    // channels first to channels last</code></example>
    /// <exception cref="ArgumentException">Not every axis of the input is named once.</exception>
    public NetworkBuilder<T> Permute(params IReadOnlyList<int> axes) =>
        Add(inputShape => new Permute<T>(inputShape, axes));

    /// <summary>Adds a layer that reads the same rows in another shape.</summary>
    /// <param name="shape">The shape, which has as many elements; an int is a number of features.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The shapes differ in their number of elements.</exception>
    public NetworkBuilder<T> Reshape(FeatureShape shape) => Add(inputShape => new Reshape<T>(inputShape, shape));

    /// <summary>
    /// Adds a layer that reads an image or a sequence as a flat row of features. Dense layers do so by themselves; it
    /// is needed where branches of different shapes are concatenated.
    /// </summary>
    /// <returns>This builder.</returns>
    public NetworkBuilder<T> Flatten() => Reshape(OutputSize);

    /// <summary>Adds a layer that a function makes for its input shape.</summary>
    /// <param name="layer">Makes the layer, given the shape of its input.</param>
    /// <returns>This builder.</returns>
    /// <example><code>builder.Add(shape =&gt; new MyLayer(shape))</code></example>
    /// <exception cref="ArgumentException">The layer made takes another shape.</exception>
    public NetworkBuilder<T> Add(Func<FeatureShape, Layer<T>> layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return Add(layer(OutputShape));
    }

    /// <summary>Adds a layer that exists already.</summary>
    /// <param name="layer">The layer; it must be part of no network.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// The layer takes another shape than it would receive, or was added before.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The layer is part of a network or of another layer already, or an output was added before.
    /// </exception>
    public NetworkBuilder<T> Add(Layer<T> layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (_outputs.Count > 0)
        {
            throw new InvalidOperationException(
                $"The layer '{layer.Kind}' comes behind the output '{_outputs[^1].Name}'; add it before, or to the "
                + "layers of an output.");
        }

        layer.RequireUnattached();
        Sequence<T>.RequireFit(OutputShape, _layers.LastOrDefault(), layer, nameof(layer));
        if (!_taken.Add(layer))
        {
            throw new ArgumentException(
                $"The layer '{layer.Kind}' is in this network already; make another for each place.", nameof(layer));
        }

        _layers.Add(layer);
        return this;
    }

    /// <summary>
    /// Makes the network: names its layers, <c>dense1</c>, <c>dense2</c>, …, and draws its parameters.
    /// </summary>
    /// <returns>The network.</returns>
    /// <exception cref="InvalidOperationException">
    /// There is no input or no layer, or the builder has built already, or a layer is part of another network.
    /// </exception>
    public Network<T> Build() => Build(drawParameters: true);

    /// <summary>
    /// Makes the network as <see cref="Build()"/> does, but draws no parameters if they come from elsewhere.
    /// </summary>
    /// <param name="drawParameters">Whether parameters are drawn.</param>
    /// <param name="inputs">The names and shapes of the inputs, where the builder has been told none.</param>
    /// <param name="outputs">The names and shapes of the outputs, where the builder has been told none.</param>
    internal Network<T> Build(bool drawParameters, FeatureLayout? inputs = null, FeatureLayout? outputs = null)
    {
        if (_seed is not { } seed)
        {
            throw new InvalidOperationException(
                "This builder is for the layers of a block or a branch; call Build on the network's own builder.");
        }

        if (_built)
        {
            throw new InvalidOperationException("A builder builds one network; start another with Network.Create.");
        }

        FeatureShape inputShape = _inputShape ?? OutputShape;
        List<Layer<T>> layers = [.. _layers, .. OutputLayers()];
        if (layers.Count == 0)
        {
            throw new InvalidOperationException("A network needs at least one layer; add one before Build.");
        }

        var body = new Sequence<T>(inputShape, layers);
        body.Attach(body.Kind, prefix: "");
        _built = true;
        FeatureLayout? named =
            _outputs.Count > 0 ? new([.. _outputs.Select(output => (output.Name, output.Shape))]) : null;
        return new Network<T>(body, seed, drawParameters, inputs ?? _inputs, outputs ?? named);
    }

    /// <summary>The layers of the outputs: those of a single one, or branches that lie one below the other.</summary>
    private List<Layer<T>> OutputLayers() => _outputs.Count <= 1
        ? [.. _outputs.SelectMany(output => output.Layers)]
        : [new Branches<T>(Merge.Concatenation, [.. _outputs.Select(output => Head(output.Shape, output.Layers))])];

    private Sequence<T> Head(FeatureShape shape, List<Layer<T>> layers) => new(
        OutputShape, shape.IsFlat ? layers : [.. layers, new Reshape<T>(shape, shape.Size)]);

    private List<Layer<T>> LayersOf(Func<NetworkBuilder<T>, NetworkBuilder<T>> add) =>
        LayersOf(add, new NetworkBuilder<T>(OutputShape, _layers.Count == 0 ? _inputs : null));

    private static List<Layer<T>> LayersOf(
        Func<NetworkBuilder<T>, NetworkBuilder<T>> add, NetworkBuilder<T> builder)
    {
        ArgumentNullException.ThrowIfNull(add);
        return add(builder) == builder
            ? builder._layers
            : throw new ArgumentException(
                "The layers within must be added to the builder that is given, and that builder returned.",
                nameof(add));
    }
}
