using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>The product of two dense matrices, C = op(A)·op(B) or C += op(A)·op(B).</summary>
/// <remarks>
/// All matrices are stored column after column without gaps. The order of summation depends only on the shape of the
/// whole product, the transposes and the vector width, so the number of threads never changes a bit of the result. An
/// element differs from the exact Σ aᵢₚ·bₚⱼ by at most (k + 1)·ε·Σ |aᵢₚ·bₚⱼ|, where k is the depth, ε the distance from
/// 1 to the next number, and the sum includes the old |C| if the product is added to it; the tests allow twice that,
/// because their own reference is rounded, too.
/// </remarks>
internal static unsafe class MatrixProduct
{
    /// <summary>Computes C (m × n) from op(A) (m × k) and op(B) (k × n).</summary>
    /// <param name="transposeA">Says whether <paramref name="a"/> holds op(A) itself or its transpose (k × m).</param>
    /// <param name="a">The left factor.</param>
    /// <param name="transposeB">Says whether <paramref name="b"/> holds op(B) itself or its transpose (n × k).</param>
    /// <param name="b">The right factor.</param>
    /// <param name="c">The result, which must not overlap the factors.</param>
    /// <param name="accumulate">True to add the product to <paramref name="c"/>; false to overwrite it.</param>
    /// <param name="team">The threads that share the work if it is large enough.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static void Multiply<T>(
        Transpose transposeA,
        ReadOnlyMatrixSpan<T> a,
        Transpose transposeB,
        ReadOnlyMatrixSpan<T> b,
        MatrixSpan<T> c,
        bool accumulate,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int m, int k) = transposeA == Transpose.No ? (a.Rows, a.Columns) : (a.Columns, a.Rows);
        (int depth, int n) = transposeB == Transpose.No ? (b.Rows, b.Columns) : (b.Columns, b.Rows);
        if (depth != k || c.Rows != m || c.Columns != n)
        {
            throw new ArgumentException(
                $"A product of {m} × {k} and {depth} × {n} matrices cannot be a {c.Rows} × {c.Columns} matrix.");
        }

        if (c.IsEmpty)
        {
            return;
        }

        if (k == 0)
        {
            if (!accumulate)
            {
                c.Values.Clear();
            }

            return;
        }

        fixed (T* left = a.Values, right = b.Values, result = c.Values)
        {
            var factorA = transposeA == Transpose.No
                ? new Factor<T>(left, lines: m, depth: k, lineStep: 1, depthStep: m)
                : new Factor<T>(left, lines: m, depth: k, lineStep: k, depthStep: 1);
            var factorB = transposeB == Transpose.No
                ? new Factor<T>(right, lines: n, depth: k, lineStep: k, depthStep: 1)
                : new Factor<T>(right, lines: n, depth: k, lineStep: 1, depthStep: n);

            if (PlainKernels.AreUsed)
            {
                PlainProduct<T>.Multiply(factorA, factorB, result, accumulate);
            }
            else
            {
                WidestVectors.Run<Code<T>, T>(new(factorA, factorB, result, accumulate, team));
            }
        }
    }

    private readonly struct Code<T>(Factor<T> a, Factor<T> b, T* c, bool accumulate, ForkJoin team) : IVectorCode<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            // A single row or column of C is stored like a vector, and so is a single line of a factor.
            if (b.Lines == 1)
            {
                VectorJob<TSimd, TVector, T>.Run(a, b.Origin, c, accumulate, team);
            }
            else if (a.Lines == 1)
            {
                VectorJob<TSimd, TVector, T>.Run(b, a.Origin, c, accumulate, team);
            }
            else
            {
                ProductJob<TSimd, TVector, T>.Run(a, b, c, accumulate, team);
            }
        }
    }
}
