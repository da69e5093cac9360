using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace NeuralNet.Kernels;

/// <summary>
/// A team of the calling thread and up to <see cref="Threads"/> − 1 thread-pool threads that does a job in parts.
/// </summary>
/// <remarks>
/// <para>
/// Pool threads only help: any thread of the team claims parts one at a time, and the caller claims parts until
/// none is left. A busy or exhausted pool therefore makes a run slower but never makes it wait for a thread.
/// </para>
/// <para>
/// The job is on the caller's stack, so no thread may read it after <see cref="Run{TJob}"/> has returned. That
/// holds because a thread reads the job only after it has claimed a part, by taking it out of <see cref="_unclaimed"/>,
/// and a run does not return before every claimed part is finished. A thread that comes late, or that was suspended in
/// the middle of claiming, either finds nothing to claim or claims a part of the run that is now in progress; both are
/// right, because it keeps nothing of an earlier run.
/// </para>
/// <para>
/// A team keeps no thread: a helper that finds no work for some tens of microseconds goes back to the pool.
/// There is nothing to dispose. A team serves one run at a time; a run that begins while another is in progress, or
/// inside a part of it, is done by its caller alone.
/// </para>
/// </remarks>
internal sealed unsafe class ForkJoin
{
    /// <summary>
    /// A pass over an element in memory takes as long as this many multiplications within a product.
    /// </summary>
    public const int ProductsPerElement = 16;

    /// <summary>A team of the calling thread alone. It has no state, so everyone may share it.</summary>
    public static readonly ForkJoin Alone = new(threads: 1);

    // No job here benefits from more threads than this, and a larger team would cost memory.
    private const int MostThreads = 1024;

    // Multiplications within a product that take a thread some 16 µs. Handing over a part takes half a microsecond, but
    // what the other thread reads and writes must travel to its cache and back: between cores without a cache in
    // common, as on processors made of several dies, two threads were half as fast as one with parts of a few
    // microseconds.
    private const int ProductsWorthAPart = 1 << 21;

    // The pause between two looks at a shared field, some 0.1 µs.
    private const int SpinIterations = 4;

    // The caller spins for some 50 µs for the last parts of its helpers, then lets other threads have its processor.
    private const int MaxSpins = 500;

    private readonly int _productsWorthAPart;
    private readonly Helper[] _helpers;
    private int _busy;

    // The run in progress. Written before there is a part to claim and not changed until _unfinished is zero.
    private void* _job;
    private delegate*<void*, int, void> _execute;
    private ExceptionDispatchInfo? _failure;
    private int _firstFailed;

    // The unclaimed parts: the first in the lower half, the one after the last in the upper half.
    private long _unclaimed;
    private int _unfinished;

