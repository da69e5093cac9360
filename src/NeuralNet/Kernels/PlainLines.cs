using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>The part of <see cref="PlainVector{T}"/> for a matrix whose depth is contiguous.</summary>
internal static unsafe class PlainLines<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // As in LaneSums, 64 bytes of elements are added side by side.
    private const int Vectors = 4;

    private static int Lanes => Vectors * Vector128<T>.Count;

    /// <summary>Computes y[line] = or += line · x, two lines at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in Factor<T> matrix, T* x, T* y, bool accumulate)
    {
        nint step = matrix.LineStep;
        int count = Vector128<T>.Count;
        int lanes = Lanes;
        int whole = matrix.Depth - (matrix.Depth % lanes);
        int line = 0;
        for (; line <= matrix.Lines - 2; line += 2)
        {
            T* a = matrix.Origin + (line * step);
            T* b = a + step;
            Vector128<T> s0 = default, s1 = default, s2 = default, s3 = default;
            Vector128<T> t0 = default, t1 = default, t2 = default, t3 = default;
            for (int d = 0; d < whole; d += lanes)
            {
                Vector128<T> x0 = Vector128.Load(x + d), x1 = Vector128.Load(x + d + count);
                Vector128<T> x2 = Vector128.Load(x + d + (2 * count)), x3 = Vector128.Load(x + d + (3 * count));
                s0 = (Vector128.Load(a + d) * x0) + s0;
                s1 = (Vector128.Load(a + d + count) * x1) + s1;
                s2 = (Vector128.Load(a + d + (2 * count)) * x2) + s2;
                s3 = (Vector128.Load(a + d + (3 * count)) * x3) + s3;
                t0 = (Vector128.Load(b + d) * x0) + t0;
                t1 = (Vector128.Load(b + d + count) * x1) + t1;
                t2 = (Vector128.Load(b + d + (2 * count)) * x2) + t2;
                t3 = (Vector128.Load(b + d + (3 * count)) * x3) + t3;
            }

            Finish(s0, s1, s2, s3, a, x, whole, matrix.Depth, y + line, accumulate);
            Finish(t0, t1, t2, t3, b, x, whole, matrix.Depth, y + line + 1, accumulate);
        }

        if (line < matrix.Lines)
        {
            T* a = matrix.Origin + (line * step);
            Vector128<T> s0 = default, s1 = default, s2 = default, s3 = default;
            for (int d = 0; d < whole; d += lanes)
            {
                s0 = (Vector128.Load(a + d) * Vector128.Load(x + d)) + s0;
                s1 = (Vector128.Load(a + d + count) * Vector128.Load(x + d + count)) + s1;
                s2 = (Vector128.Load(a + d + (2 * count)) * Vector128.Load(x + d + (2 * count))) + s2;
                s3 = (Vector128.Load(a + d + (3 * count)) * Vector128.Load(x + d + (3 * count))) + s3;
            }

            Finish(s0, s1, s2, s3, a, x, whole, matrix.Depth, y + line, accumulate);
        }
    }

    // Adds the products of the incomplete last lanes to a line's sums, adds these up and writes the result.
    private static void Finish(
        Vector128<T> s0,
        Vector128<T> s1,
        Vector128<T> s2,
        Vector128<T> s3,
        T* a,
        T* x,
        int whole,
        int depth,
        T* y,
        bool accumulate)
    {
        if (whole < depth)
        {
            int count = Vector128<T>.Count;
            T* products = stackalloc T[Lanes];
            new Span<T>(products, Lanes).Clear();
            for (int d = whole; d < depth; d++)
            {
                products[d - whole] = a[d] * x[d];
            }

            s0 = Vector128.Load(products) + s0;
            s1 = Vector128.Load(products + count) + s1;
            s2 = Vector128.Load(products + (2 * count)) + s2;
            s3 = Vector128.Load(products + (3 * count)) + s3;
        }

        T result = LaneSums.Fold(s0 + s2 + (s1 + s3));
        *y = accumulate ? *y + result : result;
    }
}
