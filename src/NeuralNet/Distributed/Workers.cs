namespace NeuralNet.Distributed;

/// <summary>Workers without other processes.</summary>
public static class Workers
{
    /// <summary>
    /// One worker that computes all shards of a batch itself, and so gives the bits that any number of workers gives.
    /// </summary>
    /// <param name="shards">Number of shards into which every batch is cut, at least 1.</param>
    /// <returns>The worker.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="shards"/> is below 1.</exception>
    public static IWorkers Alone(int shards = 1) => new Alone(shards);
}