    /// <summary>Makes a team.</summary>
    /// <param name="threads">
    /// Largest number of threads that work at the same time, including the caller; with 1, only the caller works.
    /// </param>
    /// <param name="productsWorthAPart">
    /// The least number of multiplications that is worth a part; with 1, which tests use, even the smallest job is
    /// divided.
    /// </param>
    public ForkJoin(int threads, int productsWorthAPart = ProductsWorthAPart)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        _productsWorthAPart = productsWorthAPart;
        Threads = Math.Min(threads, MostThreads);
        _helpers = new Helper[Threads - 1];
        for (int i = 0; i < _helpers.Length; i++)
        {
            _helpers[i] = new Helper(this);
        }
    }

    /// <summary>Largest number of threads that work at the same time.</summary>
    public int Threads { get; }

    /// <summary>The best number of parts for a single pass over a number of elements.</summary>
    public int PartsFor(long elements) => (int)Math.Min(MostPartsFor(elements * ProductsPerElement), Threads);

    /// <summary>Divides items among the threads for a single pass over their elements.</summary>
    /// <param name="items">The number of items, of which none is divided.</param>
    /// <param name="elements">The number of elements of all items.</param>
    public Partition Shares(int items, long elements) => new(items, Math.Max(1, Math.Min(items, PartsFor(elements))));

    /// <summary>
    /// The largest useful number of parts for a number of multiplications, however many threads there are.
    /// </summary>
    public long MostPartsFor(long products) => Math.Max(1, products / _productsWorthAPart);

    /// <summary>Does all parts of a job and returns when they are finished.</summary>
    /// <param name="job">The job. All threads share one copy of it, which is dropped at the end.</param>
    /// <param name="parts">
    /// Number of parts. The caller begins with the first and its helpers with the last.
    /// </param>
    /// <remarks>
    /// If parts throw exceptions, that of the first of these parts is thrown again, whichever thread was faster, after
    /// all parts before it have ended; parts behind it may or may not have been done then.
    /// </remarks>
    public void Run<TJob>(TJob job, int parts)
        where TJob : struct, IParallelJob
    {
        if (parts <= 1 || _helpers.Length == 0 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (int part = 0; part < parts; part++)
            {
                job.Execute(part);
            }

            return;
        }

        _job = Unsafe.AsPointer(ref job);
        _execute = &ExecutePart<TJob>;
        _firstFailed = parts;
        _unfinished = parts;

        // A full fence: the helpers must see the run if this thread then sees them asleep, and the other way round.
        Interlocked.Exchange(ref _unclaimed, Unclaimed(0, parts));
        try
        {
            int wanted = Math.Min(parts - 1, _helpers.Length);
            for (int i = 0; i < wanted; i++)
            {
                _helpers[i].Wake();
            }
        }
        finally
        {
            // Whatever happens, the job must not go out of scope while a helper may use it.
            Finish();
        }

        ExceptionDispatchInfo? failure = _failure;
        _failure = null;
        Volatile.Write(ref _busy, 0);
        failure?.Throw();
    }

    private static void ExecutePart<TJob>(void* job, int part)
        where TJob : struct, IParallelJob => Unsafe.AsRef<TJob>(job).Execute(part);

    // Helps until all parts are claimed, then waits until they are finished.
    private void Finish()
    {
        while (TryExecutePart(fromEnd: false))
        {
        }

        // Neither of the two ways of waiting can be interrupted.
        for (int spins = 0; Volatile.Read(ref _unfinished) != 0; spins++)
        {
            if (spins < MaxSpins && Environment.ProcessorCount > 1)
            {
                Thread.SpinWait(SpinIterations);
            }
            else
            {
                Thread.Yield();
            }
        }
    }

    private static long Unclaimed(int first, int end) => ((long)end << 32) | (uint)first;

    private static bool IsAnyUnclaimed(long unclaimed) => (int)unclaimed < (int)(unclaimed >> 32);

    // Claims a part and does it; false if there is none left. The caller takes the first, a helper the last, so that
    // the same thread tends to get the same part of memory in job after job, which is then in its cache.
    private bool TryExecutePart(bool fromEnd)
    {
        long unclaimed = Volatile.Read(ref _unclaimed);
        while (IsAnyUnclaimed(unclaimed))
        {
            int first = (int)unclaimed;
            int end = (int)(unclaimed >> 32);
            long rest = fromEnd ? Unclaimed(first, end - 1) : Unclaimed(first + 1, end);
            long found = Interlocked.CompareExchange(ref _unclaimed, rest, unclaimed);
            if (found == unclaimed)
            {
                Execute(fromEnd ? end - 1 : first);
                return true;
            }

            unclaimed = found;
        }

        return false;
    }

    private void Execute(int part)
    {
        try
        {
            if (part < Volatile.Read(ref _firstFailed))
            {
                _execute(_job, part);
            }
        }
        catch (Exception exception)
        {
            Fail(part, exception);
        }

        // From here on the run may be over, so nothing of it may be used any more.
        Interlocked.Decrement(ref _unfinished);
    }

    private void Fail(int part, Exception exception)
    {
        lock (_helpers)
        {
            if (part < _firstFailed)
            {
                _firstFailed = part;
                _failure = ExceptionDispatchInfo.Capture(exception);
            }
        }
    }

    /// <summary>One helping thread of a team, as the thread pool sees it.</summary>
    private sealed class Helper(ForkJoin team) : IThreadPoolWorkItem
    {
        // 50 µs: long enough for the gap between two products of a training step, short enough not to disturb others.
        private static readonly long _patience = Stopwatch.Frequency * 50 / 1_000_000;

        // 1 from the request for a thread until that thread is about to return to the pool.
        private int _awake;

        /// <summary>Requests a thread unless one is active or requested.</summary>
        public void Wake()
        {
            if (Volatile.Read(ref _awake) == 0 && Interlocked.Exchange(ref _awake, 1) == 0)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }

        void IThreadPoolWorkItem.Execute()
        {
            do
            {
                do
                {
                    while (team.TryExecutePart(fromEnd: true))
                    {
                    }
                }
                while (WaitForWork());

                // A full fence between "asleep" and the last check for work, the counterpart of the one in Run: a part
                // published before Wake could see this helper asleep is seen here.
                Interlocked.Exchange(ref _awake, 0);
            }
            while (IsAnyUnclaimed(Volatile.Read(ref team._unclaimed)) && Interlocked.Exchange(ref _awake, 1) == 0);
        }

        private bool WaitForWork()
        {
            if (Environment.ProcessorCount == 1)
            {
                return false;
            }

            long start = Stopwatch.GetTimestamp();
            do
            {
                if (IsAnyUnclaimed(Volatile.Read(ref team._unclaimed)))
                {
                    return true;
                }

                Thread.SpinWait(SpinIterations);
            }
            while (Stopwatch.GetTimestamp() - start < _patience);
            return false;
        }
    }
}
