using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// The computations of layer, group and RMS normalization, column by column, in double. A column is an array of
/// positions × channels; a group of neighbouring channels is normalized over all positions together.
/// </summary>
/// <remarks>
/// Sums are of deviations from the first element of the group, so that a large offset costs no digits and a constant
/// group gives exactly 0. A vector holds several groups at once where they fill it, and else a part of one.
/// </remarks>
/// <param name="Rows">Rows of a column: positions × channels.</param>
/// <param name="Channels">Number of channels.</param>
/// <param name="Groups">Number of groups, a divisor of the channels.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="IsCentered">True to subtract the mean μ; if false, it counts as 0 everywhere.</param>
internal readonly record struct ColumnNormalization(
    int Rows, int Channels, int Groups, double Epsilon, bool IsCentered)
{
    private int GroupChannels => Channels / Groups;

    private int GroupSize => Rows / Groups;

    /// <summary>
    /// Computes x̂ = (x − μ)/√(σ² + ε) with mean μ and variance σ² of each group; the destination may be x.
    /// </summary>
    /// <param name="x">Columns, one after the other.</param>
    /// <param name="normalized">x̂.</param>
    /// <param name="inverseDeviations">
    /// 1/√(σ² + ε), an element per column and group; NaN, as the x̂, which training reports, if no double holds the
    /// variance. Empty if nobody wants them.
    /// </param>
    /// <param name="team">Who shares the columns.</param>
    public unsafe void Normalize<T>(
        ReadOnlySpan<T> x, Span<T> normalized, Span<T> inverseDeviations, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* source = x, target = normalized, inverse = inverseDeviations)
        {
            Run(new Normalization<T>(this, source, target, inverse), x.Length, team);
        }
    }

    /// <summary>
    /// Computes ∂L/∂x = (h − Σ h/n − x̂·Σ h·x̂/n)/√(σ² + ε) from h = ∂L/∂x̂, with sums over the n elements of each
    /// group, and without Σ h where no mean was subtracted.
    /// </summary>
    public unsafe void Backward<T>(
        ReadOnlySpan<T> h,
        ReadOnlySpan<T> normalized,
        ReadOnlySpan<T> inverseDeviations,
        Span<T> inputGradient,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* gradient = h, x = normalized, inverse = inverseDeviations, target = inputGradient)
        {
            Run(new Differentiation<T>(this, gradient, x, inverse, target), h.Length, team);
        }
    }

    private void Run<TColumns>(TColumns columns, int elements, ForkJoin team)
        where TColumns : struct, IColumnKernel
    {
        Partition shares = team.Shares(elements / Rows, elements);
        team.Run(new Job<TColumns>(this, columns, shares), shares.Parts);
    }

    /// <summary>
    /// Number of channels, from the first, that are worked on together: a group, or a vector of groups.
    /// </summary>
    private int BlockAt(int first) =>
        ManyDoubles.Count % GroupChannels == 0 && first + ManyDoubles.Count <= Channels
            ? ManyDoubles.Count
            : GroupChannels;

    /// <summary>The elements of a vector that belong to one group.</summary>
    private int LanesOf(int block) => block == ManyDoubles.Count ? GroupChannels : ManyDoubles.Count;

    /// <summary>Puts the sum of each group, its rest included, into every element of the vector that is its.</summary>
    private static unsafe ManyDoubles SumByGroup(ManyDoubles sums, double rest, int lanes)
    {
        if (lanes == ManyDoubles.Count)
        {
            return ManyDoubles.Broadcast(ManyDoubles.Sum(sums) + rest);
        }

        double* values = stackalloc double[ManyDoubles.Count];
        ManyDoubles.Store(values, sums);
        for (int i = 0; i < ManyDoubles.Count; i += lanes)
        {
            double sum = 0;
            for (int k = 0; k < lanes; k++)
            {
                sum += values[i + k];
            }

            new Span<double>(values + i, lanes).Fill(sum);
        }

        return ManyDoubles.Load(values);
    }

    /// <summary>Takes an element for each group, a number of elements apart.</summary>
    private static unsafe ManyDoubles LoadByGroup<T>(T* source, int lanes, int distance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (lanes == ManyDoubles.Count)
        {
            return ManyDoubles.Broadcast(double.CreateTruncating(*source));
        }

        double* values = stackalloc double[ManyDoubles.Count];
        for (int i = 0; i < ManyDoubles.Count; i++)
        {
            values[i] = double.CreateTruncating(source[i / lanes * distance]);
        }

        return ManyDoubles.Load(values);
    }

    /// <summary>A computation for a block of channels of a column.</summary>
    private interface IColumnKernel
    {
        void Execute(int column, int first, int block);
    }

    private readonly struct Job<TColumns>(ColumnNormalization shape, TColumns columns, Partition shares) : IParallelJob
        where TColumns : struct, IColumnKernel
    {
        public void Execute(int part)
        {
            for (int j = shares.Start(part); j < shares.Start(part + 1); j++)
            {
                int block;
                for (int first = 0; first < shape.Channels; first += block)
                {
                    block = shape.BlockAt(first);
                    columns.Execute(j, first, block);
                }
            }
        }
    }

    private readonly unsafe struct Normalization<T>(ColumnNormalization shape, T* x, T* normalized, T* inverses)
        : IColumnKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int column, int first, int block)
        {
            int lanes = shape.LanesOf(block);
            int whole = block - (block % ManyDoubles.Count);
            int stride = shape.Channels;
            T* source = x + ((nint)column * shape.Rows) + first;
            T* end = source + shape.Rows;
            ManyDoubles count = ManyDoubles.Broadcast(shape.GroupSize);
            ManyDoubles origins = default;
            ManyDoubles shifts = default;
            if (shape.IsCentered)
            {
                origins = LoadByGroup(source, lanes, lanes);
                ManyDoubles sums = default;
                double rest = 0;
                for (T* at = source; at < end; at += stride)
                {
                    for (int i = 0; i < whole; i += ManyDoubles.Count)
                    {
                        sums += ManyDoubles.Load(at + i) - origins;
                    }

                    for (int i = whole; i < block; i++)
                    {
                        rest += double.CreateTruncating(at[i]) - origins.First;
                    }
                }

                shifts = SumByGroup(sums, rest, lanes) / count;
            }

            ManyDoubles squares = default;
            double restOfSquares = 0;
            for (T* at = source; at < end; at += stride)
            {
                for (int i = 0; i < whole; i += ManyDoubles.Count)
                {
                    ManyDoubles deviation = ManyDoubles.Load(at + i) - origins - shifts;
                    squares += deviation * deviation;
                }

                for (int i = whole; i < block; i++)
                {
                    double deviation = double.CreateTruncating(at[i]) - origins.First - shifts.First;
                    restOfSquares += deviation * deviation;
                }
            }

            // ∞ − ∞ is NaN.
            ManyDoubles variance = SumByGroup(squares, restOfSquares, lanes) / count;
            ManyDoubles inverse = (ManyDoubles.Broadcast(1)
                / ManyDoubles.Sqrt(variance + ManyDoubles.Broadcast(shape.Epsilon))) + (variance - variance);
            T* target = normalized + ((nint)column * shape.Rows) + first;
            for (T* at = source; at < end; at += stride, target += stride)
            {
                for (int i = 0; i < whole; i += ManyDoubles.Count)
                {
                    ManyDoubles.Store(target + i, (ManyDoubles.Load(at + i) - origins - shifts) * inverse);
                }

                for (int i = whole; i < block; i++)
                {
                    double deviation = double.CreateTruncating(at[i]) - origins.First - shifts.First;
                    target[i] = T.CreateTruncating(deviation * inverse.First);
                }
            }

            if (inverses != null)
            {
                StoreInverses(inverses + ((nint)column * shape.Groups) + (first / shape.GroupChannels), inverse, block);
            }
        }

        private void StoreInverses(T* target, ManyDoubles inverse, int block)
        {
            double* values = stackalloc double[ManyDoubles.Count];
            ManyDoubles.Store(values, inverse);
            for (int group = 0; group < block / shape.GroupChannels; group++)
            {
                target[group] = T.CreateTruncating(values[group * shape.GroupChannels]);
            }
        }
    }

    private readonly unsafe struct Differentiation<T>(
        ColumnNormalization shape, T* gradient, T* normalized, T* inverses, T* inputGradient) : IColumnKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int column, int first, int block)
        {
            int lanes = shape.LanesOf(block);
            int whole = block - (block % ManyDoubles.Count);
            int stride = shape.Channels;
            nint start = ((nint)column * shape.Rows) + first;
            T* h = gradient + start;
            T* x = normalized + start;
            T* end = h + shape.Rows;
            ManyDoubles sums = default;
            ManyDoubles products = default;
            double restOfSum = 0;
            double restOfProduct = 0;
            for (; h < end; h += stride, x += stride)
            {
                for (int i = 0; i < whole; i += ManyDoubles.Count)
                {
                    ManyDoubles value = ManyDoubles.Load(h + i);
                    sums += value;
                    products += value * ManyDoubles.Load(x + i);
                }

                for (int i = whole; i < block; i++)
                {
                    double value = double.CreateTruncating(h[i]);
                    restOfSum += value;
                    restOfProduct += value * double.CreateTruncating(x[i]);
                }
            }

            ManyDoubles count = ManyDoubles.Broadcast(shape.GroupSize);
            ManyDoubles mean = shape.IsCentered ? SumByGroup(sums, restOfSum, lanes) / count : default;
            ManyDoubles meanProduct = SumByGroup(products, restOfProduct, lanes) / count;
            ManyDoubles inverse = LoadByGroup(
                inverses + ((nint)column * shape.Groups) + (first / shape.GroupChannels), lanes, distance: 1);
            T* target = inputGradient + start;
            h = gradient + start;
            x = normalized + start;
            for (; h < end; h += stride, x += stride, target += stride)
            {
                for (int i = 0; i < whole; i += ManyDoubles.Count)
                {
                    ManyDoubles deviation = ManyDoubles.Load(h + i) - mean - (ManyDoubles.Load(x + i) * meanProduct);
                    ManyDoubles.Store(target + i, deviation * inverse);
                }

                for (int i = whole; i < block; i++)
                {
                    double deviation = double.CreateTruncating(h[i]) - mean.First
                        - (double.CreateTruncating(x[i]) * meanProduct.First);
                    target[i] = T.CreateTruncating(deviation * inverse.First);
                }
            }
        }
    }
}
