using System.Globalization;
using System.Runtime.InteropServices;

namespace NeuralNet.Distributed;

/// <summary>
/// The places where all workers hear from each other, so that what ends a run is decided once and reaches all: that it
/// was cancelled anywhere, that worker 0 stops it, that one has failed.
/// </summary>
internal sealed class Meeting
{
    private const int PlaceAt = 0;
    private const int CancelledAt = 1;
    private const int StopLengthAt = 2;
    private const int FactorAt = 3;
    private const int StateAt = 4;
    private const int FirstLossAt = 5;

    private readonly IWorkers _workers;
    private readonly double[] _own;
    private readonly double[] _all;
    private readonly int[] _counts;

    /// <summary>Makes the meetings of workers.</summary>
    public Meeting(IWorkers workers)
    {
        _workers = workers;
        _own = new double[FirstLossAt + workers.Shards];
        _all = new double[_own.Length * workers.Count];
        _counts = new int[workers.Count];
        Array.Fill(_counts, _own.Length);
    }

    /// <summary>The workers.</summary>
    public IWorkers Workers => _workers;

    /// <summary>Whether there is no other worker, so that nobody needs to be met.</summary>
    public bool IsAlone => _workers.Count == 1;

    /// <summary>Whether the run has been cancelled on a worker, as far as all have heard.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Forgets what was heard in an earlier run.</summary>
    public void Reset() => IsCancelled = false;

    /// <summary>Tells the others of a cancellation, and takes over what worker 0 has decided.</summary>
    /// <param name="isCancelled">Whether the run is cancelled here.</param>
    /// <param name="learningRateFactor">The factor on learning rates; becomes that of worker 0.</param>
    /// <param name="stop">Why the run is to stop, or empty; that of others than worker 0 is ignored.</param>
    /// <returns>Why worker 0 stops the run; empty if it goes on.</returns>
    public string Agree(bool isCancelled, ref double learningRateFactor, string stop)
    {
        _own[FactorAt] = learningRateFactor;
        _own[StopLengthAt] = stop.Length;
        Hear(MeetingPlace.Batch, isCancelled);
        learningRateFactor = Of(0)[FactorAt];
        return Share(stop, (int)Of(0)[StopLengthAt]);
    }

    /// <summary>Tells the others of a cancellation, and hears of one from them.</summary>
    /// <param name="place">The place.</param>
    /// <param name="isCancelled">Whether the run is cancelled here.</param>
    public void Hear(MeetingPlace place, bool isCancelled)
    {
        _own[CancelledAt] = isCancelled ? 1 : 0;
        Meet(place);
        for (int rank = 0; rank < _workers.Count; rank++)
        {
            IsCancelled |= Of(rank)[CancelledAt] != 0;
        }
    }

    /// <summary>Refuses a state that is not the same on all workers.</summary>
    /// <param name="place">The place.</param>
    /// <param name="fingerprint">The hash of the state.</param>
    public void RequireSame(MeetingPlace place, long fingerprint)
    {
        _own[StateAt] = BitConverter.Int64BitsToDouble(fingerprint);
        Meet(place);
        for (int rank = 1; rank < _workers.Count; rank++)
        {
            // As bits: those of a hash may be NaN.
            if (BitConverter.DoubleToInt64Bits(Of(rank)[StateAt]) != BitConverter.DoubleToInt64Bits(Of(0)[StateAt]))
            {
                throw new WorkersException(
                    $"The parameters, the optimizer's memory or the counters of worker {rank} are not those of worker "
                    + (place == MeetingPlace.Start
                        ? "0. Build the same network with the same seed on every worker, and load the same file."
                        : "0 at the end of the epoch. A callback that changes them must run on every worker, see "
                          + "ITrainingCallback.RunsOnEveryWorker, and do the same there."));
            }
        }
    }

    /// <summary>Gives every worker the losses of all shards.</summary>
    /// <param name="losses">A loss per shard; those of the worker's own shards are known.</param>
    /// <param name="own">The worker's shards.</param>
    public void ShareLosses(Span<double> losses, Shards own)
    {
        losses[own.First..own.End].CopyTo(_own.AsSpan(FirstLossAt));
        Meet(MeetingPlace.Losses);
        for (int rank = 0; rank < _workers.Count; rank++)
        {
            var shards = Shards.Of(_workers, rank);
            Of(rank).Slice(FirstLossAt, shards.End - shards.First).CopyTo(losses[shards.First..]);
        }
    }

    /// <summary>Meets the others where nothing is to be said.</summary>
    public void Meet(MeetingPlace place)
    {
        _own[PlaceAt] = (double)place;
        _workers.AllGather<double>(_own, _all, _counts);
        for (int rank = 0; rank < _workers.Count; rank++)
        {
            var there = (MeetingPlace)(int)Of(rank)[PlaceAt];
            if (there == MeetingPlace.Failure && place != MeetingPlace.Failure)
            {
                throw new WorkersException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Worker {rank} of {_workers.Count} has failed; its exception says why. This one stops, too."));
            }

            if (there != place && place != MeetingPlace.Failure)
            {
                throw new WorkersException(
                    $"Worker {rank} is at another place of the run ({there}) than worker {_workers.Rank} ({place}). "
                    + "All must call the same methods in the same order, with data of the same size and the same "
                    + "options.");
            }
        }
    }

    /// <summary>Tells the others that the run has failed here.</summary>
    public void Fail() => Meet(MeetingPlace.Failure);

    private ReadOnlySpan<double> Of(int rank) => _all.AsSpan(rank * _own.Length, _own.Length);

    private string Share(string text, int length)
    {
        if (length == 0)
        {
            return "";
        }

        short[] shared = new short[length];
        int[] counts = new int[_workers.Count];
        counts[0] = length;
        _workers.AllGather(
            MemoryMarshal.Cast<char, short>(_workers.Rank == 0 ? text.AsSpan() : []),
            shared,
            counts);
        return new(MemoryMarshal.Cast<short, char>(shared));
    }
}
