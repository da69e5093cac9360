namespace NeuralNet.Safetensors;

/// <summary>The type of the numbers in a file of tensors.</summary>
public enum TensorElementType
{
    /// <summary>16 bits, IEEE 754 binary16: 11 bits of precision, up to 65504.</summary>
    F16,

    /// <summary>32 bits, <see cref="float"/>.</summary>
    F32,

    /// <summary>64 bits, <see cref="double"/>.</summary>
    F64,
}
