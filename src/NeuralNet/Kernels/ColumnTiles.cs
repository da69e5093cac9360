namespace NeuralNet.Kernels;

/// <summary>Some of the tiles that the columns of a batch are divided into, counted from the first of them.</summary>
internal readonly struct ColumnTiles(Partition all, int first, int end)
{
    /// <summary>Number of tiles.</summary>
    public int Count => end - first;

    /// <summary>The first column of a tile, counted from that of the first tile.</summary>
    public int Start(int tile) => all.Start(first + tile) - all.Start(first);

    /// <summary>Number of columns of a tile.</summary>
    public int Size(int tile) => all.Size(first + tile);
}
