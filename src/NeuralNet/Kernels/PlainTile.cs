using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>
/// A tile of up to 2 vectors × 4 columns of D = S + A·B, where the element of B at depth d in column j is
/// Bⱼ[Offsets[d]]: the innermost loop of <see cref="PlainProduct{T}"/>.
/// </summary>
/// <remarks>
/// A column that a tile does not have reads B where another one does, and writes where nobody reads.
/// </remarks>
internal unsafe struct PlainTile<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Number of columns of a tile.</summary>
    public const int Columns = 4;

    /// <summary>The first row of A at the first depth; the rows are contiguous, in whole vectors.</summary>
    public T* A;

    /// <summary>Distance from one depth of A to the next.</summary>
    public nint AStep;

    /// <summary>Number of products per element.</summary>
    public int Depth;

    /// <summary>The offset of each depth in B.</summary>
    public int* Offsets;

    /// <summary>The columns of B.</summary>
    public T* B0, B1, B2, B3;

    /// <summary>The columns of S, which may be those of the result.</summary>
    public T* S0, S1, S2, S3;

    /// <summary>The columns of the result.</summary>
    public T* D0, D1, D2, D3;

    /// <summary>Computes a tile of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void MultiplyTwo()
    {
        T* a = A;
        nint step = AStep;
        int* offset = Offsets;
        T* b0 = B0, b1 = B1, b2 = B2, b3 = B3;
        int count = Vector128<T>.Count;
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

        Store(S0, d00, d10, D0);
        Store(S1, d01, d11, D1);
        Store(S2, d02, d12, D2);
        Store(S3, d03, d13, D3);
    }

    /// <summary>Computes a tile of one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void MultiplyOne()
    {
        T* a = A;
        nint step = AStep;
        int* offset = Offsets;
        T* b0 = B0, b1 = B1, b2 = B2, b3 = B3;
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

        (Vector128.Load(S0) + d0).Store(D0);
        (Vector128.Load(S1) + d1).Store(D1);
        (Vector128.Load(S2) + d2).Store(D2);
        (Vector128.Load(S3) + d3).Store(D3);
    }

    private static void Store(T* start, Vector128<T> first, Vector128<T> second, T* column)
    {
        int count = Vector128<T>.Count;
        (Vector128.Load(start) + first).Store(column);
        (Vector128.Load(start + count) + second).Store(column + count);
    }
}
