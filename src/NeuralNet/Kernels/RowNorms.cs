using System.Buffers;
using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>The norms of the rows of a matrix, such as those of the weights of each neuron.</summary>
internal static class RowNorms
{
    /// <summary>Computes ‖wᵢ‖₂ of every row: in double, where no square of a float overflows.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="norms">The norms, one for each row, to be overwritten.</param>
    public static void Compute<T>(ReadOnlyMatrixSpan<T> matrix, Span<double> norms)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Column by column, the order in memory.
        norms.Clear();
        for (int j = 0; j < matrix.Columns; j++)
        {
            ReadOnlySpan<T> column = matrix.Column(j);
            for (int i = 0; i < norms.Length; i++)
            {
                double value = double.CreateTruncating(column[i]);
                norms[i] += value * value;
            }
        }

        foreach (ref double norm in norms)
        {
            norm = Math.Sqrt(norm);
        }
    }

    /// <summary>Multiplies every row by a factor that follows from its norm.</summary>
    /// <param name="matrix">The matrix, changed where the factor is not 1.</param>
    /// <param name="factorOf">The factor of a row with a norm.</param>
    public static void Scale<T>(MatrixSpan<T> matrix, Func<double, double> factorOf)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] rented = ArrayPool<double>.Shared.Rent(Math.Max(1, matrix.Rows));
        Span<double> norms = rented.AsSpan(0, matrix.Rows);
        Compute<T>(matrix, norms);
        for (int i = 0; i < norms.Length; i++)
        {
            double factor = factorOf(norms[i]);
            for (int j = 0; factor != 1 && j < matrix.Columns; j++)
            {
                matrix[i, j] *= T.CreateTruncating(factor);
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }
}
