namespace NeuralNet.Onnx;

/// <summary>An output of a model, and what it is for a network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements, such as <c>float</c>.</param>
/// <param name="Shape">Its dimensions, such as <c>batch × 4</c>; empty if the file does not say them.</param>
/// <param name="CanBeLoaded">Whether a network can compute it, or what it is decided from.</param>
/// <param name="Remark">
/// Why it cannot be loaded, with the operator; or what is loaded for it, such as the value that a label is decided
/// from.
/// </param>
public sealed record OnnxOutputDescription(string Name, string Type, string Shape, bool CanBeLoaded, string Remark)
{
    /// <summary>Name, type, dimensions and remark on a line.</summary>
    public override string ToString() => $"{new OnnxValueDescription(Name, Type, Shape)}: {Remark}";
}
