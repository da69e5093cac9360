using NeuralNet.Calibrations;
using NeuralNet.Preprocessing;

namespace NeuralNet.Onnx;

/// <summary>Options of saving a network as an ONNX model.</summary>
public sealed class OnnxExportOptions
{
    /// <summary>The number type of the model; by default that of the network.</summary>
    public OnnxPrecision Precision { get; init; }

    /// <summary>
    /// Whether softmax is appended to the network, so that a classifier trained with <c>SoftmaxCrossEntropy</c>, whose
    /// outputs are logits, gives probabilities. Of a network with several outputs, see <see cref="AppendSoftmaxTo"/>.
    /// </summary>
    public bool AppendSoftmax { get; init; }

    /// <summary>The names of the outputs to which softmax is appended; none unless set.</summary>
    public IReadOnlyList<string> AppendSoftmaxTo { get; init; } = [];

    /// <summary>
    /// The transform of the features that the network was trained on, which becomes part of the model, so that the
    /// model takes features as they were measured; none if null. The transform calculates in double, as it does in this
    /// library, whatever the model's number type. With it, the model has one input, of all features as they were
    /// measured.
    /// </summary>
    public IFeatureTransform? Preprocessing { get; init; }

    /// <summary>
    /// The calibration that was fitted to the outputs of the network, which becomes part of the model, so that it gives
    /// calibrated probabilities; none if null. <c>pipeline.SaveOnnx</c> takes that of the pipeline.
    /// </summary>
    public ICalibration? Calibration { get; init; }

    /// <summary>
    /// The transform that the targets of a regression went through, which the model inverts, so that it gives numbers
    /// in the unit of the data; none if null.
    /// </summary>
    public IInvertibleTransform? Scaling { get; init; }

    /// <summary>
    /// The name of the model's input, if there is one; by default that of the network's input, <c>input</c> unless it
    /// was named.
    /// </summary>
    public string? InputName { get; init; }

    /// <summary>
    /// The name of the model's output, if there is one; by default that of the network's output, <c>output</c> unless
    /// it was named. Of a pipeline with labels, that of the probabilities, by default <c>probabilities</c>.
    /// </summary>
    public string? OutputName { get; init; }

    /// <summary>The name of the output that gives the labels of a pipeline that has some.</summary>
    public string LabelName { get; init; } = "label";

    /// <summary>The name of the graph.</summary>
    public string GraphName { get; init; } = "network";

    /// <summary>A description of the model, to be read in tools.</summary>
    public string Documentation { get; init; } = "";

    /// <summary>Your own texts by name, which are stored in the model.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The writers of your own layers, activations and transforms, which are asked in this order, before the library.
    /// </summary>
    public IReadOnlyList<OnnxExtension> Extensions { get; init; } = [];
}
