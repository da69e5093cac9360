using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>
/// The computations of batch normalization, row by row over all columns, in double: sums of deviations from the first
/// column, so that a large offset costs no digits and a constant row gives exactly 0.
/// </summary>
internal static class RowNormalization
{
    /// <summary>
    /// Computes, for each row, its mean μ, its variance σ², 1/√(σ² + ε) and x̂ = (x − μ)/√(σ² + ε).
    /// </summary>
    /// <remarks>Values whose variance no double holds give NaN, which training reports, and not 0.</remarks>
    public static unsafe void Normalize<T>(
        ReadOnlyMatrixSpan<T> matrix,
        MatrixSpan<T> normalized,
        Span<T> means,
        Span<T> variances,
        Span<T> inverseDeviations,
        double epsilon,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* x = matrix.Values, y = normalized.Values, mean = means, variance = variances)
        {
            fixed (T* inverseDeviation = inverseDeviations)
            {
                Run(
                    new NormalizationRows<T>(
                        x, y, mean, variance, inverseDeviation, matrix.Rows, matrix.Columns, epsilon),
                    matrix.Rows,
                    matrix.Values.Length,
                    team);
            }
        }
    }

    /// <summary>Computes, for each row, Σ g and Σ g·x̂.</summary>
    public static unsafe void Sum<T>(
        ReadOnlyMatrixSpan<T> gradient,
        ReadOnlyMatrixSpan<T> normalized,
        Span<T> sums,
        Span<T> productSums,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* g = gradient.Values, x = normalized.Values, sum = sums, productSum = productSums)
        {
            Run(
                new GradientRows<T>(g, x, sum, productSum, gradient.Rows, gradient.Columns),
                gradient.Rows,
                gradient.Values.Length,
                team);
        }
    }

    private static void Run<TRows>(TRows rows, int count, int elements, ForkJoin team)
        where TRows : struct, IRowKernel
    {
        int blocks = (count + ManyDoubles.Count - 1) / ManyDoubles.Count;
        int parts = Math.Min(blocks, team.PartsFor(elements));
        team.Run(new Job<TRows>(rows, count, new Partition(blocks, Math.Max(1, parts))), parts);
    }

    /// <summary>A computation for neighbouring rows, from the first column to the last.</summary>
    private interface IRowKernel
    {
        void Execute<TDoubles>(int firstRow)
            where TDoubles : struct, IDoubles<TDoubles>;
    }

    private readonly struct Job<TRows>(TRows rows, int count, Partition shares) : IParallelJob
        where TRows : struct, IRowKernel
    {
        public void Execute(int part)
        {
            int i = shares.Start(part) * ManyDoubles.Count;
            int end = Math.Min(count, i + (shares.Size(part) * ManyDoubles.Count));
            for (; i <= end - ManyDoubles.Count; i += ManyDoubles.Count)
            {
                rows.Execute<ManyDoubles>(i);
            }

            for (; i < end; i++)
            {
                rows.Execute<OneDouble>(i);
            }
        }
    }

    private readonly unsafe struct NormalizationRows<T>(
        T* source, T* target, T* means, T* variances, T* inverseDeviations, int rows, int columns, double epsilon)
        : IRowKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute<TDoubles>(int firstRow)
            where TDoubles : struct, IDoubles<TDoubles>
        {
            T* first = source + firstRow;
            T* end = first + ((nint)rows * columns);
            TDoubles count = TDoubles.Broadcast(columns);
            TDoubles origin = TDoubles.Load(first);
            TDoubles sum = default;
            for (T* at = first; at < end; at += rows)
            {
                sum += TDoubles.Load(at) - origin;
            }

            TDoubles shift = sum / count;
            TDoubles squares = default;
            for (T* at = first; at < end; at += rows)
            {
                TDoubles deviation = TDoubles.Load(at) - origin - shift;
                squares += deviation * deviation;
            }

            // ∞ − ∞ is NaN.
            TDoubles variance = squares / count;
            TDoubles inverse = (TDoubles.Broadcast(1) / TDoubles.Sqrt(variance + TDoubles.Broadcast(epsilon)))
                + (variance - variance);
            TDoubles.Store(means + firstRow, origin + shift);
            TDoubles.Store(variances + firstRow, variance);
            TDoubles.Store(inverseDeviations + firstRow, inverse);
            T* to = target + firstRow;
            for (T* at = first; at < end; at += rows, to += rows)
            {
                TDoubles.Store(to, (TDoubles.Load(at) - origin - shift) * inverse);
            }
        }
    }

    private readonly unsafe struct GradientRows<T>(
        T* gradient, T* normalized, T* sums, T* productSums, int rows, int columns) : IRowKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute<TDoubles>(int firstRow)
            where TDoubles : struct, IDoubles<TDoubles>
        {
            T* g = gradient + firstRow;
            T* x = normalized + firstRow;
            TDoubles sum = default;
            TDoubles products = default;
            for (int j = 0; j < columns; j++, g += rows, x += rows)
            {
                TDoubles value = TDoubles.Load(g);
                sum += value;
                products += value * TDoubles.Load(x);
            }

            TDoubles.Store(sums + firstRow, sum);
            TDoubles.Store(productSums + firstRow, products);
        }
    }
}
