using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Batches;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

/// <summary>Streams whose next batch takes long, or never comes, and pools without a thread to spare.</summary>
[Collection(nameof(WholePool))]
public sealed class SlowStreamTests
{
    private static readonly TimeSpan _long = TimeSpan.FromSeconds(30);

    private static Batch<double> Batch => new(
        Matrix<double>.Build.Dense(1, 4, [-1, 0, 1, 2]), Matrix<double>.Build.Dense(1, 4, [1, 2, 3, 4]));

    [Fact]
    public void A_source_that_takes_long_for_a_batch_beyond_the_announced_ones_is_trained_on_for_epochs()
    {
        static async IAsyncEnumerable<Batch<double>> Slow()
        {
            for (int i = 0; ; i++)
            {
                // Longer than the end of a run waits for its source.
                await Task.Delay(i < 2 ? 1 : 1500, CancellationToken.None);
                yield return Batch;
            }
        }

        Train(BatchSource.From((_, _) => Slow(), batchesPerEpoch: 2), new() { Epochs = 3 })
            .Epochs.Select(epoch => (epoch.IsComplete, epoch.Samples))
            .Should().Equal((true, 8), (true, 8), (true, 8));
    }

    [Fact]
    public void A_source_is_asked_for_no_more_than_the_batches_it_announced_but_for_one_at_the_end_of_the_run()
    {
        int asked = 0;
        IEnumerable<Batch<double>> Shared()
        {
            while (true)
            {
                asked++;
                yield return Batch;
            }
        }

        // One stream for all epochs: what is read too much of it in one epoch is missing in the next.
        using IEnumerator<Batch<double>> stream = Shared().GetEnumerator();
        IEnumerable<Batch<double>> Epoch()
        {
            while (stream.MoveNext())
            {
                yield return stream.Current;
            }
        }

        Train(BatchSource.From(_ => Epoch(), batchesPerEpoch: 5), new() { Epochs = 4 });
        asked.Should().Be(21);
    }

