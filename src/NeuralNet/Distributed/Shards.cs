namespace NeuralNet.Distributed;

/// <summary>The shards into which a batch is cut, and those of them that one worker computes.</summary>
/// <param name="Count">Number of shards of a batch.</param>
/// <param name="First">First shard of the worker.</param>
/// <param name="End">The shard after its last one.</param>
internal readonly record struct Shards(int Count, int First, int End)
{
    /// <summary>A batch in one piece.</summary>
    public static Shards One => new(1, 0, 1);

    /// <summary>The shards of a worker: as many as those of the others, or one more.</summary>
    public static Shards Of(IWorkers workers) => Of(workers, workers.Rank);

    /// <summary>The shards of one of several workers.</summary>
    public static Shards Of(IWorkers workers, int rank) =>
        new(
            workers.Shards,
            (int)((long)rank * workers.Shards / workers.Count),
            (int)((rank + 1L) * workers.Shards / workers.Count));

    /// <summary>All of them, of one worker.</summary>
    public Shards OfAll() => new(Count, 0, Count);

    /// <summary>The first sample of a shard of a batch with so many samples.</summary>
    public int Start(int shard, int samples) => (int)((long)shard * samples / Count);

    /// <summary>The first of the worker's samples in a batch.</summary>
    public int OwnStart(int samples) => Start(First, samples);

    /// <summary>Number of the worker's samples in a batch.</summary>
    public int OwnCount(int samples) => Start(End, samples) - Start(First, samples);
}
