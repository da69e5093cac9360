namespace NeuralNet.Kernels;

/// <summary>
/// A computation for each row of a matrix, block of columns after block within a run of columns.
/// </summary>
internal interface IRowPass
{
    /// <summary>Does a block of columns for neighbouring rows.</summary>
    /// <param name="row">The first of as many rows as there are doubles in <typeparamref name="TDoubles"/>.</param>
    /// <param name="column">The first column of the block.</param>
    /// <param name="columns">Number of columns in the block.</param>
    /// <param name="run">The run of columns that the block is in.</param>
    void Execute<TDoubles>(int row, int column, int columns, int run)
        where TDoubles : struct, IDoubles<TDoubles>;
}
