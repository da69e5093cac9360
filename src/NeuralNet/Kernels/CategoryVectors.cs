using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>Looks up the vectors of categories, and gathers their gradients.</summary>
internal static unsafe class CategoryVectors
{
    /// <summary>Copies the vector of each category.</summary>
    /// <param name="categories">The numbers of the categories.</param>
    /// <param name="vectors">The vectors, one per column.</param>
    /// <param name="output">The result, vector after vector.</param>
    /// <param name="team">Threads that share the numbers.</param>
    /// <returns>The place of the first number that is no category; −1 if all are.</returns>
    public static int Look<T>(ReadOnlySpan<T> categories, MatrixSpan<T> vectors, Span<T> output, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Elementwise.RequireSameLength(output.Length, categories.Length * vectors.Rows);
        int wrong = int.MaxValue;
        Partition shares = team.Shares(categories.Length, output.Length);
        fixed (T* numbers = categories, table = vectors.Values, target = output)
        {
            var job = new LookJob<T>(numbers, table, vectors.Rows, vectors.Columns, target, shares, &wrong);
            team.Run(job, shares.Parts);
        }

        return wrong == int.MaxValue ? -1 : wrong;
    }

    /// <summary>
    /// Sums up, for each category, the gradients of its vector, in the order of the numbers. Threads share the
    /// categories, so their number changes no bit.
    /// </summary>
    /// <param name="categories">The numbers of the categories, all of them valid.</param>
    /// <param name="outputGradient">The gradients, vector after vector.</param>
    /// <param name="gradient">The sums, one per column; overwritten.</param>
    /// <param name="columns">
    /// The columns of the sums that differ from 0 before, and then those that do afterwards; null if it is not known,
    /// and all are overwritten.
    /// </param>
    /// <param name="team">Threads that share the categories.</param>
    public static void Gather<T>(
        ReadOnlySpan<T> categories,
        ReadOnlySpan<T> outputGradient,
        MatrixSpan<T> gradient,
        ColumnSet? columns,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Elementwise.RequireSameLength(outputGradient.Length, categories.Length * gradient.Rows);
        foreach ((int start, int length) in WrittenRanges.Of(gradient.Values.Length, columns))
        {
            gradient.Values.Slice(start, length).Clear();
        }

        if (columns is not null)
        {
            columns.Clear();
            foreach (T number in categories)
            {
                columns.Add(int.CreateTruncating(number));
            }
        }

        Partition shares = team.Shares(gradient.Columns, outputGradient.Length);
        fixed (T* numbers = categories, source = outputGradient, sums = gradient.Values)
        {
            team.Run(
                new GatherJob<T>(numbers, categories.Length, source, sums, gradient.Rows, shares), shares.Parts);
        }
    }

    private readonly struct LookJob<T>(
        T* numbers, T* table, int size, int count, T* output, Partition shares, int* wrong) : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part)
        {
            for (int i = shares.Start(part); i < shares.Start(part + 1); i++)
            {
                int category = int.CreateTruncating(numbers[i]);
                if ((uint)category >= (uint)count || T.CreateTruncating(category) != numbers[i])
                {
                    KeepFirst(i);
                    return;
                }

                new ReadOnlySpan<T>(table + ((nint)category * size), size)
                    .CopyTo(new Span<T>(output + ((nint)i * size), size));
            }
        }

        private void KeepFirst(int place)
        {
            int before = Volatile.Read(ref *wrong);
            while (place < before)
            {
                int found = Interlocked.CompareExchange(ref *wrong, place, before);
                if (found == before)
                {
                    return;
                }

                before = found;
            }
        }
    }

    private readonly struct GatherJob<T>(
        T* numbers, int length, T* outputGradient, T* gradient, int size, Partition shares) : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part)
        {
            int first = shares.Start(part);
            int count = shares.Size(part);
            for (int i = 0; i < length; i++)
            {
                int category = int.CreateTruncating(numbers[i]);
                if ((uint)(category - first) < (uint)count)
                {
                    var sum = new Span<T>(gradient + ((nint)category * size), size);
                    TensorPrimitives.Add(sum, new ReadOnlySpan<T>(outputGradient + ((nint)i * size), size), sum);
                }
            }
        }
    }
}
