using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>The matrix product that forward and backward contexts offer to layers.</summary>
internal static class LayerProduct
{
    /// <summary>C = op(A)·op(B), or C + op(A)·op(B).</summary>
    public static void Multiply<T>(
        ReadOnlyMatrixSpan<T> left,
        ReadOnlyMatrixSpan<T> right,
        MatrixSpan<T> result,
        bool transposeLeft,
        bool transposeRight,
        bool accumulate,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (result.Values.Overlaps(left.Values) || result.Values.Overlaps(right.Values))
        {
            throw new ArgumentException(
                "The result of a matrix product must not be in the memory of a factor.", nameof(result));
        }

        MatrixProduct.Multiply(
            transposeLeft ? Transpose.Yes : Transpose.No,
            left,
            transposeRight ? Transpose.Yes : Transpose.No,
            right,
            result,
            accumulate,
            team);
    }
}