    [Fact]
    public void The_epochs_of_a_source_are_never_read_at_the_same_time()
    {
        int reading = 0;
        int most = 0;
        async IAsyncEnumerable<Batch<double>> Slow()
        {
            most = Math.Max(most, Interlocked.Increment(ref reading));
            try
            {
                yield return Batch;
                yield return Batch;
            }
            finally
            {
                // Longer than the end of a run waits.
                await Task.Delay(1200, CancellationToken.None);
                Interlocked.Decrement(ref reading);
            }
        }

        Train(BatchSource.From((_, _) => Slow(), batchesPerEpoch: 2), new() { Epochs = 2 })
            .Epochs.Should().HaveCount(2);
        SpinWait.SpinUntil(() => Volatile.Read(ref reading) == 0, _long).Should().BeTrue();
        most.Should().Be(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_source_that_does_not_listen_is_left_behind_and_disposed_of_when_it_comes_back(bool isSynchronous)
    {
        using var cancellation = new CancellationTokenSource();
        using var gate = new ManualResetEventSlim();
        bool isDisposed = false;
        async IAsyncEnumerable<Batch<double>> Later()
        {
            try
            {
                yield return Batch;
                cancellation.Cancel();
                await Task.Run(() => gate.Wait(_long), CancellationToken.None);
                throw new IOException("nobody hears of this");
            }
            finally
            {
                Volatile.Write(ref isDisposed, true);
            }
        }

        IEnumerable<Batch<double>> Now()
        {
            try
            {
                yield return Batch;
                cancellation.Cancel();
                gate.Wait(_long);
            }
            finally
            {
                Volatile.Write(ref isDisposed, true);
            }
        }

        TrainingHistory history = Train(
            isSynchronous ? BatchSource.From(_ => Now()) : BatchSource.From((_, _) => Later()),
            new() { Epochs = 2 },
            cancellation.Token);
        history.Outcome.Should().Be(TrainingOutcome.Cancelled);
        Volatile.Read(ref isDisposed).Should().BeFalse("its code still runs");
        gate.Set();
        SpinWait.SpinUntil(() => Volatile.Read(ref isDisposed), _long).Should().BeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_source_that_listens_is_over_when_the_run_is(bool isPoolBusy)
    {
        bool isDisposed = false;
        using var cancellation = new CancellationTokenSource();
        async IAsyncEnumerable<Batch<double>> Listening(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            try
            {
                yield return Batch;
                Task delay = Task.Delay(_long, token);
                cancellation.Cancel();
                await delay;
            }
            finally
            {
                Volatile.Write(ref isDisposed, true);
            }
        }

        using BusyPool? pool = isPoolBusy ? new BusyPool() : null;
        bool? isDisposedAtTheEnd = null;
        var run = new Thread(() =>
        {
            Train(BatchSource.From((_, token) => Listening(token)), new() { Epochs = 2 }, cancellation.Token);
            isDisposedAtTheEnd = Volatile.Read(ref isDisposed);
        });
        run.Start();
        run.Join(_long).Should().BeTrue();
        isDisposedAtTheEnd.Should().BeTrue();
    }

    [Fact]
    public void What_a_source_throws_when_it_is_disposed_of_reaches_the_caller()
    {
        static IEnumerable<Batch<double>> Failing()
        {
            try
            {
                yield return Batch;
                yield return Batch;
            }
            finally
            {
                Throw();
            }
        }

        static void Throw() => throw new IOException("the checksum is wrong");
        FluentActions.Invoking(() => Train(BatchSource.From(_ => Failing(), batchesPerEpoch: 1), new() { Epochs = 2 }))
            .Should().Throw<IOException>().WithMessage("the checksum is wrong");
    }

    [Fact]
    public void A_source_whose_token_has_callbacks_that_throw_ends_as_any_other()
    {
        async IAsyncEnumerable<Batch<double>> Sour(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            using CancellationTokenRegistration registration = token.Register(() => throw new IOException("sour"));
            while (true)
            {
                await Task.Yield();
                yield return Batch;
            }
        }

        Train(BatchSource.From((_, token) => Sour(token)), new() { Steps = 5 }).Epochs.Should().ContainSingle();
    }

    [Theory]
    [InlineData(null, false, 1)]
    [InlineData(null, true, 1)]
    [InlineData(2, false, 1)]
    [InlineData(2, true, 1)]
    [InlineData(2, true, 2)]
    [InlineData(3, true, 1)]
    public void What_a_source_throws_at_its_disposal_after_the_last_epoch_reaches_the_caller(
        int? announced, bool isLateDisposal, int epochs)
    {
        static async IAsyncEnumerable<Batch<double>> Failing()
        {
            try
            {
                yield return Batch;
                yield return Batch;
            }
            finally
            {
                await Throw();
            }
        }

        static async IAsyncEnumerable<Batch<double>> Two()
        {
            await Task.Yield();
            yield return Batch;
            yield return Batch;
        }

        static async Task Throw()
        {
            await Task.Delay(30, CancellationToken.None);
            throw new IOException("the checksum is wrong");
        }

        int disposals = 0;
        Task DisposeAsync() => ++disposals == epochs ? Throw() : Task.CompletedTask;
        IBatchSource<double> source = isLateDisposal
            ? BatchSource.From((_, _) => new Disposing(Two(), DisposeAsync), announced)
            : BatchSource.From((_, _) => Failing(), announced);
        FluentActions.Invoking(() => Train(source, new() { Epochs = epochs }))
            .Should().Throw<IOException>().WithMessage("the checksum is wrong");
    }

    [Fact]
    public void What_a_source_throws_at_its_disposal_does_not_hide_what_it_threw_before()
    {
        static async IAsyncEnumerable<Batch<double>> Failing()
        {
            yield return Batch;
            await Task.Yield();
            throw new InvalidDataException("a batch is damaged");
        }

        FluentActions.Invoking(() => Train(
                BatchSource.From((_, _) => new Disposing(Failing(), () => throw new IOException("already closed"))),
                new()))
            .Should().Throw<InvalidDataException>().WithMessage("a batch is damaged");
    }

    [Fact]
    public void A_source_stopped_by_an_epoch_s_end_is_waited_for_as_well()
    {
        int disposals = 0;
        static IEnumerable<Batch<double>> Two() => [Batch, Batch];
        async Task DisposeAsync()
        {
            await Task.Delay(30, CancellationToken.None);
            disposals++;
            throw new IOException("the checksum is wrong");
        }

        FluentActions.Invoking(() => Train(
                BatchSource.From((_, _) => new Disposing(Async(Two()), DisposeAsync), batchesPerEpoch: 2),
                new() { Epochs = 5, Callbacks = [new StopAtOnce()] }))
            .Should().Throw<IOException>();
        disposals.Should().Be(1);
    }

    [Fact]
    public void A_source_that_never_says_whether_it_has_more_neither_holds_the_run_up_nor_fails_it()
    {
        using var gate = new ManualResetEventSlim();
        async IAsyncEnumerable<Batch<double>> Stuck()
        {
            yield return Batch;
            await Task.Run(() => gate.Wait(_long), CancellationToken.None);
            throw new IOException("nobody hears of this");
        }

        TrainingOutcome? outcome = null;
        var run = new Thread(() => outcome =
            Train(BatchSource.From((_, _) => Stuck(), batchesPerEpoch: 1), new() { Epochs = 1 }).Outcome);
        run.Start();
        run.Join(TimeSpan.FromSeconds(15)).Should().BeTrue();
        gate.Set();
        outcome.Should().Be(TrainingOutcome.Completed);
    }

    [Fact]
    public void A_function_that_gives_null_for_an_epoch_is_refused() =>
        FluentActions.Invoking(() => Train(
                BatchSource.From<double>(epoch => epoch == 2 ? null! : [Batch]), new() { Epochs = 2 }))
            .Should().Throw<InvalidOperationException>().WithMessage("The source gave null for epoch 2.");

    [Fact]
    public void A_source_that_gives_null_for_an_epoch_is_refused() =>
        FluentActions.Invoking(() => Train(BatchSource.From<double>((_, _) => null!), new()))
            .Should().Throw<InvalidOperationException>().WithMessage("The source gave null for epoch 1.");

    [Fact]
    public void A_source_may_wait_for_asynchronous_code_of_its_own()
    {
        static async Task<int> Answer()
        {
            await Task.Yield();
            return 1;
        }

        static async IAsyncEnumerable<Batch<double>> Blocking()
        {
            for (int i = 0; i < 3; i++)
            {
                await Task.Yield();
#pragma warning disable xUnit1031 // It is what a source may do.
                Answer().Result.Should().Be(1);
#pragma warning restore xUnit1031
                yield return Batch;
            }
        }

        var run = new Thread(() => Train(BatchSource.From((_, _) => Blocking()), new() { Epochs = 2 }));
        run.Start();
        run.Join(_long).Should().BeTrue();
    }

    [Fact]
    public void Trainings_that_take_every_thread_of_the_pool_get_their_batches()
    {
        static async IAsyncEnumerable<Batch<double>> Yielding()
        {
            for (int i = 0; i < 20; i++)
            {
                await Task.Yield();
                yield return Batch;
            }
        }

        using var pool = new LimitedPool();
        var done = new CountdownEvent(2 * pool.Threads);
        for (int i = 0; i < 2 * pool.Threads; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    Train(BatchSource.From((_, _) => Yielding()), new() { Epochs = 3 });
                    done.Signal();
                },
                null);
        }

        done.Wait(_long).Should().BeTrue();
    }

    [Fact]
    public void Trainings_on_all_threads_of_the_pool_whose_sources_need_it_finish()
    {
        static async IAsyncEnumerable<Batch<double>> Delayed()
        {
            for (int i = 0; i < 5; i++)
            {
                await Task.Delay(1).ConfigureAwait(false);
                yield return Batch;
            }
        }

        int trainings = 4 * Environment.ProcessorCount;
        var done = new CountdownEvent(trainings);
        for (int i = 0; i < trainings; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    Train(BatchSource.From((_, _) => Delayed()), new() { Epochs = 3 });
                    done.Signal();
                },
                null);
        }

