using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>Checks what a layer gives to the layers within it, before kernels read and write that memory.</summary>
internal static class ChildCheck
{
    /// <summary>Refuses a matrix of another size.</summary>
    public static void Require<T>(string child, ReadOnlyMatrixSpan<T> matrix, int rows, int columns, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (matrix.Rows != rows || matrix.Columns != columns)
        {
            throw new ArgumentException(
                $"'{child}' needs a matrix of {rows} × {columns} here, but got {matrix.Rows} × {matrix.Columns}.",
                name);
        }
    }
}
