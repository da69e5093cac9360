namespace NeuralNet.Kernels;

/// <summary>
/// Runs passes over the rows of a matrix, in runs of neighbouring columns that threads share. The runs depend on the
/// size of the matrix alone, so sums that are made run by run, and then of the runs in their order, are the same to the
/// bit on any number of threads.
/// </summary>
/// <remarks>
/// Sharing the rows would give the same bits, too, but the two or three cache lines of a column would travel between
/// the processors at every pass, while layers before and behind share the columns.
/// </remarks>
internal static class RowPasses
{
    private const int MostRuns = 32;
    private const int ElementsPerRun = 1 << 15;
    private const int ColumnsPerRun = 16;

    // A block is read again for each vector of its rows. Small blocks come from memory as the processor expects them,
    // one line after the other.
    private const int ColumnsPerBlock = 8;
    private const int ElementsPerBlock = 256;

    /// <summary>Divides the columns of a matrix into runs.</summary>
    public static Partition Runs(int rows, int columns)
    {
        long runs = Math.Min((long)rows * columns / ElementsPerRun, columns / ColumnsPerRun);
        return new(columns, (int)Math.Clamp(runs, 1, MostRuns));
    }

    /// <summary>Runs a pass over all columns.</summary>
    public static void Run<TPass>(TPass pass, int rows, int columns, ForkJoin team)
        where TPass : struct, IRowPass
    {
        Partition runs = Runs(rows, columns);
        Partition shares = team.Shares(runs.Parts, (long)rows * columns);
        team.Run(new Job<TPass>(pass, rows, runs, shares), shares.Parts);
    }

    private readonly struct Job<TPass>(TPass pass, int rows, Partition runs, Partition shares) : IParallelJob
        where TPass : struct, IRowPass
    {
        public void Execute(int part)
        {
            int blockColumns = Math.Max(ColumnsPerBlock, ElementsPerBlock / rows);
            for (int run = shares.Start(part); run < shares.Start(part + 1); run++)
            {
                int end = runs.Start(run + 1);
                for (int column = runs.Start(run); column < end; column += blockColumns)
                {
                    ExecuteBlock(column, Math.Min(blockColumns, end - column), run);
                }
            }
        }

        // All rows of a block are done before the next block: columns lie one after the other in memory, which is read
        // once that way.
        private void ExecuteBlock(int column, int columns, int run)
        {
            int row = 0;
            for (; row <= rows - ManyDoubles.Count; row += ManyDoubles.Count)
            {
                pass.Execute<ManyDoubles>(row, column, columns, run);
            }

            for (; row < rows; row++)
            {
                pass.Execute<OneDouble>(row, column, columns, run);
            }
        }
    }
}