        done.Wait(_long).Should().BeTrue();
    }

    private static async IAsyncEnumerable<Batch<double>> Async(IEnumerable<Batch<double>> batches)
    {
        await Task.Yield();
        foreach (Batch<double> batch in batches)
        {
            yield return batch;
        }
    }

    private sealed class StopAtOnce : ITrainingCallback<double>
    {
        public void OnEpochEnd(TrainingContext<double> context, EpochResult result) => context.Stop("enough");
    }

    /// <summary>Batches with a disposal of their own, that of an iterator being part of its last step.</summary>
    private sealed class Disposing(IAsyncEnumerable<Batch<double>> batches, Func<Task> dispose)
        : IAsyncEnumerable<Batch<double>>, IAsyncEnumerator<Batch<double>>
    {
        private readonly IAsyncEnumerator<Batch<double>> _batches = batches.GetAsyncEnumerator();

        public Batch<double> Current => _batches.Current;

        public IAsyncEnumerator<Batch<double>> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
            this;

        public ValueTask<bool> MoveNextAsync() => _batches.MoveNextAsync();

        public async ValueTask DisposeAsync()
        {
            await _batches.DisposeAsync();
            await dispose();
        }
    }

    private static TrainingHistory Train(
        IBatchSource<double> source, FitOptions<double> options, CancellationToken cancellationToken = default) =>
        new Trainer<double>(
            Network.Create<double>(1, seed: 1).Dense(1).Build(), new MeanSquaredError(), new Sgd(0.01), threads: 1)
            .Fit(source, options, cancellationToken);
}
