namespace NeuralNet.Kernels;

/// <summary>
/// Sequences divided among threads, in whole tiles of columns, the same tiles at any number of threads.
/// </summary>
internal readonly struct RecurrentShares
{
    private readonly Partition _tiles;
    private readonly Partition _shares;

    private RecurrentShares(Partition tiles, Partition shares, bool hasOneColumn)
    {
        _tiles = tiles;
        _shares = shares;
        HasOneColumn = hasOneColumn;
    }

    /// <summary>Number of shares.</summary>
    public int Parts => _shares.Parts;

    /// <summary>Whether there is a single sequence.</summary>
    public bool HasOneColumn { get; }

    /// <summary>Divides sequences.</summary>
    /// <param name="samples">Number of sequences.</param>
    /// <param name="products">Number of multiplications for a sequence.</param>
    /// <param name="tileColumns">The most columns of a tile.</param>
    /// <param name="team">The threads.</param>
    public static RecurrentShares Of(int samples, long products, int tileColumns, ForkJoin team)
    {
        var tiles = Partition.OfAtMost(tileColumns, samples);
        long most = Math.Min(Math.Min(team.Threads, tiles.Parts), team.MostPartsFor(products * samples));
        return new(tiles, new(tiles.Parts, (int)most), samples == 1);
    }

    /// <summary>The sequences of a share and, counted from the first of them, their tiles.</summary>
    public (int First, int Count, ColumnTiles Tiles) Part(int index)
    {
        int tile = _shares.Start(index);
        int end = _shares.Start(index + 1);
        int first = _tiles.Start(tile);
        return (first, _tiles.Start(end) - first, new(_tiles, tile, end));
    }
}
