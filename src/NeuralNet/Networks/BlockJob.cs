using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Networks;

/// <summary>Predicts blocks of samples, which threads may share.</summary>
internal readonly unsafe struct BlockJob<T>(
    Model<T> model, T* inputs, T* outputs, Partition blocks, CancellationToken cancellationToken) : IParallelJob
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    /// <summary>The shares of the blocks, from the first on.</summary>
    public Partition Shares { get; init; }

    /// <inheritdoc/>
    public void Execute(int part) => Predict(Shares.Start(part), Shares.Start(part + 1), ForkJoin.Alone);

    /// <summary>Predicts some of the blocks, one after the other.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="end">The one after the last.</param>
    /// <param name="team">The threads that share the work within a block.</param>
    public void Predict(int first, int end, ForkJoin team)
    {
        for (int block = first; block < end; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int start = blocks.Start(block);
            int samples = blocks.Size(block);
            model.PredictBlock(
                View(inputs, model.InputSize, start, samples), View(outputs, model.OutputSize, start, samples), team);
        }
    }

    private static MatrixSpan<T> View(T* matrix, int rows, int firstColumn, int columns) =>
        new(new Span<T>(matrix + ((nint)firstColumn * rows), rows * columns), rows, columns);
}
