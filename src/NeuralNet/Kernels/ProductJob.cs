using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>A product of two matrices, computed panel by panel (a few vectors of rows) in register tiles.</summary>
/// <remarks>
/// <para>
/// The depth is divided into blocks. Within a block, a tile's columns of B are used with each panel of a group:
/// the columns stay in the first-level cache and the group in the second. B is always read in place; so is a panel of
/// A, unless its rows are not contiguous, would be read beyond the end of the matrix, or are used so often that packing
/// them first pays.
/// </para>
/// <para>
/// All divisions follow from the shape of the whole product. Threads share vectors of rows or column tiles,
/// never depth, so an element of C is always the sum of the same blocks in the same order.
/// </para>
/// </remarks>
internal readonly unsafe struct ProductJob<TSimd, TVector, T> : IParallelJob
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // A panel of 3 vectors is at most 72 KB and a group 432 KB, which leaves room in a second-level cache of 1 MB; 8
    // columns of B take 12 KB (24 KB in double) of the first-level cache. Deeper blocks would pass over C less often
    // but crowd the caches; 256, 512 and 768 were measured and are slower on large products.
    private const int MaxBlockDepth = 384;
    private const int PanelsPerGroup = 6;

    // From this many uses on, a packed panel, free of cache-set and page conflicts, makes up for the copy.
    private const int MinTilesToPack = 64;
    private const int CacheLine = 64;

    // Two shares per thread, so that a thread that comes late or is interrupted leaves its second to the others; not
    // more, because the panels of a group share the columns in the cache.
    private const int SharesPerThread = 2;

    // Measured: copying an element of the left factor takes as long as this many products; reading one that another
    // thread also reads, from the outer caches, is assumed to take as long.
    private const double ProductsPerCopy = 10;
    private const double ProductsPerRead = 10;

    private readonly Factor<T> _a;
    private readonly Factor<T> _b;
    private readonly T* _c;
    private readonly bool _accumulate;

    private readonly int _vectors;
    private readonly Partition _tiles;
    private readonly Partition _blocks;
    private readonly Partition _shares;
    private readonly bool _sharesAreRows;
    private readonly bool _packAlways;

    private ProductJob(Factor<T> a, Factor<T> b, T* c, bool accumulate, ForkJoin team)
    {
        _a = a;
        _b = b;
        _c = c;
        _accumulate = accumulate;

        // Parts as equal as possible: 10 columns are done as 5 + 5 rather than 8 + 2, which keeps more sums in flight.
        _vectors = ((a.Lines - 1) / TSimd.Count) + 1;
        _tiles = Partition.OfAtMost(TSimd.TileColumns, b.Lines);
        _blocks = Partition.OfAtMost(MaxBlockDepth, a.Depth);

        _packAlways = a.LineStep != 1 || _tiles.Parts >= MinTilesToPack;

        long worthwhile = team.MostPartsFor((long)a.Lines * b.Lines * a.Depth);
        int threads = (int)Math.Min(team.Threads, worthwhile);
        int most = threads == 1 ? 1 : (int)Math.Min(threads * (long)SharesPerThread, worthwhile);

        // If the rows are shared, every thread reads the whole right factor; if the columns are shared, the whole left
        // one, which each share packs again, so there is only one share per thread then.
        double packing = _packAlways ? ProductsPerCopy / b.Lines : 0;
        Partition rowShares = Shares(_vectors, most);
        Partition tileShares = Shares(_tiles.Parts, _packAlways ? threads : most);
        double rowTime = (Time(rowShares, _vectors, threads) * (1 + packing)) + (ProductsPerRead / a.Lines);
        double tileTime = Time(tileShares, _tiles.Parts, threads) + packing + (ProductsPerRead / b.Lines);
        _sharesAreRows = rowTime <= tileTime;
        _shares = _sharesAreRows ? rowShares : tileShares;
    }

    /// <summary>Computes the product.</summary>
    public static void Run(Factor<T> a, Factor<T> b, T* c, bool accumulate, ForkJoin team)
    {
        var job = new ProductJob<TSimd, TVector, T>(a, b, c, accumulate, team);
        team.Run(job, job._shares.Parts);
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        int first = _shares.Start(part);
        int end = first + _shares.Size(part);
        if (_sharesAreRows)
        {
            Multiply(first, end, 0, _tiles.Parts);
        }
        else
        {
            Multiply(0, _vectors, first, end);
        }
    }

    private static Partition Shares(int pieces, int most) => new(pieces, Math.Min(most, pieces));

    // The time until the thread with the first, longest shares is done, as a fraction of the time on one thread.
    private static double Time(Partition shares, int pieces, int threads)
    {
        int longest = 0;
        for (int share = 0; share < shares.Parts; share += threads)
        {
            longest += shares.Size(share);
        }

        return (double)longest / pieces;
    }

    // Optimized from the first call on, like the tiles: a training step has few calls with much work in each.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private void Multiply(int firstVector, int endVector, int firstTile, int endTile)
    {
        Partition panels = Partition.OfAtMost(TSimd.TileVectors, endVector - firstVector);
        Partition groups = Partition.OfAtMost(PanelsPerGroup, panels.Parts);
        int panelSize = panels.Longest * TSimd.Count * _blocks.Longest;

        // Room for a group of panels, the first beginning with a cache line.
        T[] array = ArrayPool<T>.Shared.Rent((groups.Longest * panelSize) + (CacheLine / sizeof(T)));
        fixed (T* start = array)
        {
            T* packed = (T*)(((nuint)start + CacheLine - 1) & ~(nuint)(CacheLine - 1));
            TileOperands<T>* group = stackalloc TileOperands<T>[PanelsPerGroup];
            for (int block = 0; block < _blocks.Parts; block++)
            {
                for (int index = 0; index < groups.Parts; index++)
                {
                    int first = groups.Start(index);
                    int count = groups.Size(index);
                    for (int i = 0; i < count; i++)
                    {
                        int vector = firstVector + panels.Start(first + i);
                        group[i] = PreparePanel(
                            vector, panels.Size(first + i), block, _tiles.Start(firstTile), packed + (i * panelSize));
                    }

                    MultiplyGroup(group, count, block, firstTile, endTile);
                }
            }
        }

        ArrayPool<T>.Shared.Return(array);
    }

    // The operands of a panel's tile at the given column, except for B.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TileOperands<T> PreparePanel(int vector, int vectors, int block, int column, T* packed)
    {
        int depth = _blocks.Start(block);
        int row = vector * TSimd.Count;
        int rows = Math.Min(vectors * TSimd.Count, _a.Lines - row);

        TileOperands<T> operands = default;
        operands.Vectors = vectors;
        operands.RowsInLastVector = rows - ((vectors - 1) * TSimd.Count);
        operands.Depth = _blocks.Size(block);
        operands.A = _a.At(row, depth);
        operands.AStep = _a.DepthStep;
        operands.BStep = _b.DepthStep;
        operands.BColumn = _b.LineStep;
        operands.CColumn = _a.Lines;
        operands.C = _c + row + (column * operands.CColumn);
        operands.Accumulate = _accumulate || block > 0;

        bool incomplete = operands.RowsInLastVector < TSimd.Count;
        if (_packAlways || incomplete)
        {
            operands.AStep = vectors * TSimd.Count;
            if (incomplete)
            {
                ClearLastVectors(packed, operands.AStep, operands.Depth);
            }

            StripPacker.Pack(_a.Part(row, rows, depth, operands.Depth), packed, operands.AStep);
            operands.A = packed;
        }

        return operands;
    }

    // The rows after the last one never reach C, but the tiles compute them, and old contents of the memory might be
    // denormal numbers, which are slow on some processors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ClearLastVectors(T* packed, nint step, int depth)
    {
        T* last = packed + step - TSimd.Count;
        for (int d = 0; d < depth; d++)
        {
            TSimd.Store(last + (d * step), default);
        }
    }

    // Goes through the tiles from left to right, the operands moving along.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyGroup(TileOperands<T>* group, int panels, int block, int firstTile, int endTile)
    {
        for (int tile = firstTile; tile < endTile; tile++)
        {
            int columns = _tiles.Size(tile);
            T* b = _b.At(_tiles.Start(tile), _blocks.Start(block));
            for (int i = 0; i < panels; i++)
            {
                group[i].B = b;
                RegisterTile<TSimd, TVector, T>.Multiply(group[i], columns);
                group[i].C += columns * group[i].CColumn;
            }
        }
    }
}
