using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>The part of <see cref="PlainVector{T}"/> for a matrix whose depth is contiguous.</summary>
internal static unsafe class PlainLines<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Computes y[line] = or += line · x, four lines at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in Factor<T> matrix, T* x, T* y, bool accumulate)
    {
        nint step = matrix.LineStep;
        int count = Vector128<T>.Count;
        int whole = matrix.Depth - (matrix.Depth % count);
        int line = 0;
        for (; line <= matrix.Lines - 4; line += 4)
        {
            T* a = matrix.Origin + (line * step);
            T* a1 = a + step, a2 = a1 + step, a3 = a2 + step;
            Vector128<T> s0 = default, s1 = default, s2 = default, s3 = default;
            for (int d = 0; d < whole; d += count)
            {
                Vector128<T> factor = Vector128.Load(x + d);
                s0 = (Vector128.Load(a + d) * factor) + s0;
                s1 = (Vector128.Load(a1 + d) * factor) + s1;
                s2 = (Vector128.Load(a2 + d) * factor) + s2;
                s3 = (Vector128.Load(a3 + d) * factor) + s3;
            }

            Finish(s0, a, x, whole, matrix.Depth, y + line, accumulate);
            Finish(s1, a1, x, whole, matrix.Depth, y + line + 1, accumulate);
            Finish(s2, a2, x, whole, matrix.Depth, y + line + 2, accumulate);
            Finish(s3, a3, x, whole, matrix.Depth, y + line + 3, accumulate);
        }

        for (; line < matrix.Lines; line++)
        {
            T* a = matrix.Origin + (line * step);
            Vector128<T> sum = default;
            for (int d = 0; d < whole; d += count)
            {
                sum = (Vector128.Load(a + d) * Vector128.Load(x + d)) + sum;
            }

            Finish(sum, a, x, whole, matrix.Depth, y + line, accumulate);
        }
    }

    // Adds the products of the incomplete last vector to a line's sum and writes the result.
    private static void Finish(Vector128<T> sum, T* a, T* x, int whole, int depth, T* y, bool accumulate)
    {
        if (whole < depth)
        {
            T* products = stackalloc T[4];
            Vector128<T>.Zero.Store(products);
            for (int d = whole; d < depth; d++)
            {
                products[d - whole] = a[d] * x[d];
            }

            sum = Vector128.Load(products) + sum;
        }

        T result = Vector128.Sum(sum);
        *y = accumulate ? *y + result : result;
    }
}
