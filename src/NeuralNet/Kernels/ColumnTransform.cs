using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>
/// The elementwise computations of normalizations, whose factors and addends are the same for every column. Threads
/// share the columns, so their number changes no bit.
/// </summary>
internal static unsafe class ColumnTransform
{
    /// <summary>Computes γ·x + β for every column x; γ·x where β is empty.</summary>
    public static void Scale<T>(
        ReadOnlyMatrixSpan<T> matrix, ReadOnlySpan<T> gamma, ReadOnlySpan<T> beta, MatrixSpan<T> result, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* x = matrix.Values, y = result.Values, factor = gamma, addend = beta)
        {
            Operands<T> operands = new(x, null, y, factor, addend, null, matrix.Rows);
            if (beta.IsEmpty)
            {
                Run<Multiplied, T>(operands, matrix.Columns, team);
            }
            else
            {
                Run<Scaled, T>(operands, matrix.Columns, team);
            }
        }
    }

    /// <summary>Computes (x − μ)·s for every column x.</summary>
    public static void Standardize<T>(
        ReadOnlyMatrixSpan<T> matrix, ReadOnlySpan<T> mean, ReadOnlySpan<T> scale, MatrixSpan<T> result, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* x = matrix.Values, y = result.Values, factor = scale, subtrahend = mean)
        {
            Run<Standardized, T>(new(x, null, y, factor, subtrahend, null, matrix.Rows), matrix.Columns, team);
        }
    }

    /// <summary>Computes (g − x̂·p − m)·s for every column g of gradients and x̂ of normalized values.</summary>
    public static void Gradient<T>(
        ReadOnlyMatrixSpan<T> gradient,
        ReadOnlyMatrixSpan<T> normalized,
        ReadOnlySpan<T> meanProduct,
        ReadOnlySpan<T> meanGradient,
        ReadOnlySpan<T> scale,
        MatrixSpan<T> result,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* g = gradient.Values, x = normalized.Values, y = result.Values)
        fixed (T* product = meanProduct, mean = meanGradient, factor = scale)
        {
            Run<InputGradient, T>(new(g, x, y, factor, mean, product, gradient.Rows), gradient.Columns, team);
        }
    }

    private static void Run<TFormula, T>(Operands<T> operands, int columns, ForkJoin team)
        where TFormula : struct, IFormula
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Partition shares = team.Shares(columns, (long)operands.Rows * columns);
        team.Run(new Job<TFormula, T>(operands, shares), shares.Parts);
    }

    /// <summary>The number of an element from those of the matrices and of the row.</summary>
    private interface IFormula
    {
        static abstract Vector<T> Compute<T>(
            Vector<T> x, Vector<T> normalized, Vector<T> factor, Vector<T> addend, Vector<T> product);
    }

    private readonly struct Multiplied : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Compute<T>(
            Vector<T> x, Vector<T> normalized, Vector<T> factor, Vector<T> addend, Vector<T> product) => x * factor;
    }

    private readonly struct Scaled : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Compute<T>(
            Vector<T> x, Vector<T> normalized, Vector<T> factor, Vector<T> addend, Vector<T> product) =>
            (x * factor) + addend;
    }

    private readonly struct Standardized : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Compute<T>(
            Vector<T> x, Vector<T> normalized, Vector<T> factor, Vector<T> addend, Vector<T> product) =>
            (x - addend) * factor;
    }

    private readonly struct InputGradient : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Compute<T>(
            Vector<T> x, Vector<T> normalized, Vector<T> factor, Vector<T> addend, Vector<T> product) =>
            (x - (normalized * product) - addend) * factor;
    }

    /// <summary>The matrices, column after column, and what is the same for every column.</summary>
    private readonly struct Operands<T>(T* x, T* normalized, T* result, T* factor, T* addend, T* product, int rows)
        where T : unmanaged
    {
        public int Rows => rows;

        /// <summary>Computes a vector of neighbouring elements of a column.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Compute<TFormula>(nint at, int row)
            where TFormula : struct, IFormula =>
            TFormula.Compute(
                Vector.Load(x + at),
                normalized == null ? default : Vector.Load(normalized + at),
                Vector.Load(factor + row),
                addend == null ? default : Vector.Load(addend + row),
                product == null ? default : Vector.Load(product + row)).Store(result + at);

        /// <summary>Computes a single element of a column.</summary>
        public void ComputeOne<TFormula>(nint at, int row)
            where TFormula : struct, IFormula =>
            result[at] = TFormula.Compute(
                Vector.CreateScalar(x[at]),
                normalized == null ? default : Vector.CreateScalar(normalized[at]),
                Vector.CreateScalar(factor[row]),
                addend == null ? default : Vector.CreateScalar(addend[row]),
                product == null ? default : Vector.CreateScalar(product[row])).ToScalar();
    }

    private readonly struct Job<TFormula, T>(Operands<T> operands, Partition shares) : IParallelJob
        where TFormula : struct, IFormula
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int part)
        {
            int rows = operands.Rows;
            nint at = (nint)shares.Start(part) * rows;
            for (int j = 0; j < shares.Size(part); j++)
            {
                int row = 0;
                for (; row <= rows - Vector<T>.Count; row += Vector<T>.Count)
                {
                    operands.Compute<TFormula>(at + row, row);
                }

                for (; row < rows; row++)
                {
                    operands.ComputeOne<TFormula>(at + row, row);
                }

                at += rows;
            }
        }
    }
}
