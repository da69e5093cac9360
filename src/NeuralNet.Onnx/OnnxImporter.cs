using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Onnx.Import;
using NeuralNet.Onnx.Import.Files;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>
/// Loads networks from ONNX models, as PyTorch, Keras (by tf2onnx), CNTK and scikit-learn (by skl2onnx) write them.
/// </summary>
/// <remarks>
/// <para>
/// A model becomes a network if it is feed-forward: it has one input, batch × features or batch × channels × height ×
/// width, one output, and between them operators of opset 7 to 26 for which this library has a layer or an activation.
/// Activations composed of several
/// operators, as GELU, SiLU or Mish often are, are recognized in any order of the operators; x + F(x) becomes a
/// residual block. Dropout becomes a layer, which drops nothing when predicting. Numbers that are added to each feature
/// or multiplied with it become part of the dense layer or convolution before, or else a frozen batch normalization.
/// </para>
/// <para>
/// Images and sequences must have one size. Convolutions, poolings and normalizations read them with the channels last,
/// into which order their weights are brought, and those of a dense layer behind them. The network takes and gives what
/// the file says, with a <see cref="Permute{T}"/> at an end where the orders differ, unless
/// <see cref="OnnxImportOptions.ImageLayout"/> says otherwise. Other transposes and reshapes need no layer, and zeros
/// that are added around an image become the padding of the layer that takes it.
/// </para>
/// <para>
/// Every other model is refused: with <see cref="InvalidDataException"/> where the file contradicts itself or the
/// format, as a damaged one does; with <see cref="NotSupportedException"/>, which names the node and the operator,
/// where the file may be right, but this library has no such network. Files of unknown origin are safe to load: nothing
/// in them is executed, no other file is opened, and the memory taken is at most a small multiple of the file's length.
/// </para>
/// </remarks>
/// <example><code>
/// Network&lt;float&gt; network = Network.LoadOnnx&lt;float&gt;("model.onnx");
/// </code></example>
public static class OnnxImporter
{
    extension(Network)
    {
        /// <summary>Loads a network from a file.</summary>
        /// <typeparam name="T">float or double; numbers of the other precision are rounded or widened.</typeparam>
        /// <param name="path">The file.</param>
        /// <param name="options">Which output to load and the seed; the defaults if null.</param>
        /// <returns>The network.</returns>
        /// <exception cref="InvalidDataException">
        /// The file is damaged, no ONNX model, or holds a parameter that is not finite.
        /// </exception>
        /// <exception cref="NotSupportedException">The library has no network for the model.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
        public static Network<T> LoadOnnx<T>(string path, OnnxImportOptions? options = null)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            using FileStream stream = File.OpenRead(path);
            return Network.LoadOnnx<T>(stream, options, path);
        }

