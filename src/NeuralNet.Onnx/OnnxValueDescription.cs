namespace NeuralNet.Onnx;

/// <summary>An input of a model, as the file describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements, such as <c>float</c>.</param>
/// <param name="Shape">Its dimensions, such as <c>batch × 4</c>; empty if the file does not say them.</param>
public sealed record OnnxValueDescription(string Name, string Type, string Shape)
{
    /// <summary>Name, type and dimensions on a line.</summary>
    public override string ToString() => $"{Name}: {Type}{(Shape.Length > 0 ? $" [{Shape}]" : "")}";
}
