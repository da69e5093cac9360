namespace NeuralNet.Onnx;

/// <summary>The number type of an exported model: of its input, its output and all between.</summary>
public enum OnnxPrecision
{
    /// <summary>That of the network.</summary>
    AsNetwork,

    /// <summary>
    /// float, whatever that of the network. ONNX Runtime does not have every operator in double: see
    /// <see cref="OnnxExporter"/>.
    /// </summary>
    Single,
}
