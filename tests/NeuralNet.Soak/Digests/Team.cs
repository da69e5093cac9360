using System.Text;
using NeuralNet.Distributed;

namespace NeuralNet.Soak.Digests;

/// <summary>Who trains: threads of this process, and perhaps other processes.</summary>
/// <param name="Threads">Most threads of this process.</param>
/// <param name="Workers">The processes.</param>
internal sealed record Team(int Threads, IWorkers Workers)
{
    private const int LongestName = 256;

    /// <summary>
    /// Runs work with a new folder that all workers see, and which is deleted when all have done theirs.
    /// </summary>
    public TResult WithFolder<TResult>(Func<string, TResult> work)
    {
        string own = Workers.Rank == 0 ? Directory.CreateTempSubdirectory("neuralnet-digests-").FullName : "";
        string folder = Encoding.UTF8.GetString(FromFirst(Encoding.UTF8.GetBytes(own))).TrimEnd('\0');
        try
        {
            return work(folder);
        }
        finally
        {
            FromFirst([]);
            if (Workers.Rank == 0)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private byte[] FromFirst(byte[] bytes)
    {
        byte[] all = new byte[LongestName];
        Array.Resize(ref bytes, Workers.Rank == 0 ? LongestName : 0);
        Workers.AllGather(bytes, all, [LongestName, .. new int[Workers.Count - 1]]);
        return all;
    }
}
