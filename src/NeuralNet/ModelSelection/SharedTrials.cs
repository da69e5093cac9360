using NeuralNet.Distributed;

namespace NeuralNet.ModelSelection;

/// <summary>
/// Independent trials or folds that workers share: of n workers each runs every n-th, and hears of all.
/// </summary>
internal static class SharedTrials
{
    /// <summary>Whether a trial is one of this worker.</summary>
    public static bool IsOwn(int trial, IWorkers workers) => trial % workers.Count == workers.Rank;

    /// <summary>Runs the trials of this worker, several at a time; false if that was cancelled.</summary>
    public static bool RunOwn(
        int count, int parallelism, IWorkers workers, Action<int> run, CancellationToken cancellationToken)
    {
        int[] own = [.. Enumerable.Range(0, count).Where(trial => IsOwn(trial, workers))];
        return Parallelism.For(own.Length, parallelism, i => run(own[i]), cancellationToken);
    }

    /// <summary>Tells the other workers of the trials of this one, and hears of theirs.</summary>
    /// <param name="count">Number of trials.</param>
    /// <param name="workers">The workers.</param>
    /// <param name="isFinished">Whether this worker has run all of its trials.</param>
    /// <param name="tell">The outcome of a trial of this worker; null if it was not finished.</param>
    /// <param name="hear">Takes the outcome of a trial of another worker, whose number is the second.</param>
    /// <returns>Whether all workers have run all of theirs.</returns>
    public static bool Share(
        int count, IWorkers workers, bool isFinished, Func<int, Outcome?> tell, Action<int, int, Outcome> hear)
    {
        if (workers.Count == 1)
        {
            return isFinished;
        }

        byte[][] told = Exchange(workers, Write(count, workers, isFinished, tell));
        bool areFinished = true;
        for (int rank = 0; rank < told.Length; rank++)
        {
            using var reader = new BinaryReader(new MemoryStream(told[rank]));
            areFinished &= reader.ReadBoolean();
            for (int trials = reader.ReadInt32(); trials > 0; trials--)
            {
                int trial = reader.ReadInt32();
                var outcome = Outcome.Read(reader);
                if (rank != workers.Rank)
                {
                    hear(trial, rank, outcome);
                }
            }
        }

        return areFinished;
    }

    private static byte[] Write(int count, IWorkers workers, bool isFinished, Func<int, Outcome?> tell)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(isFinished);
        (int Trial, Outcome? Outcome)[] finished =
        [
            .. Enumerable.Range(0, count).Where(trial => IsOwn(trial, workers))
                .Select(trial => (trial, tell(trial))).Where(one => one.Item2 is not null),
        ];
        writer.Write(finished.Length);
        foreach ((int trial, Outcome? outcome) in finished)
        {
            writer.Write(trial);
            outcome!.Value.Write(writer);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Gives every worker the bytes of all.</summary>
    private static byte[][] Exchange(IWorkers workers, byte[] own)
    {
        int[] ones = new int[workers.Count];
        Array.Fill(ones, 1);
        int[] lengths = new int[workers.Count];
        workers.AllGather([own.Length], lengths, ones);
        byte[] all = new byte[lengths.Sum()];
        workers.AllGather(own, all, lengths);
        var parts = new byte[workers.Count][];
        int start = 0;
        for (int rank = 0; rank < parts.Length; rank++)
        {
            parts[rank] = all[start..(start + lengths[rank])];
            start += lengths[rank];
        }

        return parts;
    }
}
