using System.Diagnostics;
using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Tests.Kernels;

/// <summary>Every part of every job is done exactly once, whatever the threads do.</summary>
public sealed class ForkJoinTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Every_part_is_done_once(int threads) => Stress(new ForkJoin(threads), runs: 50_000, seed: threads);

    [Fact]
    public void Many_teams_run_at_once()
    {
        Exception? failure = null;
        Thread[] callers = Enumerable.Range(0, 4).Select(seed => new Thread(() =>
        {
            try
            {
                Stress(new ForkJoin(3), runs: 10_000, seed);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        })).ToArray();
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());
        failure.Should().BeNull();
    }

    [Fact]
    public async Task Teams_inside_pool_threads_do_not_wait_for_each_other() =>
        await Task.WhenAll(
            Enumerable.Range(0, 12).Select(seed => Task.Run(() => Stress(new ForkJoin(4), runs: 1000, seed))));

    [Fact]
    public void Helpers_may_fall_asleep_between_runs()
    {
        var team = new ForkJoin(3);
        for (int pause = 0; pause < 500; pause++)
        {
            Stress(team, runs: 1, seed: pause);
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < pause % 120)
            {
            }
        }
    }

    [Fact]
    public void A_run_inside_a_part_is_done_by_its_caller()
    {
        var team = new ForkJoin(3);
        for (int i = 0; i < 2000; i++)
        {
            long[] counts = new long[4];
            team.Run(new Nesting { Team = team, Counts = counts }, 4);
            counts.Should().Equal(3, 3, 3, 3);
        }
    }

    [Fact]
    public void An_exception_in_a_part_reaches_the_caller()
    {
        var team = new ForkJoin(3);
        for (int i = 0; i < 500; i++)
        {
            FluentActions.Invoking(() => team.Run(default(Throwing), 8)).Should().Throw<FormatException>();
        }

        Stress(team, runs: 1000, seed: 9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Of_several_exceptions_that_of_the_first_part_reaches_the_caller(int threads)
    {
        var team = new ForkJoin(threads);
        for (int i = 0; i < 2000; i++)
        {
            long[] done = new long[20];
            FluentActions.Invoking(() => team.Run(new ThrowingFrom { First = 3, Done = done }, 20))
                .Should().Throw<FormatException>().WithMessage("3");
            done.Take(3).Should().Equal(1, 1, 1);
        }

        Stress(team, runs: 1000, seed: 9);
    }

    [Fact]
    public void An_abandoned_team_is_collected()
    {
        WeakReference reference = Use();
        for (int i = 0; i < 200 && reference.IsAlive; i++)
        {
            Thread.Sleep(5);
            GC.Collect();
        }

        reference.IsAlive.Should().BeFalse();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Use()
        {
            var team = new ForkJoin(2);
            team.Run(new Mark { Marks = new long[8], Stamp = 1 }, 8);
            return new WeakReference(team);
        }
    }

    [Fact]
    public void Fewer_than_one_thread_is_refused_and_very_many_cost_nothing()
    {
        FluentActions.Invoking(() => new ForkJoin(0)).Should().Throw<ArgumentOutOfRangeException>();
        Stress(new ForkJoin(int.MaxValue), runs: 100, seed: 1);
    }

    private static void Stress(ForkJoin team, int runs, int seed)
    {
        var random = new Random(seed);
        long[] marks = new long[64];
        for (int run = 1; run <= runs; run++)
        {
            int parts = random.Next(0, 20);
            int work = random.Next(4) == 0 ? random.Next(200) : 0;

            // Two kinds of jobs of different size alternate, so that a thread with a stale job would read nonsense.
            if (run % 2 == 0)
            {
                team.Run(new Mark { Marks = marks, Stamp = run, Work = work }, parts);
            }
            else
            {
                team.Run(new CheckedMark { Stamp = run, Work = work, Check = ~(long)run, Marks = marks }, parts);
            }

            for (int i = 0; i < marks.Length; i++)
            {
                if (marks[i] != (i < parts ? run : 0))
                {
                    Assert.Fail($"In run {run}, part {i} of {parts} left {marks[i]}.");
                }

                marks[i] = 0;
            }
        }
    }

    private struct Mark : IParallelJob
    {
        public long[] Marks;
        public long Stamp;
        public int Work;

        public readonly void Execute(int part)
        {
            Thread.SpinWait(Work);

            // Added, not set: a part done twice would show.
            Marks[part] += Stamp;
        }
    }

    private struct CheckedMark : IParallelJob
    {
        public long Stamp;
        public long Check;
        public int Work;
        public long[] Marks;

        public readonly void Execute(int part)
        {
            Thread.SpinWait(Work);
            if (Check != ~Stamp)
            {
                throw new InvalidOperationException("A thread has a stale job.");
            }

            Marks[part] += Stamp;
        }
    }

    private struct Nesting : IParallelJob
    {
        public ForkJoin Team;
        public long[] Counts;

        public readonly void Execute(int part)
        {
            long[] inner = new long[3];
            Team.Run(new Mark { Marks = inner, Stamp = 1 }, 3);
            Counts[part] = inner.Sum();
        }
    }

    private struct ThrowingFrom : IParallelJob
    {
        public int First;
        public long[] Done;

        public readonly void Execute(int part)
        {
            Done[part]++;
            if (part >= First)
            {
                throw new FormatException($"{part}");
            }
        }
    }

    private struct Throwing : IParallelJob
    {
        public readonly void Execute(int part)
        {
            if (part == 5)
            {
                throw new FormatException();
            }
        }
    }
}
