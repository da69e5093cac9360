using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>
/// A product of a matrix and a vector: y[line] = or += the sum over the depth of matrix[line, d]·x[d].
/// </summary>
/// <remarks>
/// The matrix is read once, so reading takes most of the time. It is read in the order of memory, from several places
/// at a time: whole lines if the depth is contiguous, otherwise several depths of all lines.
/// </remarks>
internal readonly unsafe struct VectorJob<TSimd, TVector, T> : IParallelJob
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Number of lines or depths read at a time: with fewer, the sums would wait for each other.
    private const int Streams = 8;

    // Number of vectors in 64 bytes; without vectors, the lanes are not worth their while.
    private static int LineVectors => TSimd.Count == 1 ? 1 : Vector512<T>.Count / TSimd.Count;

    private readonly Factor<T> _matrix;
    private readonly T* _x;
    private readonly T* _y;
    private readonly bool _accumulate;
    private readonly Partition _shares;

    private VectorJob(Factor<T> matrix, T* x, T* y, bool accumulate, ForkJoin team)
    {
        _matrix = matrix;
        _x = x;
        _y = y;
        _accumulate = accumulate;

        // Shares are whole vectors of lines.
        int vectors = ((matrix.Lines - 1) / TSimd.Count) + 1;
        _shares = new Partition(vectors, Math.Min(vectors, team.PartsFor((long)matrix.Lines * matrix.Depth)));
    }

    /// <summary>Computes the product.</summary>
    public static void Run(Factor<T> matrix, T* x, T* y, bool accumulate, ForkJoin team)
    {
        var job = new VectorJob<TSimd, TVector, T>(matrix, x, y, accumulate, team);
        team.Run(job, job._shares.Parts);
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        int first = _shares.Start(part) * TSimd.Count;
        int lines = Math.Min(_shares.Size(part) * TSimd.Count, _matrix.Lines - first);
        Factor<T> matrix = _matrix.Part(first, lines, 0, _matrix.Depth);
        if (matrix.DepthStep == 1 && matrix.Depth > 1)
        {
            MultiplyLines(matrix, _y + first);
        }
        else if (lines <= RegisterColumn<TSimd, TVector, T>.MaxVectors * TSimd.Count)
        {
            RegisterColumn<TSimd, TVector, T>.Multiply(matrix, _x, _y + first, _accumulate);
        }
        else
        {
            AddColumns(matrix, _y + first);
        }
    }

    // y = x[0]·column 0 + x[1]·column 1 + …, eight columns for each pass over y.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddColumns(Factor<T> matrix, T* y)
    {
        if (!_accumulate)
        {
            new Span<T>(y, matrix.Lines).Clear();
        }

        T* x = _x;
        T* column = matrix.Origin;
        nint step = matrix.DepthStep;
        int depth = 0;
        for (; depth <= matrix.Depth - Streams; depth += Streams)
        {
            TVector x0 = TSimd.Broadcast(x[0]), x1 = TSimd.Broadcast(x[1]);
            TVector x2 = TSimd.Broadcast(x[2]), x3 = TSimd.Broadcast(x[3]);
            TVector x4 = TSimd.Broadcast(x[4]), x5 = TSimd.Broadcast(x[5]);
            TVector x6 = TSimd.Broadcast(x[6]), x7 = TSimd.Broadcast(x[7]);
            int line = 0;
            for (; line <= matrix.Lines - TSimd.Count; line += TSimd.Count)
            {
                T* a = column + line;
                TVector sum = TSimd.Load(y + line);
                sum = TSimd.MultiplyAdd(TSimd.Load(a), x0, sum);
                sum = TSimd.MultiplyAdd(TSimd.Load(a + step), x1, sum);
                sum = TSimd.MultiplyAdd(TSimd.Load(a + (2 * step)), x2, sum);
                sum = TSimd.MultiplyAdd(TSimd.Load(a + (3 * step)), x3, sum);
                sum = TSimd.MultiplyAdd(TSimd.Load(a + (4 * step)), x4, sum);
                sum = TSimd.MultiplyAdd(TSimd.Load(a + (5 * step)), x5, sum);
                sum = TSimd.MultiplyAdd(TSimd.Load(a + (6 * step)), x6, sum);
                sum = TSimd.MultiplyAdd(TSimd.Load(a + (7 * step)), x7, sum);
                TSimd.Store(y + line, sum);
            }

            int rest = matrix.Lines - line;
            if (rest > 0)
            {
                TVector sum = TSimd.LoadPartial(y + line, rest);
                for (int i = 0; i < Streams; i++)
                {
                    TVector a = TSimd.LoadPartial(column + line + (i * step), rest);
                    sum = TSimd.MultiplyAdd(a, TSimd.Broadcast(x[i]), sum);
                }

                TSimd.StorePartial(y + line, sum, rest);
            }

            x += Streams;
            column += Streams * step;
        }

        for (; depth < matrix.Depth; depth++)
        {
            AddColumn(column, *x, y, matrix.Lines);
            x++;
            column += step;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumn(T* column, T x, T* y, int lines)
    {
        TVector factor = TSimd.Broadcast(x);
        int line = 0;
        for (; line <= lines - TSimd.Count; line += TSimd.Count)
        {
            TSimd.Store(y + line, TSimd.MultiplyAdd(TSimd.Load(column + line), factor, TSimd.Load(y + line)));
        }

        int rest = lines - line;
        if (rest > 0)
        {
            TVector a = TSimd.LoadPartial(column + line, rest);
            TSimd.StorePartial(y + line, TSimd.MultiplyAdd(a, factor, TSimd.LoadPartial(y + line, rest)), rest);
        }
    }

    // y[line] = line · x, some lines at a time. Of each line, 64 bytes of elements are added side by side, in one
    // accumulator or in several, and then as in LaneSums, so that no bit depends on the width of the vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyLines(Factor<T> matrix, T* y)
    {
        T* vector = _x;
        nint step = matrix.LineStep;
        int whole = matrix.Depth - (matrix.Depth % (LineVectors * TSimd.Count));
        int lines = Streams / LineVectors;
        int line = 0;
        for (; line <= matrix.Lines - lines; line += lines)
        {
            TVector s0 = default, s1 = default, s2 = default, s3 = default;
            TVector s4 = default, s5 = default, s6 = default, s7 = default;
            T* a = matrix.Origin + (line * step);
            for (int depth = 0; depth < whole; depth += LineVectors * TSimd.Count)
            {
                T* x = vector + depth;
                TVector x0 = TSimd.Load(x);
                TVector x1 = LineVectors > 1 ? TSimd.Load(x + TSimd.Count) : x0;
                TVector x2 = LineVectors > 2 ? TSimd.Load(x + (2 * TSimd.Count)) : x0;
                TVector x3 = LineVectors > 2 ? TSimd.Load(x + (3 * TSimd.Count)) : x1;
                s0 = TSimd.MultiplyAdd(TSimd.Load(a + At(0, step)), x0, s0);
                s1 = TSimd.MultiplyAdd(TSimd.Load(a + At(1, step)), x1, s1);
                s2 = TSimd.MultiplyAdd(TSimd.Load(a + At(2, step)), x2, s2);
                s3 = TSimd.MultiplyAdd(TSimd.Load(a + At(3, step)), x3, s3);
                s4 = TSimd.MultiplyAdd(TSimd.Load(a + At(4, step)), x0, s4);
                s5 = TSimd.MultiplyAdd(TSimd.Load(a + At(5, step)), x1, s5);
                s6 = TSimd.MultiplyAdd(TSimd.Load(a + At(6, step)), x2, s6);
                s7 = TSimd.MultiplyAdd(TSimd.Load(a + At(7, step)), x3, s7);
                a += LineVectors * TSimd.Count;
            }

            T* end = y + line;
            if (LineVectors == 1)
            {
                Finish(s0, default, default, default, a, whole, end);
                Finish(s1, default, default, default, a + step, whole, end + 1);
                Finish(s2, default, default, default, a + (2 * step), whole, end + 2);
                Finish(s3, default, default, default, a + (3 * step), whole, end + 3);
                Finish(s4, default, default, default, a + (4 * step), whole, end + 4);
                Finish(s5, default, default, default, a + (5 * step), whole, end + 5);
                Finish(s6, default, default, default, a + (6 * step), whole, end + 6);
                Finish(s7, default, default, default, a + (7 * step), whole, end + 7);
            }
            else if (LineVectors == 2)
            {
                Finish(s0, s1, default, default, a, whole, end);
                Finish(s2, s3, default, default, a + step, whole, end + 1);
                Finish(s4, s5, default, default, a + (2 * step), whole, end + 2);
                Finish(s6, s7, default, default, a + (3 * step), whole, end + 3);
            }
            else
            {
                Finish(s0, s1, s2, s3, a, whole, end);
                Finish(s4, s5, s6, s7, a + step, whole, end + 1);
            }
        }

        for (; line < matrix.Lines; line++)
        {
            TVector s0 = default, s1 = default, s2 = default, s3 = default;
            T* a = matrix.Origin + (line * step);
            for (int depth = 0; depth < whole; depth += LineVectors * TSimd.Count)
            {
                s0 = Next(0, a, vector + depth, s0);
                s1 = Next(1, a, vector + depth, s1);
                s2 = Next(2, a, vector + depth, s2);
                s3 = Next(3, a, vector + depth, s3);
                a += LineVectors * TSimd.Count;
            }

            Finish(s0, s1, s2, s3, a, whole, y + line);
        }
    }

    // Where the accumulator of a number reads, counted from the first line.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint At(int accumulator, nint step) =>
        (accumulator / LineVectors * step) + (accumulator % LineVectors * TSimd.Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Next(int vector, T* a, T* x, TVector sum) => vector >= LineVectors
        ? sum
        : TSimd.MultiplyAdd(TSimd.Load(a + (vector * TSimd.Count)), TSimd.Load(x + (vector * TSimd.Count)), sum);

    // Adds the products of the incomplete last lanes to a line's sums, adds these up and writes the result.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish(TVector s0, TVector s1, TVector s2, TVector s3, T* a, int whole, T* y)
    {
        int rest = _matrix.Depth - whole;
        if (rest > 0)
        {
            s0 = Last(0, a, _x + whole, rest, s0);
            s1 = Last(1, a, _x + whole, rest, s1);
            s2 = Last(2, a, _x + whole, rest, s2);
            s3 = Last(3, a, _x + whole, rest, s3);
        }

        TVector sum =
            LineVectors == 1 ? s0
            : LineVectors == 2 ? TSimd.Add(s0, s1)
            : TSimd.Add(TSimd.Add(s0, s2), TSimd.Add(s1, s3));
        T result = TSimd.Sum(sum);
        *y = _accumulate ? *y + result : result;
    }

    // Beyond the end there are zeros, which are added as well: a sum of −0 becomes 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Last(int vector, T* a, T* x, int rest, TVector sum)
    {
        int start = vector * TSimd.Count;
        return vector >= LineVectors ? sum
            : rest - start >= TSimd.Count ? Next(vector, a, x, sum)
            : rest <= start ? TSimd.MultiplyAdd(default, default, sum)
            : TSimd.MultiplyAdd(
                TSimd.LoadPartial(a + start, rest - start), TSimd.LoadPartial(x + start, rest - start), sum);
    }
}
