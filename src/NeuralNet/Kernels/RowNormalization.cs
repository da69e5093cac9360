using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>
/// The computations of batch normalization, row by row over all columns, with sums in double, of which other
/// normalizations use those of the gradients. Numbers count from the first column, their origin, so that a large offset
/// costs no digits and a constant row gives exactly 0; where the moments are not those of the columns, from μ.
/// </summary>
internal static unsafe class RowNormalization
{
    /// <summary>
    /// Computes, for each row, mean μ and variance σ², and γ·(x − μ)/√(σ² + ε) + β for every column x.
    /// </summary>
    /// <remarks>Values whose variance no double holds give NaN, which training reports, and not 0.</remarks>
    public static void Normalize<T>(
        ReadOnlyMatrixSpan<T> matrix,
        ReadOnlySpan<T> gamma,
        ReadOnlySpan<T> beta,
        MatrixSpan<T> result,
        RowMoments<T> moments,
        double epsilon,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = matrix.Rows;
        double[] rented = ArrayPool<double>.Shared.Rent(3 * rows);
        fixed (T* x = matrix.Values, y = result.Values)
        fixed (double* shift = rented)
        {
            double* squares = shift + rows;
            double* factor = squares;
            double* addend = squares + rows;
            Sum(new MomentSums<T>(x, rows), rows, matrix.Columns, shift, squares, team);
            for (int i = 0; i < rows; i++)
            {
                // Σ (d − d̄)²/n = Σ d²/n − d̄². As the origin is a column itself, d̄² is at most n times the result, so
                // no more digits than those of n are lost. ∞ − ∞ is NaN.
                shift[i] /= matrix.Columns;
                double variance = (squares[i] / matrix.Columns) - (shift[i] * shift[i]);
                double inverse = (1 / Math.Sqrt(variance + epsilon)) + (variance - variance);
                moments.Mean[i] = T.CreateTruncating(double.CreateTruncating(x[i]) + shift[i]);
                moments.Shift[i] = T.CreateTruncating(shift[i] * inverse);
                moments.Variance[i] = T.CreateTruncating(variance);
                moments.InverseDeviation[i] = T.CreateTruncating(inverse);
                factor[i] = inverse * double.CreateTruncating(gamma[i]);
                addend[i] = double.CreateTruncating(beta[i]);
            }

            RowPasses.Run(new ScaledRows<T>(x, y, rows, shift, factor, addend), rows, matrix.Columns, team);
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>Computes, for each row, Σ g and Σ g·x̂.</summary>
    public static void SumGradients<T>(
        ReadOnlyMatrixSpan<T> gradient,
        ReadOnlyMatrixSpan<T> normalized,
        Span<T> sums,
        Span<T> productSums,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* g = gradient.Values, x = normalized.Values)
        {
            Sum(new ProductSums<T>(g, x, gradient.Rows), gradient.Columns, sums, productSums, team);
        }
    }

    /// <summary>
    /// Goes back through batch normalization: ∂L/∂β = Σ g, ∂L/∂γ = Σ g·x̂ and
    /// ∂L/∂x = γ/√(σ² + ε)·(g − Σ g/n − x̂·Σ g·x̂/n).
    /// </summary>
    /// <param name="matrix">x, from which x̂ is computed again: that takes less time than to keep it.</param>
    /// <param name="gradient">g = ∂L/∂a.</param>
    /// <param name="gamma">γ.</param>
    /// <param name="moments">
    /// The moments that the forward pass normalized with. What is computed here goes to their last columns.
    /// </param>
    /// <param name="areOfBatch">
    /// True if the moments are those of the columns; if false, they are constants, and ∂L/∂x = γ/√(σ² + ε)·g.
    /// </param>
    /// <param name="gammaGradient">∂L/∂γ.</param>
    /// <param name="betaGradient">∂L/∂β.</param>
    /// <param name="inputGradient">∂L/∂x; empty if nobody wants it.</param>
    /// <param name="team">Who shares the columns.</param>
    public static void Backward<T>(
        ReadOnlyMatrixSpan<T> matrix,
        ReadOnlyMatrixSpan<T> gradient,
        ReadOnlySpan<T> gamma,
        RowMoments<T> moments,
        bool areOfBatch,
        Span<T> gammaGradient,
        Span<T> betaGradient,
        MatrixSpan<T> inputGradient,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = matrix.Rows;
        if (!areOfBatch)
        {
            moments.Shift.Clear();
        }

        fixed (T* x = matrix.Values, g = gradient.Values)
        fixed (T* means = moments.Mean, inverse = moments.InverseDeviation, shift = moments.Shift)
        {
            T* origin = areOfBatch ? x : means;
            var terms = new GradientSums<T>(g, x, origin, inverse, shift, rows);
            Sum(terms, matrix.Columns, betaGradient, gammaGradient, team);
        }

        if (inputGradient.IsEmpty)
        {
            return;
        }

        if (areOfBatch)
        {
            T count = T.CreateTruncating(matrix.Columns);
            TensorPrimitives.Divide(betaGradient, count, moments.MeanGradient);
            TensorPrimitives.Divide(gammaGradient, count, moments.MeanProduct);
        }
        else
        {
            moments.MeanGradient.Clear();
            moments.MeanProduct.Clear();
        }

        TensorPrimitives.Multiply(moments.InverseDeviation, gamma, moments.Factor);
        Partition shares = team.Shares(matrix.Columns, matrix.Values.Length);
        fixed (T* x = matrix.Values, g = gradient.Values, y = inputGradient.Values, constants = moments.Values)
        {
            T* origin = areOfBatch ? x : constants;
            team.Run(new InputGradientJob<T>(g, x, y, origin, constants, rows, shares), shares.Parts);
        }
    }

    /// <summary>Adds up two numbers of every row over the columns in double, and rounds the sums to T.</summary>
    private static void Sum<TTerms, T>(
        TTerms terms, int columns, Span<T> first, Span<T> second, ForkJoin team)
        where TTerms : struct, IRowTerms
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = first.Length;
        double[] rented = ArrayPool<double>.Shared.Rent(2 * rows);
        fixed (double* sums = rented)
        {
            Sum(terms, rows, columns, sums, sums + rows, team);
            for (int i = 0; i < rows; i++)
            {
                first[i] = T.CreateTruncating(sums[i]);
                second[i] = T.CreateTruncating(sums[rows + i]);
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>Adds up two numbers of every row over the columns: those of each run, then those of all runs.</summary>
    private static void Sum<TTerms>(
        TTerms terms, int rows, int columns, double* first, double* second, ForkJoin team)
        where TTerms : struct, IRowTerms
    {
        int runs = RowPasses.Runs(rows, columns).Parts;
        double[] rented = ArrayPool<double>.Shared.Rent(2 * runs * rows);
        Array.Clear(rented, 0, 2 * runs * rows);
        fixed (double* sums = rented)
        {
            RowPasses.Run(new Sums<TTerms>(terms, sums, rows), rows, columns, team);
            for (int i = 0; i < rows; i++)
            {
                (first[i], second[i]) = (0, 0);
                for (double* run = sums + i; run < sums + (2 * runs * rows); run += 2 * rows)
                {
                    first[i] += run[0];
                    second[i] += run[rows];
                }
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>Two numbers of neighbouring rows that are added up over the columns.</summary>
    private interface IRowTerms
    {
        /// <summary>Adds those of some columns.</summary>
        void Add<TDoubles>(int row, int column, int columns, ref TDoubles first, ref TDoubles second)
            where TDoubles : struct, IDoubles<TDoubles>;
    }

    private readonly struct Sums<TTerms>(TTerms terms, double* sums, int rows) : IRowPass
        where TTerms : struct, IRowTerms
    {
        public void Execute<TDoubles>(int row, int column, int columns, int run)
            where TDoubles : struct, IDoubles<TDoubles>
        {
            double* firsts = sums + (2 * (nint)run * rows) + row;
            double* seconds = firsts + rows;
            TDoubles first = TDoubles.Load(firsts);
            TDoubles second = TDoubles.Load(seconds);
            terms.Add(row, column, columns, ref first, ref second);
            TDoubles.Store(firsts, first);
            TDoubles.Store(seconds, second);
        }
    }

    /// <summary>Σ d and Σ d² of the deviations d from the origin.</summary>
    private readonly struct MomentSums<T>(T* source, int rows) : IRowTerms
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add<TDoubles>(int row, int column, int columns, ref TDoubles first, ref TDoubles second)
            where TDoubles : struct, IDoubles<TDoubles>
        {
            T* at = source + row + ((nint)column * rows);
            TDoubles origin = TDoubles.Load(source + row);
            TDoubles sum = first;
            TDoubles squares = second;
            for (int j = 0; j < columns; j++, at += rows)
            {
                TDoubles deviation = TDoubles.Load(at) - origin;
                sum += deviation;
                squares += deviation * deviation;
            }

            (first, second) = (sum, squares);
        }
    }

    /// <summary>Σ g and Σ g·x̂ from x̂.</summary>
    private readonly struct ProductSums<T>(T* gradient, T* normalized, int rows) : IRowTerms
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add<TDoubles>(int row, int column, int columns, ref TDoubles first, ref TDoubles second)
            where TDoubles : struct, IDoubles<TDoubles>
        {
            T* g = gradient + row + ((nint)column * rows);
            T* x = normalized + row + ((nint)column * rows);
            TDoubles sum = first;
            TDoubles products = second;
            for (int j = 0; j < columns; j++, g += rows, x += rows)
            {
                TDoubles value = TDoubles.Load(g);
                sum += value;
                products += value * TDoubles.Load(x);
            }

            (first, second) = (sum, products);
        }
    }

    /// <summary>Σ g and Σ g·x̂ from x.</summary>
    private readonly struct GradientSums<T>(
        T* gradient, T* source, T* origins, T* inverses, T* shifts, int rows) : IRowTerms
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add<TDoubles>(int row, int column, int columns, ref TDoubles first, ref TDoubles second)
            where TDoubles : struct, IDoubles<TDoubles>
        {
            T* g = gradient + row + ((nint)column * rows);
            T* x = source + row + ((nint)column * rows);
            TDoubles origin = TDoubles.Load(origins + row);
            TDoubles inverse = TDoubles.Load(inverses + row);
            TDoubles shift = TDoubles.Load(shifts + row);
            TDoubles sum = first;
            TDoubles products = second;
            for (int j = 0; j < columns; j++, g += rows, x += rows)
            {
                TDoubles value = TDoubles.Load(g);
                sum += value;
                products += value * (((TDoubles.Load(x) - origin) * inverse) - shift);
            }

            (first, second) = (sum, products);
        }
    }

    /// <summary>(x − μ)·factor + addend.</summary>
    private readonly struct ScaledRows<T>(
        T* source, T* target, int rows, double* shifts, double* factors, double* addends) : IRowPass
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute<TDoubles>(int row, int column, int columns, int run)
            where TDoubles : struct, IDoubles<TDoubles>
        {
            T* at = source + row + ((nint)column * rows);
            T* to = target + row + ((nint)column * rows);
            TDoubles origin = TDoubles.Load(source + row);
            TDoubles shift = TDoubles.Load(shifts + row);
            TDoubles factor = TDoubles.Load(factors + row);
            TDoubles addend = TDoubles.Load(addends + row);
            for (int j = 0; j < columns; j++, at += rows, to += rows)
            {
                TDoubles.Store(to, ((TDoubles.Load(at) - origin - shift) * factor) + addend);
            }
        }
    }

    /// <summary>γ/√(σ² + ε)·(g − Σ g/n − x̂·Σ g·x̂/n) for every column, in T.</summary>
    private readonly struct InputGradientJob<T>(
        T* gradient, T* source, T* target, T* origin, T* moments, int rows, Partition shares) : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int part)
        {
            T* shift = moments + (RowMoments<T>.ShiftColumn * rows);
            T* inverse = moments + (RowMoments<T>.InverseDeviationColumn * rows);
            T* mean = moments + (RowMoments<T>.MeanGradientColumn * rows);
            T* product = moments + (RowMoments<T>.MeanProductColumn * rows);
            T* factor = moments + (RowMoments<T>.FactorColumn * rows);
            for (int j = shares.Start(part); j < shares.Start(part + 1); j++)
            {
                T* x = source + ((nint)j * rows);
                T* g = gradient + ((nint)j * rows);
                T* y = target + ((nint)j * rows);
                int i = 0;
                for (; i <= rows - Vector<T>.Count; i += Vector<T>.Count)
                {
                    Vector<T> deviation = Vector.Load(x + i) - Vector.Load(origin + i);
                    Vector<T> normalized = (deviation * Vector.Load(inverse + i)) - Vector.Load(shift + i);
                    Vector<T> alongNormalized = normalized * Vector.Load(product + i);
                    Vector<T> rest = Vector.Load(g + i) - Vector.Load(mean + i) - alongNormalized;
                    (rest * Vector.Load(factor + i)).Store(y + i);
                }

                for (; i < rows; i++)
                {
                    T normalized = ((x[i] - origin[i]) * inverse[i]) - shift[i];
                    y[i] = (g[i] - mean[i] - (normalized * product[i])) * factor[i];
                }
            }
        }
    }
}
