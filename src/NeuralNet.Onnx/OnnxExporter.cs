using System.Numerics;
using Google.Protobuf;
using NeuralNet.Activations;
using NeuralNet.Files;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Onnx.Export;
using NeuralNet.Onnx.Schema;
using NeuralNet.Preprocessing;

namespace NeuralNet.Onnx;

/// <summary>Saves networks as ONNX models, which ONNX Runtime runs in many programming languages.</summary>
/// <remarks>
/// <para>
/// The model predicts as the network does: batch normalization uses the running statistics, and dropout drops nothing.
/// The model has the inputs and outputs of the network, by name, each batch × features, with a sample per row; these
/// are the same bytes as a matrix of this library, which has a sample per column. Where an input or output has a shape
/// of several dimensions, so has it in the model: batch × height × width × channels. The batch may have any size.
/// Parameters keep their names, such as <c>dense1.weights</c>.
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
        Save(network, path, options ?? new(), classes: null);
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
        Save(network, stream, options ?? new(), classes: null);
    }

    /// <summary>Saves a network with what is made of its outputs, which are classes unless null.</summary>
    internal static void Save<T>(Network<T> network, string path, OnnxExportOptions options, ClassResults? classes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ModelProto model = Model(network, options, classes);
        AtomicFile.Write(path, stream => Write(model, stream));
    }

    /// <inheritdoc cref="Save{T}(Network{T}, string, OnnxExportOptions, ClassResults)"/>
    internal static void Save<T>(Network<T> network, Stream stream, OnnxExportOptions options, ClassResults? classes)
        where T : unmanaged, IFloatingPointIeee754<T> => Write(Model(network, options, classes), stream);

    private static void Write(ModelProto model, Stream stream)
    {
        using var output = new CodedOutputStream(stream, leaveOpen: true);
        model.WriteTo(output);
    }

    private static ModelProto Model<T>(Network<T> network, OnnxExportOptions options, ClassResults? classes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        Require(network, options, classes);
        FeatureLayout inputs = InputsOf(network, options);
        FeatureLayout outputs = OutputsOf(network, options, classes);
        var graph = new OnnxGraph(
            typeof(T) == typeof(double) && options.Precision == OnnxPrecision.AsNetwork,
            EndsOf(inputs, outputs, classes));
        RequireSize(network, graph);

        var layers = new LayerWriter<T>(graph, options.Extensions);
        string value = options.Preprocessing is { } preprocessing
            ? WritePreprocessing(graph, preprocessing, inputs[0].Name, options)
            : layers.Concatenate([.. inputs.Select(input => FlattenInput(graph, input))], inputs);
        IReadOnlyList<string> results = layers.Separate(layers.Write(network.Body, value), network.Outputs);
        for (int k = 0; k < outputs.Count; k++)
        {
            string result = options.Calibration is { } calibration
                ? new CalibrationWriter(graph).Write(
                    calibration, results[k], network.OutputKindOf(network.Outputs[k].Name), network.Outputs[k].Size)
                : options.Scaling is { } scaling ? WriteScaling(graph, scaling, results[k], options)
                : results[k];
            if (classes is not null)
            {
                var writer = new ClassWriter(graph, classes);
                graph.NameResult(writer.WriteLabels(result), classes.Name);
                result = writer.WriteProbabilities(result);
            }

            WriteResult(graph, layers, result, outputs[k], HasSoftmax(outputs[k], options));
        }

        layers.DropUnusedConcatenations();
        GraphProto proto = graph.Proto;
        proto.Name = options.GraphName;
        proto.Input.AddRange(inputs.Select(input => Value(input.Name, graph.ElementType, input.Shape.Dimensions)));
        if (classes is not null)
        {
            proto.Output.Add(LabelsOf(classes));
        }

        proto.Output.AddRange(outputs.Select(output => Value(output.Name, graph.ElementType, output.Shape.Dimensions)));
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

    // A transform takes all features as they were measured.
    private static FeatureLayout InputsOf<T>(Network<T> network, OnnxExportOptions options)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        options.Preprocessing is { } preprocessing
            ? new((options.InputName ?? (network.Inputs.Count == 1 ? network.Inputs[0].Name : "input"),
                preprocessing.InputSize))
            : Renamed(network.Inputs, options.InputName);

    private static FeatureLayout Renamed(FeatureLayout layout, string? name) =>
        name is null ? layout : new((name, layout.Shape));

    private static FeatureLayout OutputsOf<T>(Network<T> network, OnnxExportOptions options, ClassResults? classes)
        where T : unmanaged, IFloatingPointIeee754<T> => classes is null
        ? Renamed(network.Outputs, options.OutputName)
        : new((options.OutputName ?? "probabilities", classes.Labels.Count));

    // The names of all inputs and outputs of the model.
    private static string[] EndsOf(FeatureLayout inputs, FeatureLayout outputs, ClassResults? classes) =>
        [.. inputs.Concat(outputs).Select(range => range.Name), .. classes is null ? (string[])[] : [classes.Name]];

    private static string WritePreprocessing(
        OnnxGraph graph, IFeatureTransform transform, string input, OnnxExportOptions options)
    {
        graph.Scope = "preprocessing";
        return new TransformWriter(graph, options.Extensions).Write(transform, input);
    }

    private static string WriteScaling(
        OnnxGraph graph, IInvertibleTransform transform, string outputs, OnnxExportOptions options)
    {
        graph.Scope = "scaling";
        return new TransformWriter(graph, options.Extensions).WriteInverse(transform, outputs);
    }

    // Between the layers a sample is a row, whatever its shape.
    private static string FlattenInput(OnnxGraph graph, FeatureRange input) => input.Shape.IsFlat
        ? input.Name
        : graph.Node("Flatten", [input.Name], OnnxAttribute.Int("axis", 1));

    private static void WriteResult<T>(
        OnnxGraph graph, LayerWriter<T> layers, string result, FeatureRange output, bool hasSoftmax)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (hasSoftmax)
        {
            result = layers.Activate("probabilities", new Softmax(), result);
        }

        graph.Scope = "";
        if (!output.Shape.IsFlat)
        {
            result = graph.Node(
                "Reshape",
                [result, graph.Integers("outputShape", [-1, .. output.Shape.Dimensions.Select(d => (long)d)])]);
        }

        graph.NameResult(result, output.Name);
    }

    private static bool HasSoftmax(FeatureRange output, OnnxExportOptions options) =>
        options.AppendSoftmax || options.AppendSoftmaxTo.Contains(output.Name);

    private static ValueInfoProto LabelsOf(ClassResults classes) => Value(
        classes.Name,
        classes.AreLabels || classes.WholeNumbers is not null ? ElementKind.Int64 : ElementKind.Text,
        classes.AreLabels ? [classes.Labels.Count] : []);

    private static ValueInfoProto Value(string name, int elementType, IReadOnlyList<int> dimensions)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "batch" });
        shape.Dim.AddRange(dimensions.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = elementType, Shape = shape } } };
    }

    private static void Require<T>(Network<T> network, OnnxExportOptions options, ClassResults? classes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Enum.IsDefined(options.Precision))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.Precision, $"There is no {nameof(OnnxPrecision)} {options.Precision}.");
        }

        RequireNames(network, options, classes);
        if (options.Preprocessing is not null && options.Preprocessing.OutputSize != network.InputSize)
        {
            throw new ArgumentException(
                $"The preprocessing gives {Quantity.Of(options.Preprocessing.OutputSize, "feature")}, "
                + $"but the network takes {network.InputSize}.",
                nameof(options));
        }

        RequireBehind(network, options);
        foreach (string name in options.AppendSoftmaxTo)
        {
            if (network.Outputs.Find(name) is null)
            {
                throw new ArgumentException(
                    $"Softmax is to be appended to {MessageText.Quoted(name)}, but the outputs are {network.Outputs}.",
                    nameof(options));
            }
        }

        if (options.AppendSoftmax && network.Outputs.Count > 1)
        {
            throw new ArgumentException(
                $"The network has {network.Outputs.Count} outputs: {network.Outputs}. Name those that end in softmax "
                + $"in {nameof(OnnxExportOptions.AppendSoftmaxTo)}.",
                nameof(options));
        }

        foreach (FeatureRange output in network.Outputs.Where(output => HasSoftmax(output, options)))
        {
            if (network.OutputKindOf(output.Name) is { } kind and not OutputKind.Real)
            {
                throw new ArgumentException(
                    $"Softmax takes logits, but the output '{output.Name}' of the network ends in "
                    + $"{network.OutputActivation?.Name ?? "an activation"} already; it is of the kind {kind}.",
                    nameof(options));
            }
        }
    }

    private static void RequireBehind<T>(Network<T> network, OnnxExportOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (options.Calibration is null && options.Scaling is null)
        {
            return;
        }

        int size = options.Calibration?.OutputSize ?? options.Scaling?.OutputSize ?? network.OutputSize;
        if (network.Outputs.Count > 1 || size != network.OutputSize)
        {
            throw new ArgumentException(
                "A calibration or a scaling is of one output of the network with as many numbers, but it is of "
                + $"{size}, and the outputs are {network.Outputs}.",
                nameof(options));
        }

        if ((options.Calibration is not null && (options.AppendSoftmax || options.Scaling is not null))
            || (options.Calibration is not null && options.AppendSoftmaxTo.Count > 0))
        {
            throw new ArgumentException(
                "A calibration gives probabilities: neither append a softmax, nor scale them.", nameof(options));
        }
    }

    private static void RequireNames<T>(Network<T> network, OnnxExportOptions options, ClassResults? classes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if ((options.InputName is not null && network.Inputs.Count > 1 && options.Preprocessing is null)
            || (options.OutputName is not null && network.Outputs.Count > 1))
        {
            throw new ArgumentException(
                $"A single name was given, but the network has the inputs {network.Inputs} and the outputs "
                + $"{network.Outputs}: leave the names out where there are several.",
                nameof(options));
        }

        string[] names = EndsOf(InputsOf(network, options), OutputsOf(network, options, classes), classes);
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length || string.IsNullOrEmpty(options.GraphName))
        {
            throw new ArgumentException(
                $"Graph, inputs and outputs need names, the latter different ones, but they are "
                + $"{MessageText.Quoted(options.GraphName)} and "
                + $"{MessageText.Listed(names.Select(MessageText.Quoted))}.",
                nameof(options));
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
