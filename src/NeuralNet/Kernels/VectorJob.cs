using System.Numerics;
using System.Runtime.CompilerServices;

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

    // y[line] = line · x, eight lines at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyLines(Factor<T> matrix, T* y)
    {
        T* vector = _x;
        nint step = matrix.LineStep;
        int whole = matrix.Depth - (matrix.Depth % TSimd.Count);
        int line = 0;
        for (; line <= matrix.Lines - Streams; line += Streams)
        {
            TVector s0 = default, s1 = default, s2 = default, s3 = default;
            TVector s4 = default, s5 = default, s6 = default, s7 = default;
            T* a = matrix.Origin + (line * step);
            for (int depth = 0; depth < whole; depth += TSimd.Count)
            {
                TVector x = TSimd.Load(vector + depth);
                s0 = TSimd.MultiplyAdd(TSimd.Load(a), x, s0);
                s1 = TSimd.MultiplyAdd(TSimd.Load(a + step), x, s1);
                s2 = TSimd.MultiplyAdd(TSimd.Load(a + (2 * step)), x, s2);
                s3 = TSimd.MultiplyAdd(TSimd.Load(a + (3 * step)), x, s3);
                s4 = TSimd.MultiplyAdd(TSimd.Load(a + (4 * step)), x, s4);
                s5 = TSimd.MultiplyAdd(TSimd.Load(a + (5 * step)), x, s5);
                s6 = TSimd.MultiplyAdd(TSimd.Load(a + (6 * step)), x, s6);
                s7 = TSimd.MultiplyAdd(TSimd.Load(a + (7 * step)), x, s7);
                a += TSimd.Count;
            }

            Finish(s0, a, whole, y + line);
            Finish(s1, a + step, whole, y + line + 1);
            Finish(s2, a + (2 * step), whole, y + line + 2);
            Finish(s3, a + (3 * step), whole, y + line + 3);
            Finish(s4, a + (4 * step), whole, y + line + 4);
            Finish(s5, a + (5 * step), whole, y + line + 5);
            Finish(s6, a + (6 * step), whole, y + line + 6);
            Finish(s7, a + (7 * step), whole, y + line + 7);
        }

        for (; line < matrix.Lines; line++)
        {
            TVector sum = default;
            T* a = matrix.Origin + (line * step);
            for (int depth = 0; depth < whole; depth += TSimd.Count)
            {
                sum = TSimd.MultiplyAdd(TSimd.Load(a), TSimd.Load(vector + depth), sum);
                a += TSimd.Count;
            }

            Finish(sum, a, whole, y + line);
        }
    }

    // Adds the products of the incomplete last vector to a line's sum and writes the result.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish(TVector sum, T* a, int whole, T* y)
    {
        int rest = _matrix.Depth - whole;
        if (rest > 0)
        {
            sum = TSimd.MultiplyAdd(TSimd.LoadPartial(a, rest), TSimd.LoadPartial(_x + whole, rest), sum);
        }

        T result = TSimd.Sum(sum);
        *y = _accumulate ? *y + result : result;
    }
}
