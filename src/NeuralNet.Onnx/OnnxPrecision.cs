namespace NeuralNet.Onnx;

/// <summary>The number type of a saved model: of its input, its output and all values between.</summary>
public enum OnnxPrecision
{
    /// <summary>The number type of the network.</summary>
    AsNetwork,

    /// <summary>
    /// float, whatever the number type of the network. ONNX Runtime does not have every operator in double: see
    /// <see cref="OnnxExporter"/>.
    /// </summary>
    Single,
}
