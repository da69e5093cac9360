using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>
/// Copies a strip of a factor, a few lines over part of the depth, so that the elements of each depth are next to each
/// other and the depths follow one another: the order in which a register tile reads them.
/// </summary>
internal static unsafe class StripPacker
{
    /// <summary>Packs all of <paramref name="source"/>.</summary>
    /// <param name="source">The strip.</param>
    /// <param name="target">
    /// Line l at depth d goes to target[d·targetStep + l]; elements in between do not change.
    /// </param>
    /// <param name="targetStep">Distance from one depth to the next, at least the number of lines.</param>
    public static void Pack<T>(in Factor<T> source, T* target, nint targetStep)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The widest vectors that the strip fills, so that nothing outside it is touched.
        if (Vector512.IsHardwareAccelerated && VectorPacker<Simd512<T>, Vector512<T>, T>.CanPack(source))
        {
            VectorPacker<Simd512<T>, Vector512<T>, T>.Pack(source, target, targetStep);
        }
        else if (Vector256.IsHardwareAccelerated && VectorPacker<Simd256<T>, Vector256<T>, T>.CanPack(source))
        {
            VectorPacker<Simd256<T>, Vector256<T>, T>.Pack(source, target, targetStep);
        }
        else if (Vector128.IsHardwareAccelerated && VectorPacker<Simd128<T>, Vector128<T>, T>.CanPack(source))
        {
            VectorPacker<Simd128<T>, Vector128<T>, T>.Pack(source, target, targetStep);
        }
        else
        {
            CopySingly(source, target, targetStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopySingly<T>(in Factor<T> source, T* target, nint targetStep)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int depth = 0; depth < source.Depth; depth++)
        {
            for (int line = 0; line < source.Lines; line++)
            {
                target[(depth * targetStep) + line] = *source.At(line, depth);
            }
        }
    }
}