        /// <summary>Loads a network from a stream, which is read to its end.</summary>
        /// <typeparam name="T">float or double; numbers of the other precision are rounded or widened.</typeparam>
        /// <param name="stream">The stream, which stays open.</param>
        /// <param name="options">Which output to load and the seed; the defaults if null.</param>
        /// <param name="name">The name of the stream in messages.</param>
        /// <returns>The network.</returns>
        /// <exception cref="InvalidDataException">
        /// The data are damaged, no ONNX model, or hold a parameter that is not finite.
        /// </exception>
        /// <exception cref="NotSupportedException">The library has no network for the model.</exception>
        public static Network<T> LoadOnnx<T>(Stream stream, OnnxImportOptions? options = null, string name = "stream")
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(stream);
            ArgumentNullException.ThrowIfNull(name);
            return Load<T>(stream, options ?? new(), MessageText.File(name));
        }
    }

    private static Network<T> Load<T>(Stream stream, OnnxImportOptions options, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Enum.IsDefined(options.ImageLayout))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.ImageLayout, $"There is no {nameof(OnnxImageLayout)} {options.ImageLayout}.");
        }

        (ModelProto model, int length) = ModelReader.Read(stream, name);
        ModelGraph graph = GraphReader.Read(model, options.OutputName, name);
        (FeatureShape inputShape, IReadOnlyList<LayerPlan<T>> plans) =
            Plans<T>(graph, length, options.ImageLayout == OnnxImageLayout.ChannelsLast, name);
        List<(LayerPlan<T> Plan, Layer<T> Layer)> layers = Sizes.Make(plans, inputShape);
        NetworkBuilder<T> builder = Network.Create<T>(inputShape, options.Seed);
        foreach ((_, Layer<T> layer) in layers)
        {
            builder.Add(layer);
        }

        if (layers.Count == 0)
        {
            builder.Activation(new Identity());
        }

        // Building draws the parameters, so they are set only now.
        Network<T> network = builder.Build();
        foreach ((LayerPlan<T> plan, Layer<T> layer) in layers)
        {
            plan.Fill(layer);
        }

        if (!options.AllowNonFinite && network.FindNonFinite() is { } element)
        {
            throw new InvalidDataException(
                $"'{name}' holds a network that predicts nothing: {element}. Mostly training has diverged, or a number "
                + $"is beyond the precision asked for. To load it all the same, set {nameof(options.AllowNonFinite)}.");
        }

        return network;
    }

    private static (FeatureShape InputShape, IReadOnlyList<LayerPlan<T>> Plans) Plans<T>(
        ModelGraph graph, int length, bool isChannelsLast, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OnnxNode? node = graph.Consumers(graph.Input.Name) is [OnnxNode taker, ..] ? taker : null;
        var layers = new LayerChain<T>();
        GraphValue output = new ChainReader<T>(graph, new(length)).Read(layers);
        if (output.Layout is { KeepsSamples: false })
        {
            throw graph.Refuse("the first dimension of its output is not that of the samples alone");
        }

        bool isDecided = graph.Input.Layout is { Order.IsFixed: true };
        if (node is not null && output.Layout is { } result && !(isChannelsLast && result.IsHeldChannelsLast))
        {
            layers.Arrange(node, result, [.. Enumerable.Range(1, result.Rank - 1).Select(result.Along)]);
        }

        if (graph.Input.Layout is not { } input)
        {
            return (InputSize(graph, layers.Plans, name), layers.Plans);
        }

        AxisOrder order = input.Order;
        bool isAsTaken = order.Source.SequenceEqual(order.Axes)
            || (isChannelsLast && isDecided && input.IsHeldChannelsLast);
        if (isAsTaken || node is null)
        {
            return (order.Shape ?? Axis.Product(order.Axes), layers.Plans);
        }

        LayerPlan<T> first = PermutePlan.Create<T>(node, order.Source, order.Axes);
        return (first.InputShape!, [first, .. layers.Plans]);
    }

    private static int InputSize<T>(ModelGraph graph, IReadOnlyList<LayerPlan<T>> plans, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IReadOnlyList<long>? dimensions = graph.Input.Dimensions;
        if (dimensions is null || dimensions.Skip(1).Contains(-1))
        {
            return Sizes.FirstKnown(plans)?.Size ?? throw new NotSupportedException(
                $"'{name}' does not say how many features its input {MessageText.Quoted(graph.Input.Name)} has.");
        }

        if (dimensions.Count < 2)
        {
            throw new NotSupportedException(
                $"'{name}': its input {MessageText.Quoted(graph.Input.Name)} has "
                + $"{Quantity.Of(dimensions.Count, "dimension")}; "
                + "a network takes batch × features.");
        }

        long size = 1;
        foreach (long dimension in dimensions.Skip(1))
        {
            size = dimension <= Array.MaxLength / size
                ? size * dimension
                : throw new NotSupportedException(
                    $"'{name}': a sample of its input {MessageText.Quoted(graph.Input.Name)} has more numbers "
                    + "than an array can hold.");
        }

        return (int)size;
    }
}
