using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>The three matrix products of a training step.</summary>
internal static class MatrixProduct
{
    /// <summary>C += A·B.</summary>
    public static void Accumulate<T>(ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, MatrixSpan<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < c.Columns; j++)
        {
            for (int p = 0; p < a.Columns; p++)
            {
                TensorPrimitives.MultiplyAdd(a.Column(p), b[p, j], c.Column(j), c.Column(j));
            }
        }
    }

    /// <summary>C = A·Bᵀ.</summary>
    public static void TimesTransposed<T>(ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, MatrixSpan<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        c.Values.Clear();
        for (int j = 0; j < c.Columns; j++)
        {
            for (int p = 0; p < a.Columns; p++)
            {
                TensorPrimitives.MultiplyAdd(a.Column(p), b[j, p], c.Column(j), c.Column(j));
            }
        }
    }

    /// <summary>C = Aᵀ·B.</summary>
    public static void TransposedTimes<T>(ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, MatrixSpan<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < c.Columns; j++)
        {
            for (int i = 0; i < c.Rows; i++)
            {
                c[i, j] = TensorPrimitives.Dot(a.Column(i), b.Column(j));
            }
        }
    }
}
