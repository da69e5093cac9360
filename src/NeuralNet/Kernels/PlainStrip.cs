using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>
/// Some columns of one or two vectors of rows of C = S + A·B: the innermost loops of <see cref="PlainProduct{T}"/>.
/// Four columns are done at a time, and all of them in one call, because calls take an interpreter long.
/// </summary>
internal unsafe struct PlainStrip<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Group = 4;

    /// <summary>The first row of A at the first depth; the rows are contiguous, in whole vectors.</summary>
    public T* A;

    /// <summary>Distance from one depth of A to the next.</summary>
    public nint AStep;

    /// <summary>Number of products per element.</summary>
    public int Depth;

    /// <summary>The right factor, from the first depth on.</summary>
    public OffsetFactor<T> B;

    /// <summary>The element of C, in the strip's first row, that the offsets count from.</summary>
    public T* C;

    /// <summary>The offset of each column of C; whole vectors are written.</summary>
    public int* CColumns;

    /// <summary>The column S that is added to every sum; null to add the sums to C.</summary>
    public T* Start;

    /// <summary>A column that nobody reads, for what a group has fewer columns than four.</summary>
    public T* Spare;

    /// <summary>Computes a strip of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void MultiplyTwo()
    {
        int count = Vector128<T>.Count;
        nint step = AStep;
        int columns = B.Columns;
        for (int column = 0; column < columns; column += Group)
        {
            int* from = B.ColumnOffsets + column;
            int left = columns - column;
            T* b0 = B.Origin + from[0];
            T* b1 = left > 1 ? B.Origin + from[1] : b0;
            T* b2 = left > 2 ? B.Origin + from[2] : b0;
            T* b3 = left > 3 ? B.Origin + from[3] : b0;
            T* a = A;
            int* offset = B.DepthOffsets;
            Vector128<T> d00 = default, d10 = default, d01 = default, d11 = default;
            Vector128<T> d02 = default, d12 = default, d03 = default, d13 = default;
            for (int depth = Depth; depth > 0; depth--)
            {
                Vector128<T> a0 = Vector128.Load(a);
                Vector128<T> a1 = Vector128.Load(a + count);
                nint at = *offset;
                Vector128<T> b = Vector128.Create(b0[at]);
                d00 = (a0 * b) + d00;
                d10 = (a1 * b) + d10;
                b = Vector128.Create(b1[at]);
                d01 = (a0 * b) + d01;
                d11 = (a1 * b) + d11;
                b = Vector128.Create(b2[at]);
                d02 = (a0 * b) + d02;
                d12 = (a1 * b) + d12;
                b = Vector128.Create(b3[at]);
                d03 = (a0 * b) + d03;
                d13 = (a1 * b) + d13;
                a += step;
                offset++;
            }

            int* to = CColumns + column;
            T* c0 = C + to[0];
            T* c1 = left > 1 ? C + to[1] : Spare;
            T* c2 = left > 2 ? C + to[2] : Spare;
            T* c3 = left > 3 ? C + to[3] : Spare;
            T* s = Start == null ? c0 : Start;
            (Vector128.Load(s) + d00).Store(c0);
            (Vector128.Load(s + count) + d10).Store(c0 + count);
            s = Start == null ? c1 : Start;
            (Vector128.Load(s) + d01).Store(c1);
            (Vector128.Load(s + count) + d11).Store(c1 + count);
            s = Start == null ? c2 : Start;
            (Vector128.Load(s) + d02).Store(c2);
            (Vector128.Load(s + count) + d12).Store(c2 + count);
            s = Start == null ? c3 : Start;
            (Vector128.Load(s) + d03).Store(c3);
            (Vector128.Load(s + count) + d13).Store(c3 + count);
        }
    }

    /// <summary>Computes a strip of one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void MultiplyOne()
    {
        nint step = AStep;
        int columns = B.Columns;
        for (int column = 0; column < columns; column += Group)
        {
            int* from = B.ColumnOffsets + column;
            int left = columns - column;
            T* b0 = B.Origin + from[0];
            T* b1 = left > 1 ? B.Origin + from[1] : b0;
            T* b2 = left > 2 ? B.Origin + from[2] : b0;
            T* b3 = left > 3 ? B.Origin + from[3] : b0;
            T* a = A;
            int* offset = B.DepthOffsets;
            Vector128<T> d0 = default, d1 = default, d2 = default, d3 = default;
            for (int depth = Depth; depth > 0; depth--)
            {
                Vector128<T> a0 = Vector128.Load(a);
                nint at = *offset;
                d0 = (a0 * Vector128.Create(b0[at])) + d0;
                d1 = (a0 * Vector128.Create(b1[at])) + d1;
                d2 = (a0 * Vector128.Create(b2[at])) + d2;
                d3 = (a0 * Vector128.Create(b3[at])) + d3;
                a += step;
                offset++;
            }

            int* to = CColumns + column;
            T* c0 = C + to[0];
            T* c1 = left > 1 ? C + to[1] : Spare;
            T* c2 = left > 2 ? C + to[2] : Spare;
            T* c3 = left > 3 ? C + to[3] : Spare;
            (Vector128.Load(Start == null ? c0 : Start) + d0).Store(c0);
            (Vector128.Load(Start == null ? c1 : Start) + d1).Store(c1);
            (Vector128.Load(Start == null ? c2 : Start) + d2).Store(c2);
            (Vector128.Load(Start == null ? c3 : Start) + d3).Store(c3);
        }
    }
}
