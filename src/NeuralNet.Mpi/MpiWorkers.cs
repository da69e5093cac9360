using NeuralNet.Distributed;
using NeuralNet.Training;

namespace NeuralNet.Mpi;

/// <summary>Training by several processes, on one machine or many, that MPI connects.</summary>
public static class MpiWorkers
{
    /// <summary>The time that a worker waits for another if no other is given: 10 minutes.</summary>
    public static TimeSpan DefaultPatience => TimeSpan.FromMinutes(10);

    /// <summary>
    /// Connects this process with the others that <c>mpirun -n 4 dotnet app.dll</c> started, and makes it one of
    /// several workers. A program that was started without <c>mpirun</c> is the only worker, with the same results.
    /// </summary>
    /// <param name="shards">
    /// Number of shards into which every batch is cut, at least the number of processes. It decides the result: 8
    /// shards give the same bits on 1 to 8 processes. A multiple of the number of processes shares the work evenly.
    /// </param>
    /// <param name="patience">
    /// How long a worker waits for another, which may write a checkpoint or call other callbacks meanwhile;
    /// <see cref="DefaultPatience"/> if null. Then it names the others and ends all processes, as MPI_Abort does.
    /// </param>
    /// <returns>The workers, for <see cref="Trainer{T}"/>.</returns>
    /// <remarks>
    /// The MPI library is loaded that the launcher belongs to: Open MPI 4 and later, MPICH 3 and later, or one with
    /// MPICH's interface, as Intel MPI, MVAPICH and MS-MPI; the environment variable NEURALNET_MPI names another file.
    /// A process that ends by an unhandled exception, or by a signal, ends all others, and says why on standard error.
    /// Each call connects anew, and all processes make the same calls.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="shards"/> is below 1 or below the number of processes, or <paramref name="patience"/> is not
    /// positive.
    /// </exception>
    /// <exception cref="DllNotFoundException">The launcher's MPI library cannot be loaded.</exception>
    /// <exception cref="InvalidOperationException">
    /// The library knows of another number of processes than the launcher, or the processes do not agree on the number
    /// of shards.
    /// </exception>
    public static IWorkers Connect(int shards, TimeSpan? patience = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        TimeSpan wait = patience ?? DefaultPatience;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(wait, TimeSpan.Zero, nameof(patience));
        if (MpiProcess.Current is not { } process)
        {
            return Workers.Alone(shards);
        }

        if (shards < process.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(shards),
                shards,
                $"There are {process.Count} processes, which need a shard each: cut batches into at least "
                + $"{process.Count} shards, or start at most {shards} processes.");
        }

        return new MpiConnection(process, shards, wait);
    }
}
