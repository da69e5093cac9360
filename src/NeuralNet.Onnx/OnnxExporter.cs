using System.Numerics;
using Google.Protobuf;
using NeuralNet.Activations;
using NeuralNet.Files;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Onnx.Export;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>Saves networks as ONNX models, which ONNX Runtime runs in many programming languages.</summary>
/// <remarks>
/// <para>
/// The model predicts as the network does: batch normalization uses the running statistics, and dropout drops nothing.
/// The model has one input, batch × features, and one output, batch × outputs, with a sample per row; these are the
/// same bytes as a matrix of this library, which has a sample per column. Where the network has a shape of several
/// dimensions, so has the model: batch × height × width × channels. The batch may have any size. Parameters keep their
/// names, such as <c>dense1.weights</c>.
/// </para>
/// <para>
/// The model has opset 17 and IR version 8, which ONNX Runtime reads from version 1.12 on. Activations without an
/// operator of their own there, such as GELU and Mish, are composed of several. ONNX stores attributes such as a slope
/// or ε as floats. A network in double becomes a model in double, for which ONNX Runtime 1.30 lacks the operators of
/// CELU, ELU, GELU (exact), HardSigmoid, HardSwish, LogSigmoid, Mish, SELU, Softplus and Softsign, of convolutions and
/// of up-sampling: choose <see cref="OnnxPrecision.Single"/> for these.
/// </para>
/// </remarks>
public static class OnnxExporter
{
    /// <summary>The version of the file format that belongs to the opset.</summary>
    private const int IrVersion = 8;

    /// <summary>
    /// Saves a network to a file. An existing file is replaced only when the new one is complete.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="options">Names, precision and what is added to the network; the defaults if null.</param>
    /// <exception cref="NotSupportedException">
    /// There is no way to write a layer, an activation or a transform, or the model would be larger than the 2 GB that
    /// the format allows.
    /// </exception>
    /// <exception cref="ArgumentException">The options contradict each other or the network.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public static void SaveOnnx<T>(this Network<T> network, string path, OnnxExportOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ModelProto model = Model(network, options ?? new());
        AtomicFile.Write(path, stream => Write(model, stream));
    }

    /// <summary>Saves a network to a stream.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">The stream, which stays open.</param>
    /// <param name="options">Names, precision and what is added to the network; the defaults if null.</param>
    /// <exception cref="NotSupportedException">
    /// There is no way to write a layer, an activation or a transform, or the model would be larger than the 2 GB that
    /// the format allows.
    /// </exception>
    /// <exception cref="ArgumentException">The options contradict each other or the network.</exception>
    public static void SaveOnnx<T>(this Network<T> network, Stream stream, OnnxExportOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        Write(Model(network, options ?? new()), stream);
    }

    private static void Write(ModelProto model, Stream stream)
    {
        using var output = new CodedOutputStream(stream, leaveOpen: true);
        model.WriteTo(output);
    }

    private static ModelProto Model<T>(Network<T> network, OnnxExportOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        Require(network, options);
        var graph = new OnnxGraph(
            typeof(T) == typeof(double) && options.Precision == OnnxPrecision.AsNetwork,
            options.InputName,
            options.OutputName);
        RequireSize(network, graph);

        string value = options.InputName;
        if (options.Preprocessing is not null)
        {
            graph.Scope = "preprocessing";
            value = new TransformWriter(graph, options.Extensions).Write(options.Preprocessing, value);
        }

        var layers = new LayerWriter<T>(graph, options.Extensions);
        FeatureShape inputShape = options.Preprocessing?.InputSize ?? network.InputShape;
        if (!inputShape.IsFlat)
        {
            // Between the layers a sample is a row, whatever its shape.
            value = graph.Node("Flatten", [value], OnnxAttribute.Int("axis", 1));
        }

        value = layers.Write(network.Body, value);
        if (options.AppendSoftmax)
        {
            value = layers.Activate("probabilities", new Softmax(), value);
        }

        graph.Scope = "";
        if (!network.OutputShape.IsFlat)
        {
            value = graph.Node(
                "Reshape",
                [value, graph.Integers("outputShape", [-1, .. network.OutputShape.Dimensions.Select(d => (long)d)])]);
        }

        graph.NameResult(value, options.OutputName, options.InputName);
        GraphProto proto = graph.Proto;
        proto.Name = options.GraphName;
        proto.Input.Add(Value(options.InputName, graph, inputShape));
        proto.Output.Add(Value(options.OutputName, graph, network.OutputShape));
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "NeuralNet",
            ProducerVersion = typeof(OnnxExporter).Assembly.GetName().Version!.ToString(3),
            DocString = options.Documentation,
            Graph = proto,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OnnxGraph.Opset });
        model.MetadataProps.AddRange(
            options.Metadata.Select(text => new StringStringEntryProto { Key = text.Key, Value = text.Value }));
        return model;
    }

    private static ValueInfoProto Value(string name, OnnxGraph graph, FeatureShape sample)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "batch" });
        shape.Dim.AddRange(sample.Dimensions.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new()
        {
            Name = name,
            Type = new() { TensorType = new() { ElemType = graph.ElementType, Shape = shape } },
        };
    }

    private static void Require<T>(Network<T> network, OnnxExportOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Enum.IsDefined(options.Precision))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.Precision, $"There is no {nameof(OnnxPrecision)} {options.Precision}.");
        }

        if (string.IsNullOrEmpty(options.InputName) || string.IsNullOrEmpty(options.OutputName)
            || options.InputName == options.OutputName || string.IsNullOrEmpty(options.GraphName))
        {
            throw new ArgumentException(
                $"Graph, input and output need names, the last two different ones, but they are "
                + $"{MessageText.Quoted(options.GraphName)}, {MessageText.Quoted(options.InputName)} and "
                + $"{MessageText.Quoted(options.OutputName)}.",
                nameof(options));
        }

        if (options.Preprocessing is not null && options.Preprocessing.OutputSize != network.InputSize)
        {
            throw new ArgumentException(
                $"The preprocessing gives {Quantity.Of(options.Preprocessing.OutputSize, "feature")}, "
                + $"but the network takes {network.InputSize}.",
                nameof(options));
        }

        if (options.AppendSoftmax && network.OutputKind is not (null or OutputKind.Real))
        {
            throw new ArgumentException(
                $"Softmax takes logits, but the network ends in {network.OutputActivation?.Name}.", nameof(options));
        }
    }

    // Room for all but the parameters; a model that has more in names and attributes is refused when it is written.
    private static void RequireSize<T>(Network<T> network, OnnxGraph graph)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const long Most = int.MaxValue - (1L << 24);
        long bytes = network.ParameterCount * (graph.IsDouble ? sizeof(double) : sizeof(float));
        if (bytes > Most)
        {
            throw new NotSupportedException(
                $"The parameters of the network take {bytes} bytes, but an ONNX file holds at most {Most} of them.");
        }
    }
}
