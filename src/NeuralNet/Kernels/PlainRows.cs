using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>The rows of the left factor that a <see cref="PlainStrip{T}"/> multiplies.</summary>
internal static unsafe class PlainRows<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// Takes up to two vectors of rows and returns their number; those that fill no vector, or are not contiguous, are
    /// copied to where they are and do.
    /// </summary>
    public static int Take(in Factor<T> a, int row, int depth, T* packed, ref PlainStrip<T> strip)
    {
        int count = Vector128<T>.Count;
        int left = a.Lines - row;
        int rows = Math.Min(left >= 2 * count ? 2 * count : count, left);
        strip.A = a.At(row, depth);
        strip.AStep = a.DepthStep;
        if (a.LineStep != 1 || rows < count)
        {
            int step = Math.Max(count, rows);
            Pack(strip.A, a.LineStep, a.DepthStep, rows, strip.Depth, packed, step);
            strip.A = packed;
            strip.AStep = step;
        }

        return rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(T* source, nint lineStep, nint depthStep, int rows, int depth, T* target, int step)
    {
        for (int row = 0; row < step; row++)
        {
            T* from = source + (row * lineStep);
            T* to = target + row;
            T* end = to + ((nint)depth * step);
            bool isThere = row < rows;
            for (; to < end; to += step)
            {
                *to = isThere ? *from : default;
                from += isThere ? depthStep : 0;
            }
        }
    }
}
