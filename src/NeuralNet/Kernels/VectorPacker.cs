using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Packs strips with vectors of one width; see <see cref="StripPacker"/>.</summary>
/// <remarks>
/// If the last vector would reach beyond the strip, it is moved back to end with it: some elements are copied twice, to
/// the same place, which is faster than copying the rest one by one.
/// </remarks>
internal static unsafe class VectorPacker<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Number of elements in 128 bits, the unit in which vector instructions transpose.
    private static int Lane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 16 / sizeof(T);
    }

    /// <summary>True if the strip is large enough for this width.</summary>
    public static bool CanPack(in Factor<T> source) =>
        source.Lines >= TSimd.Count && (source.LineStep == 1 || source.Depth >= Lane);

    /// <summary>Packs a strip that <see cref="CanPack"/> accepts.</summary>
    public static void Pack(in Factor<T> source, T* target, nint targetStep)
    {
        if (source.LineStep == 1)
        {
            Copy(source, target, targetStep);
        }
        else
        {
            Transpose(source, target, targetStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(in Factor<T> source, T* target, nint targetStep)
    {
        T* from = source.Origin;
        int last = source.Lines - TSimd.Count;
        for (int depth = source.Depth; depth > 0; depth--)
        {
            for (int line = 0; line < last; line += TSimd.Count)
            {
                TSimd.Store(target + line, TSimd.Load(from + line));
            }

            TSimd.Store(target + last, TSimd.Load(from + last));
            from += source.DepthStep;
            target += targetStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(in Factor<T> source, T* target, nint targetStep)
    {
        int last = source.Lines - TSimd.Count;
        for (int line = 0; line < last; line += TSimd.Count)
        {
            TransposeLines(source.At(line, 0), source.LineStep, source.Depth, target + line, targetStep);
        }

        TransposeLines(source.At(last, 0), source.LineStep, source.Depth, target + last, targetStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeLines(T* source, nint lineStep, int depth, T* target, nint targetStep)
    {
        int last = depth - Lane;
        for (int d = 0; d < last; d += Lane)
        {
            TransposeBlock(source + d, lineStep, target + (d * targetStep), targetStep);
        }

        TransposeBlock(source + last, lineStep, target + (last * targetStep), targetStep);
    }

    // Transposes as many lines as a vector has elements, over the depth of a lane. Vector r takes lines r, r + Lane,
    // r + 2·Lane, … into its lanes; transposing Lane × Lane elements within the lanes then leaves all lines of one
    // depth in each vector.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlock(T* source, nint lineStep, T* target, nint targetStep)
    {
        nint laneStep = Lane * lineStep;
        TVector r0 = TSimd.LoadLanes(source, laneStep);
        TVector r1 = TSimd.LoadLanes(source + lineStep, laneStep);
        if (sizeof(T) == sizeof(double))
        {
            TSimd.Store(target, TSimd.InterleaveLow(r0, r1));
            TSimd.Store(target + targetStep, TSimd.InterleaveHigh(r0, r1));
        }
        else
        {
            TVector r2 = TSimd.LoadLanes(source + (2 * lineStep), laneStep);
            TVector r3 = TSimd.LoadLanes(source + (3 * lineStep), laneStep);
            TVector evenLow = TSimd.InterleaveLow(r0, r2);
            TVector evenHigh = TSimd.InterleaveHigh(r0, r2);
            TVector oddLow = TSimd.InterleaveLow(r1, r3);
            TVector oddHigh = TSimd.InterleaveHigh(r1, r3);
            TSimd.Store(target, TSimd.InterleaveLow(evenLow, oddLow));
            TSimd.Store(target + targetStep, TSimd.InterleaveHigh(evenLow, oddLow));
            TSimd.Store(target + (2 * targetStep), TSimd.InterleaveLow(evenHigh, oddHigh));
            TSimd.Store(target + (3 * targetStep), TSimd.InterleaveHigh(evenHigh, oddHigh));
        }
    }
}
