using NeuralNet.Preprocessing;

namespace NeuralNet.Onnx;

/// <summary>How a network becomes an ONNX model.</summary>
public sealed class OnnxExportOptions
{
    /// <summary>The number type of the model; the network's unless told otherwise.</summary>
    public OnnxPrecision Precision { get; init; }

    /// <summary>
    /// Whether softmax follows the last layer, so that a classifier trained with <c>SoftmaxCrossEntropy</c>, whose outputs
    /// are logits, gives probabilities.
    /// </summary>
    public bool AppendSoftmax { get; init; }

    /// <summary>
    /// What is done to the features before the network sees them; it becomes part of the model, which then takes features
    /// as they were measured. Nothing if null. A transform calculates in double, as it does here, whatever the model's
    /// number type.
    /// </summary>
    public IFeatureTransform? Preprocessing { get; init; }

    /// <summary>The name of the model's input, batch × features.</summary>
    public string InputName { get; init; } = "input";

    /// <summary>The name of the model's output, batch × outputs.</summary>
    public string OutputName { get; init; } = "output";

    /// <summary>The name of the graph.</summary>
    public string GraphName { get; init; } = "network";

    /// <summary>What the model is, for people: its documentation string.</summary>
    public string Documentation { get; init; } = "";

    /// <summary>Texts of your own by name, which the model carries along.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>What writes layers, activations and transforms of your own. They are asked in order, before the library.</summary>
    public IReadOnlyList<OnnxExtension> Extensions { get; init; } = [];
}
