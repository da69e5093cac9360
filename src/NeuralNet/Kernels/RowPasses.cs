namespace NeuralNet.Kernels;

/// <summary>
/// Runs passes over the rows of a matrix. Threads share the rows, so their number changes no bit. All rows of a block
/// of columns are done before the next block: columns lie one after the other in memory, which is read once that way.
/// </summary>
internal static class RowPasses
{
    // A block of single-precision columns is at most 16 KB, half of a first-level cache.
    private const int ElementsPerBlock = 4096;

    /// <summary>Runs a pass over a matrix of a size.</summary>
    public static void Run<TPass>(TPass pass, int rows, int columns, ForkJoin team)
        where TPass : struct, IRowPass
    {
        int vectors = (rows + ManyDoubles.Count - 1) / ManyDoubles.Count;
        Partition shares = team.Shares(vectors, (long)rows * columns);
        team.Run(new Job<TPass>(pass, rows, columns, shares), shares.Parts);
    }

    private readonly struct Job<TPass>(TPass pass, int rows, int columns, Partition shares) : IParallelJob
        where TPass : struct, IRowPass
    {
        public void Execute(int part)
        {
            int first = shares.Start(part) * ManyDoubles.Count;
            int end = Math.Min(rows, first + (shares.Size(part) * ManyDoubles.Count));
            int blockColumns = Math.Max(1, ElementsPerBlock / rows);
            for (int column = 0; column < columns; column += blockColumns)
            {
                int count = Math.Min(blockColumns, columns - column);
                int row = first;
                for (; row <= end - ManyDoubles.Count; row += ManyDoubles.Count)
                {
                    pass.Execute<ManyDoubles>(row, column, count);
                }

                for (; row < end; row++)
                {
                    pass.Execute<OneDouble>(row, column, count);
                }
            }
        }
    }
}
