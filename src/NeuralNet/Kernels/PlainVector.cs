using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>
/// The product of a matrix and a vector in plain loops, y[line] = or += Σ matrix[line, d]·x[d]: the part of
/// <see cref="VectorJob{TSimd, TVector, T}"/> in <see cref="PlainProduct{T}"/>.
/// </summary>
internal static unsafe class PlainVector<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Strip = 8;

    /// <summary>Computes the product.</summary>
    public static void Multiply(in Factor<T> matrix, T* x, T* y, bool accumulate)
    {
        if (matrix.DepthStep == 1 && matrix.Depth > 1)
        {
            PlainLines<T>.Multiply(matrix, x, y, accumulate);
        }
        else
        {
            AddColumns(matrix, x, y, accumulate);
        }
    }

    // y = x[0]·column 0 + x[1]·column 1 + … for some vectors of lines at a time, which are summed up in locals.
    private static void AddColumns(in Factor<T> matrix, T* x, T* y, bool accumulate)
    {
        int lines = matrix.Lines;
        int count = Vector128<T>.Count;
        if (!accumulate)
        {
            new Span<T>(y, lines).Clear();
        }

        // The lines that fill no vector are summed up with those before them, once more; or, alone, with copies of it.
        T* a = matrix.Origin;
        T* rest = stackalloc T[4];
        bool isRagged = lines % count != 0;
        int last = Math.Max(0, lines - count);
        if (isRagged && lines < count)
        {
            AddShort(matrix, x, y);
            return;
        }

        if (isRagged)
        {
            Vector128.Load(y + last).Store(rest);
            AddOne(a + last, matrix.DepthStep, matrix.Depth, x, rest);
        }

        int line = 0;
        for (; line <= lines - (Strip * count); line += Strip * count)
        {
            AddEight(a + line, matrix.DepthStep, matrix.Depth, x, y + line);
        }

        for (; line <= lines - count; line += count)
        {
            AddOne(a + line, matrix.DepthStep, matrix.Depth, x, y + line);
        }

        if (isRagged)
        {
            Vector128.Load(rest).Store(y + last);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddEight(T* a, nint step, int depth, T* x, T* y)
    {
        int n = Vector128<T>.Count;
        Vector128<T> y0 = Vector128.Load(y), y1 = Vector128.Load(y + n);
        Vector128<T> y2 = Vector128.Load(y + (2 * n)), y3 = Vector128.Load(y + (3 * n));
        Vector128<T> y4 = Vector128.Load(y + (4 * n)), y5 = Vector128.Load(y + (5 * n));
        Vector128<T> y6 = Vector128.Load(y + (6 * n)), y7 = Vector128.Load(y + (7 * n));
        T* end = x + depth;
        for (; x < end; x++)
        {
            Vector128<T> factor = Vector128.Create(*x);
            y0 = (Vector128.Load(a) * factor) + y0;
            y1 = (Vector128.Load(a + n) * factor) + y1;
            y2 = (Vector128.Load(a + (2 * n)) * factor) + y2;
            y3 = (Vector128.Load(a + (3 * n)) * factor) + y3;
            y4 = (Vector128.Load(a + (4 * n)) * factor) + y4;
            y5 = (Vector128.Load(a + (5 * n)) * factor) + y5;
            y6 = (Vector128.Load(a + (6 * n)) * factor) + y6;
            y7 = (Vector128.Load(a + (7 * n)) * factor) + y7;
            a += step;
        }

        y0.Store(y);
        y1.Store(y + n);
        y2.Store(y + (2 * n));
        y3.Store(y + (3 * n));
        y4.Store(y + (4 * n));
        y5.Store(y + (5 * n));
        y6.Store(y + (6 * n));
        y7.Store(y + (7 * n));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOne(T* a, nint step, int depth, T* x, T* y)
    {
        Vector128<T> sum = Vector128.Load(y);
        T* end = x + depth;
        for (; x < end; x++)
        {
            sum = (Vector128.Load(a) * Vector128.Create(*x)) + sum;
            a += step;
        }

        sum.Store(y);
    }

    // Fewer lines than a vector has.
    private static void AddShort(in Factor<T> matrix, T* x, T* y)
    {
        for (int line = 0; line < matrix.Lines; line++)
        {
            T* a = matrix.Origin + (line * matrix.LineStep);
            T sum = y[line];
            for (int d = 0; d < matrix.Depth; d++)
            {
                sum = (a[d * matrix.DepthStep] * x[d]) + sum;
            }

            y[line] = sum;
        }
    }
}
