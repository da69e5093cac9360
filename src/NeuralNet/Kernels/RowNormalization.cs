using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>
/// The statistics of batch normalization, row by row over all columns, in double: sums of deviations from the first
/// column, so that a large offset costs no digits and a constant row gives exactly 0.
/// </summary>
internal static unsafe class RowNormalization
{
    /// <summary>
    /// Computes, for each row, its mean μ, its variance σ², 1/√(σ² + ε) and x̂ = (x − μ)/√(σ² + ε).
    /// </summary>
    /// <remarks>Values whose variance no double holds give NaN, which training reports, and not 0.</remarks>
    public static void Normalize<T>(
        ReadOnlyMatrixSpan<T> matrix,
        MatrixSpan<T> normalized,
        Span<T> means,
        Span<T> variances,
        Span<T> inverseDeviations,
        double epsilon,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = matrix.Rows;
        double[] sums = ArrayPool<double>.Shared.Rent(3 * rows);
        Array.Clear(sums, 0, 3 * rows);
        fixed (T* x = matrix.Values, y = normalized.Values, mean = means, variance = variances)
        fixed (T* inverseDeviation = inverseDeviations)
        fixed (double* shift = sums)
        {
            double* squares = shift + rows;
            double* inverse = squares + rows;
            RowPasses.Run(new DeviationSums<T>(x, rows, shift), rows, matrix.Columns, team);
            for (int i = 0; i < rows; i++)
            {
                shift[i] /= matrix.Columns;
            }

            RowPasses.Run(new SquareSums<T>(x, rows, shift, squares), rows, matrix.Columns, team);
            for (int i = 0; i < rows; i++)
            {
                // ∞ − ∞ is NaN.
                double square = squares[i] / matrix.Columns;
                inverse[i] = (1 / Math.Sqrt(square + epsilon)) + (square - square);
                mean[i] = T.CreateTruncating(double.CreateTruncating(x[i]) + shift[i]);
                variance[i] = T.CreateTruncating(square);
                inverseDeviation[i] = T.CreateTruncating(inverse[i]);
            }

            RowPasses.Run(new NormalizedRows<T>(x, y, rows, shift, inverse), rows, matrix.Columns, team);
        }

        ArrayPool<double>.Shared.Return(sums);
    }

    /// <summary>Computes, for each row, Σ g and Σ g·x̂.</summary>
    public static void Sum<T>(
        ReadOnlyMatrixSpan<T> gradient,
        ReadOnlyMatrixSpan<T> normalized,
        Span<T> sums,
        Span<T> productSums,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = gradient.Rows;
        double[] array = ArrayPool<double>.Shared.Rent(2 * rows);
        Array.Clear(array, 0, 2 * rows);
        fixed (T* g = gradient.Values, x = normalized.Values)
        fixed (double* sum = array)
        {
            double* products = sum + rows;
            RowPasses.Run(new GradientSums<T>(g, x, rows, sum, products), rows, gradient.Columns, team);
            for (int i = 0; i < rows; i++)
            {
                sums[i] = T.CreateTruncating(sum[i]);
                productSums[i] = T.CreateTruncating(products[i]);
            }
        }

        ArrayPool<double>.Shared.Return(array);
    }

    private readonly struct DeviationSums<T>(T* source, int rows, double* sums) : IRowPass
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute<TDoubles>(int row, int column, int columns)
            where TDoubles : struct, IDoubles<TDoubles>
        {
            T* at = source + row + ((nint)column * rows);
            TDoubles origin = TDoubles.Load(source + row);
            TDoubles sum = TDoubles.Load(sums + row);
            for (int j = 0; j < columns; j++, at += rows)
            {
                sum += TDoubles.Load(at) - origin;
            }

            TDoubles.Store(sums + row, sum);
        }
    }

    private readonly struct SquareSums<T>(T* source, int rows, double* shifts, double* sums) : IRowPass
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute<TDoubles>(int row, int column, int columns)
            where TDoubles : struct, IDoubles<TDoubles>
        {
            T* at = source + row + ((nint)column * rows);
            TDoubles origin = TDoubles.Load(source + row);
            TDoubles shift = TDoubles.Load(shifts + row);
            TDoubles sum = TDoubles.Load(sums + row);
            for (int j = 0; j < columns; j++, at += rows)
            {
                TDoubles deviation = TDoubles.Load(at) - origin - shift;
                sum += deviation * deviation;
            }

            TDoubles.Store(sums + row, sum);
        }
    }

    private readonly struct NormalizedRows<T>(T* source, T* target, int rows, double* shifts, double* factors)
        : IRowPass
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute<TDoubles>(int row, int column, int columns)
            where TDoubles : struct, IDoubles<TDoubles>
        {
            T* at = source + row + ((nint)column * rows);
            T* to = target + row + ((nint)column * rows);
            TDoubles origin = TDoubles.Load(source + row);
            TDoubles shift = TDoubles.Load(shifts + row);
            TDoubles factor = TDoubles.Load(factors + row);
            for (int j = 0; j < columns; j++, at += rows, to += rows)
            {
                TDoubles.Store(to, (TDoubles.Load(at) - origin - shift) * factor);
            }
        }
    }

    private readonly struct GradientSums<T>(T* gradient, T* normalized, int rows, double* sums, double* products)
        : IRowPass
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute<TDoubles>(int row, int column, int columns)
            where TDoubles : struct, IDoubles<TDoubles>
        {
            T* g = gradient + row + ((nint)column * rows);
            T* x = normalized + row + ((nint)column * rows);
            TDoubles sum = TDoubles.Load(sums + row);
            TDoubles product = TDoubles.Load(products + row);
            for (int j = 0; j < columns; j++, g += rows, x += rows)
            {
                TDoubles value = TDoubles.Load(g);
                sum += value;
                product += value * TDoubles.Load(x);
            }

            TDoubles.Store(sums + row, sum);
            TDoubles.Store(products + row, product);
        }
    }
}
