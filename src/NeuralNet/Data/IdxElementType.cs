namespace NeuralNet.Data;

/// <summary>The element types of the IDX format, by their code in the file.</summary>
public enum IdxElementType
{
    /// <summary>Unsigned 8-bit integers, such as pixels and labels.</summary>
    UnsignedByte = 0x08,

    /// <summary>Signed 8-bit integers.</summary>
    SignedByte = 0x09,

    /// <summary>Signed 16-bit integers.</summary>
    Int16 = 0x0B,

    /// <summary>Signed 32-bit integers.</summary>
    Int32 = 0x0C,

    /// <summary>32-bit floating-point numbers.</summary>
    Single = 0x0D,

    /// <summary>64-bit floating-point numbers.</summary>
    Double = 0x0E,
}
