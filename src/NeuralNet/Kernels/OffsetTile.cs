using System.Numerics;
using System.Runtime.CompilerServices;
using static NeuralNet.Kernels.Extent;

namespace NeuralNet.Kernels;

/// <summary>
/// The innermost kernel of a convolution: a tile of C is summed up in registers over the whole depth, as in
/// <see cref="RegisterTile{TSimd, TVector, T}"/>, but each element of B is found by the sum of two offsets, one of its
/// column and one of its depth.
/// </summary>
/// <remarks>
/// A tile is 1 × 14, 2 × 12, 3 × 8 or 4 × 6 vectors × columns, or less where there are fewer registers. Each element
/// is the sum of its products in the order of the depth, one multiply-add each, whatever the size of the tile;
/// therefore the division of a matrix into tiles never affects the result.
/// </remarks>
internal static unsafe class OffsetTile<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The most vectors of rows in a tile.</summary>
    public static int MaxVectors => TSimd.Registers > 16 ? 4 : 3;

    /// <summary>
    /// The most columns of a tile: as many accumulators as leave room for the vectors of A and one element of B.
    /// </summary>
    public static int MaxColumns(int vectors)
    {
        int fitting = (TSimd.Registers - vectors - 1) / vectors;
        return Math.Min(fitting, vectors switch { 1 => 14, 2 => 12, 3 => 8, _ => 6 });
    }

    /// <summary>Computes a tile of at most <see cref="MaxColumns"/> columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in OffsetOperands<T> operands, int columns)
    {
        switch (operands.Vectors)
        {
            case 1:
                Multiply<One>(operands, columns);
                break;
            case 2:
                Multiply<Two>(operands, columns);
                break;
            case 3:
                Multiply<Three>(operands, columns);
                break;
            default:
                Multiply<Four>(operands, columns);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TVectors>(in OffsetOperands<T> operands, int columns)
        where TVectors : struct, IExtent
    {
        switch (columns)
        {
            case 1:
                Multiply<TVectors, One>(operands);
                break;
            case 2:
                Multiply<TVectors, Two>(operands);
                break;
            case 3:
                Multiply<TVectors, Three>(operands);
                break;
            case 4:
                Multiply<TVectors, Four>(operands);
                break;
            case 5:
                Multiply<TVectors, Five>(operands);
                break;
            case 6:
                Multiply<TVectors, Six>(operands);
                break;
            case 7:
                Multiply<TVectors, Seven>(operands);
                break;
            case 8:
                Multiply<TVectors, Eight>(operands);
                break;
            case 9:
                Multiply<TVectors, Nine>(operands);
                break;
            case 10:
                Multiply<TVectors, Ten>(operands);
                break;
            case 11:
                Multiply<TVectors, Eleven>(operands);
                break;
            case 12:
                Multiply<TVectors, Twelve>(operands);
                break;
            case 13:
                Multiply<TVectors, Thirteen>(operands);
                break;
            default:
                Multiply<TVectors, Fourteen>(operands);
                break;
        }
    }

    // See RegisterTile for the form of this method. Columns have no accumulators for vectors that a tile of that many
    // columns never has. It has no cases of its own for what is added and for rows that are no whole vector: with them
    // the JIT would give up inlining, and keep sums in memory for the calls.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TVectors, TColumns>(in OffsetOperands<T> operands)
        where TVectors : struct, IExtent
        where TColumns : struct, IExtent
    {
        TVector c0x0 = default, c1x0 = default, c2x0 = default, c3x0 = default;
        TVector c0x1 = default, c1x1 = default, c2x1 = default, c3x1 = default;
        TVector c0x2 = default, c1x2 = default, c2x2 = default, c3x2 = default;
        TVector c0x3 = default, c1x3 = default, c2x3 = default, c3x3 = default;
        TVector c0x4 = default, c1x4 = default, c2x4 = default, c3x4 = default;
        TVector c0x5 = default, c1x5 = default, c2x5 = default, c3x5 = default;
        TVector c0x6 = default, c1x6 = default, c2x6 = default;
        TVector c0x7 = default, c1x7 = default, c2x7 = default;
        TVector c0x8 = default, c1x8 = default;
        TVector c0x9 = default, c1x9 = default;
        TVector c0x10 = default, c1x10 = default;
        TVector c0x11 = default, c1x11 = default;
        TVector c0x12 = default;
        TVector c0x13 = default;
        TVector none = default;

        T* b = operands.B;
        int* columns = operands.BColumns;
        T* b0 = b + columns[0];
        T* b1 = TColumns.Value > 1 ? b + columns[1] : b;
        T* b2 = TColumns.Value > 2 ? b + columns[2] : b;
        T* b3 = TColumns.Value > 3 ? b + columns[3] : b;
        T* b4 = TColumns.Value > 4 ? b + columns[4] : b;
        T* b5 = TColumns.Value > 5 ? b + columns[5] : b;
        T* b6 = TColumns.Value > 6 ? b + columns[6] : b;
        T* b7 = TColumns.Value > 7 ? b + columns[7] : b;
        T* b8 = TColumns.Value > 8 ? b + columns[8] : b;
        T* b9 = TColumns.Value > 9 ? b + columns[9] : b;
        T* b10 = TColumns.Value > 10 ? b + columns[10] : b;
        T* b11 = TColumns.Value > 11 ? b + columns[11] : b;
        T* b12 = TColumns.Value > 12 ? b + columns[12] : b;
        T* b13 = TColumns.Value > 13 ? b + columns[13] : b;

        T* a = operands.A;
        nint aStep = operands.AStep;
        int* depths = operands.BDepths;
        for (int p = 0; p < operands.Depth; p++)
        {
            nint depth = depths[p];
            TVector a0 = TSimd.Load(a);
            TVector a1 = TVectors.Value > 1 ? TSimd.Load(a + TSimd.Count) : default;
            TVector a2 = TVectors.Value > 2 ? TSimd.Load(a + (2 * TSimd.Count)) : default;
            TVector a3 = TVectors.Value > 3 ? TSimd.Load(a + (3 * TSimd.Count)) : default;

            Accumulate<TVectors>(a0, a1, a2, a3, b0[depth], ref c0x0, ref c1x0, ref c2x0, ref c3x0);

            if (TColumns.Value > 1)
            {
                Accumulate<TVectors>(a0, a1, a2, a3, b1[depth], ref c0x1, ref c1x1, ref c2x1, ref c3x1);
            }

            if (TColumns.Value > 2)
            {
                Accumulate<TVectors>(a0, a1, a2, a3, b2[depth], ref c0x2, ref c1x2, ref c2x2, ref c3x2);
            }

            if (TColumns.Value > 3)
            {
                Accumulate<TVectors>(a0, a1, a2, a3, b3[depth], ref c0x3, ref c1x3, ref c2x3, ref c3x3);
            }

            if (TColumns.Value > 4)
            {
                Accumulate<TVectors>(a0, a1, a2, a3, b4[depth], ref c0x4, ref c1x4, ref c2x4, ref c3x4);
            }

            if (TColumns.Value > 5)
            {
                Accumulate<TVectors>(a0, a1, a2, a3, b5[depth], ref c0x5, ref c1x5, ref c2x5, ref c3x5);
            }

            if (TColumns.Value > 6)
            {
                Accumulate<TVectors>(a0, a1, a2, a3, b6[depth], ref c0x6, ref c1x6, ref c2x6, ref none);
            }

            if (TColumns.Value > 7)
            {
                Accumulate<TVectors>(a0, a1, a2, a3, b7[depth], ref c0x7, ref c1x7, ref c2x7, ref none);
            }

            if (TColumns.Value > 8)
            {
                Accumulate<TVectors>(a0, a1, a2, a3, b8[depth], ref c0x8, ref c1x8, ref none, ref none);
            }

            if (TColumns.Value > 9)
            {
                Accumulate<TVectors>(a0, a1, a2, a3, b9[depth], ref c0x9, ref c1x9, ref none, ref none);
            }

            if (TColumns.Value > 10)
            {
                Accumulate<TVectors>(a0, a1, a2, a3, b10[depth], ref c0x10, ref c1x10, ref none, ref none);
            }

            if (TColumns.Value > 11)
            {
                Accumulate<TVectors>(a0, a1, a2, a3, b11[depth], ref c0x11, ref c1x11, ref none, ref none);
            }

            if (TColumns.Value > 12)
            {
                Accumulate<TVectors>(a0, a1, a2, a3, b12[depth], ref c0x12, ref none, ref none, ref none);
            }

            if (TColumns.Value > 13)
            {
                Accumulate<TVectors>(a0, a1, a2, a3, b13[depth], ref c0x13, ref none, ref none, ref none);
            }

            a += aStep;
        }

        T* start = operands.Start;
        int* starts = operands.StartColumns;
        T* c = operands.C;
        int* targets = operands.CColumns;
        Write<TVectors>(start + starts[0], c + targets[0], c0x0, c1x0, c2x0, c3x0);

        if (TColumns.Value > 1)
        {
            Write<TVectors>(start + starts[1], c + targets[1], c0x1, c1x1, c2x1, c3x1);
        }

        if (TColumns.Value > 2)
        {
            Write<TVectors>(start + starts[2], c + targets[2], c0x2, c1x2, c2x2, c3x2);
        }

        if (TColumns.Value > 3)
        {
            Write<TVectors>(start + starts[3], c + targets[3], c0x3, c1x3, c2x3, c3x3);
        }

        if (TColumns.Value > 4)
        {
            Write<TVectors>(start + starts[4], c + targets[4], c0x4, c1x4, c2x4, c3x4);
        }

        if (TColumns.Value > 5)
        {
            Write<TVectors>(start + starts[5], c + targets[5], c0x5, c1x5, c2x5, c3x5);
        }

        if (TColumns.Value > 6)
        {
            Write<TVectors>(start + starts[6], c + targets[6], c0x6, c1x6, c2x6, none);
        }

        if (TColumns.Value > 7)
        {
            Write<TVectors>(start + starts[7], c + targets[7], c0x7, c1x7, c2x7, none);
        }

        if (TColumns.Value > 8)
        {
            Write<TVectors>(start + starts[8], c + targets[8], c0x8, c1x8, none, none);
        }

        if (TColumns.Value > 9)
        {
            Write<TVectors>(start + starts[9], c + targets[9], c0x9, c1x9, none, none);
        }

        if (TColumns.Value > 10)
        {
            Write<TVectors>(start + starts[10], c + targets[10], c0x10, c1x10, none, none);
        }

        if (TColumns.Value > 11)
        {
            Write<TVectors>(start + starts[11], c + targets[11], c0x11, c1x11, none, none);
        }

        if (TColumns.Value > 12)
        {
            Write<TVectors>(start + starts[12], c + targets[12], c0x12, none, none, none);
        }

        if (TColumns.Value > 13)
        {
            Write<TVectors>(start + starts[13], c + targets[13], c0x13, none, none, none);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate<TVectors>(
        TVector a0,
        TVector a1,
        TVector a2,
        TVector a3,
        T b,
        ref TVector c0,
        ref TVector c1,
        ref TVector c2,
        ref TVector c3)
        where TVectors : struct, IExtent
    {
        TVector factor = TSimd.Broadcast(b);
        c0 = TSimd.MultiplyAdd(a0, factor, c0);
        if (TVectors.Value > 1)
        {
            c1 = TSimd.MultiplyAdd(a1, factor, c1);
        }

        if (TVectors.Value > 2)
        {
            c2 = TSimd.MultiplyAdd(a2, factor, c2);
        }

        if (TVectors.Value > 3)
        {
            c3 = TSimd.MultiplyAdd(a3, factor, c3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TVectors>(T* start, T* c, TVector c0, TVector c1, TVector c2, TVector c3)
        where TVectors : struct, IExtent
    {
        TSimd.Store(c, TSimd.Add(TSimd.Load(start), c0));
        if (TVectors.Value > 1)
        {
            TSimd.Store(c + TSimd.Count, TSimd.Add(TSimd.Load(start + TSimd.Count), c1));
        }

        if (TVectors.Value > 2)
        {
            TSimd.Store(c + (2 * TSimd.Count), TSimd.Add(TSimd.Load(start + (2 * TSimd.Count)), c2));
        }

        if (TVectors.Value > 3)
        {
            TSimd.Store(c + (3 * TSimd.Count), TSimd.Add(TSimd.Load(start + (3 * TSimd.Count)), c3));
        }
    }
}
