using System.Numerics;
using System.Runtime.CompilerServices;
using static NeuralNet.Kernels.Extent;

namespace NeuralNet.Kernels;

/// <summary>
/// A matrix times a vector if the result is short, up to 8 vectors: it is summed up in registers over the whole depth,
/// and the columns of the matrix are read once, in the order of memory.
/// </summary>
/// <remarks>
/// Each element is one chain of multiply-adds from its old value on, as in <see cref="VectorJob{TSimd, TVector, T}"/>.
/// </remarks>
internal static unsafe class RegisterColumn<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The longest result, in vectors.</summary>
    public const int MaxVectors = 8;

    /// <summary>Sets y to, or adds to it, the sum over the depth of column d times x[d].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in Factor<T> matrix, T* x, T* y, bool accumulate)
    {
        switch (((matrix.Lines - 1) / TSimd.Count) + 1)
        {
            case 1:
                Multiply<One>(matrix, x, y, accumulate);
                break;
            case 2:
                Multiply<Two>(matrix, x, y, accumulate);
                break;
            case 3:
                Multiply<Three>(matrix, x, y, accumulate);
                break;
            case 4:
                Multiply<Four>(matrix, x, y, accumulate);
                break;
            case 5:
                Multiply<Five>(matrix, x, y, accumulate);
                break;
            case 6:
                Multiply<Six>(matrix, x, y, accumulate);
                break;
            case 7:
                Multiply<Seven>(matrix, x, y, accumulate);
                break;
            default:
                Multiply<Eight>(matrix, x, y, accumulate);
                break;
        }
    }

    // As in the register tile: named accumulators stay in registers, and the conditions on TVectors vanish.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TVectors>(in Factor<T> matrix, T* x, T* y, bool accumulate)
        where TVectors : struct, IExtent
    {
        int last = matrix.Lines - ((TVectors.Value - 1) * TSimd.Count);
        TVector y0 = default, y1 = default, y2 = default, y3 = default;
        TVector y4 = default, y5 = default, y6 = default, y7 = default;
        if (accumulate)
        {
            y0 = Load<TVectors>(y, 0, last);
            y1 = Load<TVectors>(y, 1, last);
            y2 = Load<TVectors>(y, 2, last);
            y3 = Load<TVectors>(y, 3, last);
            y4 = Load<TVectors>(y, 4, last);
            y5 = Load<TVectors>(y, 5, last);
            y6 = Load<TVectors>(y, 6, last);
            y7 = Load<TVectors>(y, 7, last);
        }

        T* column = matrix.Origin;
        nint step = matrix.DepthStep;
        for (int d = 0; d < matrix.Depth; d++)
        {
            TVector factor = TSimd.Broadcast(x[d]);
            y0 = TSimd.MultiplyAdd(Load<TVectors>(column, 0, last), factor, y0);
            y1 = TSimd.MultiplyAdd(Load<TVectors>(column, 1, last), factor, y1);
            y2 = TSimd.MultiplyAdd(Load<TVectors>(column, 2, last), factor, y2);
            y3 = TSimd.MultiplyAdd(Load<TVectors>(column, 3, last), factor, y3);
            y4 = TSimd.MultiplyAdd(Load<TVectors>(column, 4, last), factor, y4);
            y5 = TSimd.MultiplyAdd(Load<TVectors>(column, 5, last), factor, y5);
            y6 = TSimd.MultiplyAdd(Load<TVectors>(column, 6, last), factor, y6);
            y7 = TSimd.MultiplyAdd(Load<TVectors>(column, 7, last), factor, y7);
            column += step;
        }

        Store<TVectors>(y, 0, last, y0);
        Store<TVectors>(y, 1, last, y1);
        Store<TVectors>(y, 2, last, y2);
        Store<TVectors>(y, 3, last, y3);
        Store<TVectors>(y, 4, last, y4);
        Store<TVectors>(y, 5, last, y5);
        Store<TVectors>(y, 6, last, y6);
        Store<TVectors>(y, 7, last, y7);
    }

    // A vector of the column: whole, incomplete at the end, or beyond it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TVectors>(T* column, int vector, int last)
        where TVectors : struct, IExtent
    {
        T* at = column + (vector * TSimd.Count);
        return vector >= TVectors.Value ? default
            : vector < TVectors.Value - 1 || last == TSimd.Count ? TSimd.Load(at)
            : TSimd.LoadPartial(at, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVectors>(T* column, int vector, int last, TVector value)
        where TVectors : struct, IExtent
    {
        T* at = column + (vector * TSimd.Count);
        if (vector < TVectors.Value - 1 || (vector == TVectors.Value - 1 && last == TSimd.Count))
        {
            TSimd.Store(at, value);
        }
        else if (vector == TVectors.Value - 1)
        {
            TSimd.StorePartial(at, value, last);
        }
    }
}
