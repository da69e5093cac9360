using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>The two loops of a bias: adding it to every column, and the sum over all columns.</summary>
internal static class Columns
{
    private const int ColumnsPerRun = 16;

    /// <summary>Adds <paramref name="bias"/> to every column of the matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(ReadOnlySpan<T> bias, MatrixSpan<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T source = ref MemoryMarshal.GetReference(bias);
        for (int j = 0; j < matrix.Columns; j++)
        {
            ref T column = ref MemoryMarshal.GetReference(matrix.Column(j));
            int i = 0;
            for (; i <= matrix.Rows - Vector<T>.Count; i += Vector<T>.Count)
            {
                Vector<T> sum = Vector.LoadUnsafe(ref column, (nuint)i) + Vector.LoadUnsafe(ref source, (nuint)i);
                sum.StoreUnsafe(ref column, (nuint)i);
            }

            for (; i < matrix.Rows; i++)
            {
                Unsafe.Add(ref column, i) += Unsafe.Add(ref source, i);
            }
        }
    }

    /// <summary>
    /// Computes the sum of the matrix's columns, each row added from the first column to the last. Many columns of rows
    /// that fill no vectors are added up as fewer columns, each a run of neighbouring ones.
    /// </summary>
    public static void Sum<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> destination, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (destination.Length != matrix.Rows)
        {
            throw new ArgumentException($"There are {matrix.Rows} rows, but room for {destination.Length} sums.");
        }

        if (matrix.Rows % ColumnsPerRun == 0 || matrix.Columns < ColumnsPerRun * ColumnsPerRun)
        {
            SumEach(matrix, destination, team);
            return;
        }

        int runs = matrix.Columns / ColumnsPerRun;
        int length = matrix.Rows * ColumnsPerRun;
        T[] rented = ArrayPool<T>.Shared.Rent(length);
        var run = new MatrixSpan<T>(rented.AsSpan(0, length), matrix.Rows, ColumnsPerRun);
        SumEach(new ReadOnlyMatrixSpan<T>(matrix.Values[..(runs * length)], length, runs), run.Values, team);
        SumEach(run, destination, ForkJoin.Alone);
        for (int j = runs * ColumnsPerRun; j < matrix.Columns; j++)
        {
            TensorPrimitives.Add(destination, matrix.Column(j), destination);
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    private static unsafe void SumEach<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> destination, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int vectors = (matrix.Rows + Vector<T>.Count - 1) / Vector<T>.Count;
        Partition shares = team.Shares(vectors, matrix.Values.Length);
        fixed (T* source = matrix.Values, target = destination)
        {
            team.Run(new SumJob<T>(source, target, matrix.Rows, matrix.Columns, shares), shares.Parts);
        }
    }

    /// <summary>The sums of some of the rows, four vectors of rows at a time.</summary>
    private readonly unsafe struct SumJob<T>(
        T* source, T* target, int rows, int columns, Partition shares) : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int part)
        {
            int count = Vector<T>.Count;
            int i = shares.Start(part) * count;
            int end = Math.Min(rows, i + (shares.Size(part) * count));
            for (; i <= end - (4 * count); i += 4 * count)
            {
                Vector<T> s0 = default, s1 = default, s2 = default, s3 = default;
                T* at = source + i;
                for (int j = 0; j < columns; j++)
                {
                    s0 += Vector.Load(at);
                    s1 += Vector.Load(at + count);
                    s2 += Vector.Load(at + (2 * count));
                    s3 += Vector.Load(at + (3 * count));
                    at += rows;
                }

                s0.Store(target + i);
                s1.Store(target + i + count);
                s2.Store(target + i + (2 * count));
                s3.Store(target + i + (3 * count));
            }

            for (; i <= end - count; i += count)
            {
                Vector<T> sum = default;
                for (int j = 0; j < columns; j++)
                {
                    sum += Vector.Load(source + i + ((nint)j * rows));
                }

                sum.Store(target + i);
            }

            for (; i < end; i++)
            {
                T sum = T.Zero;
                for (int j = 0; j < columns; j++)
                {
                    sum += source[i + ((nint)j * rows)];
                }

                target[i] = sum;
            }
        }
    }
}
