using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>What a bias needs: its value in every column, and the sum over all columns.</summary>
internal static class Columns
{
    /// <summary>Writes <paramref name="column"/> into every column of the destination.</summary>
    public static void Broadcast<T>(ReadOnlySpan<T> column, MatrixSpan<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < destination.Columns; j++)
        {
            column.CopyTo(destination.Column(j));
        }
    }

    /// <summary>destination = Σ of the matrix's columns, added from the first to the last.</summary>
    public static void Sum<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        destination.Clear();
        for (int j = 0; j < matrix.Columns; j++)
        {
            TensorPrimitives.Add(destination, matrix.Column(j), destination);
        }
    }
}
