namespace NeuralNet.Kernels;

/// <summary>The form in which an operand of a matrix product is read: as stored, or transposed.</summary>
internal enum Transpose
{
    /// <summary>The operand is read as it is stored.</summary>
    No,

    /// <summary>Rows and columns of the operand change places.</summary>
    Yes,
}
