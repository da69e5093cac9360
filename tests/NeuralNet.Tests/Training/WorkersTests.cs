using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Batches;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Regularization;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

/// <summary>Two trainers on two threads, each with its own part of every batch.</summary>
public sealed class WorkersTests
{
    private const int Samples = 48;

    private readonly Matrix<double> _inputs = TestData.Uniform<double>(3, Samples, seed: 2);
    private readonly Matrix<double> _targets = TestData.Uniform<double>(2, Samples, seed: 3);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Two_workers_make_the_steps_of_one_on_all_samples_and_stay_equal_to_the_bit(int accumulationSteps)
    {
        // Of every 8 samples the first worker has 6, so that means over samples are not means over workers.
        Trainer<double>[] trainers = MakeTwo(out PairWorkers pair);
        DataSet<double>[] shards = [Shard(j => j % 4 < 3), Shard(j => j % 4 == 3)];
        int[] batchSizes = [6, 2];
        InParallel(rank => trainers[rank].Fit(shards[rank], Options(batchSizes[rank], accumulationSteps)));

        Trainer<double> alone = MakeTrainer(null);
        alone.Fit(Shard(_ => true), Options(8, accumulationSteps));
        Parameters(trainers[0]).Should().Equal(Parameters(trainers[1]));
        Parameters(trainers[0]).Should().NotEqual(Parameters(MakeTrainer(null)));
        foreach ((double one, double other) in Parameters(trainers[0]).Zip(Parameters(alone)))
        {
            one.Should().BeApproximately(other, 1e-12);
        }

        long steps = 3 * (((Samples / 8) + accumulationSteps - 1) / accumulationSteps);
        trainers.Append(alone).Select(trainer => trainer.StepCount).Should().Equal(steps, steps, steps);
        pair.Sums.Should().Equal([steps, steps], "a worker takes part in one sum per step");
    }

    [Fact]
    public void A_step_returns_the_loss_over_the_samples_of_both()
    {
        Trainer<double>[] trainers = MakeTwo(out _);
        DataSet<double>[] shards = [Shard(j => j < 10), Shard(j => j >= 10)];
        double[] losses = new double[2];
        InParallel(rank => losses[rank] = trainers[rank].Step(shards[rank].Inputs, shards[rank].Targets));
        double expected = MakeTrainer(null).Step(_inputs, _targets);
        losses[0].Should().Be(losses[1]).And.BeApproximately(expected, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_loss_that_is_not_finite_on_one_worker_stops_both_before_the_step(int accumulationSteps)
    {
        Trainer<double>[] trainers = MakeTwo(out _);
        Matrix<double> bad = _inputs.Clone();
        bad[1, 9] = double.NaN;
        IBatchSource<double>[] shards = [Batches(_inputs), Batches(bad)];
        TrainingDivergedException?[] exceptions = new TrainingDivergedException?[2];
        InParallel(rank => exceptions[rank] = trainers[rank]
            .Invoking(t => t.Fit(shards[rank], Options(4, accumulationSteps)))
            .Should().Throw<TrainingDivergedException>().Which);

        // Sample 9 is in the third batch: of the third step, or of the second.
        long step = accumulationSteps == 1 ? 3 : 2;
        exceptions.Select(exception => exception!.Step).Should().Equal(step, step);
        Divergence there = exceptions[1]!.Details!;
        (there.Cause, there.Row, there.Column).Should().Be((DivergenceCause.Inputs, 1, 1));
        Divergence here = exceptions[0]!.Details!;
        (here.Cause, here.AreParametersUnchanged).Should().Be((DivergenceCause.Loss, true));
        here.Description.Should().Contain("another worker");
        trainers.Select(trainer => trainer.StepCount).Should().Equal(step - 1, step - 1);
        Parameters(trainers[0]).Should().Equal(Parameters(trainers[1]))
            .And.OnlyContain(value => double.IsFinite(value));

        // They can train on: nothing of the step that failed is left.
        InParallel(rank => trainers[rank].Step(_inputs, _targets));
        Parameters(trainers[0]).Should().Equal(Parameters(trainers[1]))
            .And.OnlyContain(value => double.IsFinite(value));
    }

    [Fact]
    public void A_gradient_that_is_not_finite_on_one_worker_stops_both_by_the_sum()
    {
        Trainer<double>[] trainers = MakeTwo(out _);
        double[] before = Parameters(trainers[0]);
        InParallel(rank =>
        {
            Gradients<double> gradients = Gradients.For(trainers[rank].Network);
            gradients["dense2.biases"][1, 0] = rank == 0 ? double.PositiveInfinity : 1;
            Divergence details = trainers[rank].Invoking(t => t.Step(gradients))
                .Should().Throw<TrainingDivergedException>().Which.Details!;
            (details.Cause, details.Parameter).Should().Be((DivergenceCause.Gradient, "dense2.biases"));
        });
        trainers.Select(trainer => trainer.StepCount).Should().Equal(0, 0);
        Parameters(trainers[0]).Should().Equal(before);
        Parameters(trainers[1]).Should().Equal(before);
    }

    [Fact]
    public void Given_gradients_are_averaged_over_the_workers()
    {
        Trainer<double>[] trainers = MakeTwo(out _, new Sgd(1));
        double[] before = trainers[0].Network.Parameter("dense2.biases").Values.ToArray();
        InParallel(rank =>
        {
            Gradients<double> gradients = Gradients.For(trainers[rank].Network);
            gradients["dense2.biases"][1, 0] = rank == 0 ? 0.5 : 0.25;
            trainers[rank].Step(gradients);
        });
        foreach (Trainer<double> trainer in trainers)
        {
            trainer.Network.Parameter("dense2.biases").Values.ToArray().Should().Equal(before[0], before[1] - 0.375);
        }
    }

    [Fact]
    public void A_single_worker_is_never_asked_for_a_sum_and_trains_as_without_workers()
    {
        Trainer<double> single = MakeTrainer(new Several(1));
        Trainer<double> alone = MakeTrainer(null);
        single.Fit(Shard(_ => true), Options(8, accumulationSteps: 4));
        alone.Fit(Shard(_ => true), Options(8, accumulationSteps: 4));
        Parameters(single).Should().Equal(Parameters(alone));
    }

    [Fact]
    public void There_is_at_least_one_worker() =>
        FluentActions.Invoking(() => MakeTrainer(new Several(0))).Should().Throw<ArgumentException>()
            .WithParameterName("workers").WithMessage("*at least 1, but it is 0.*");

    private static FitOptions<double> Options(int batchSize, int accumulationSteps) => new()
    {
        Epochs = 3,
        BatchSize = batchSize,
        AccumulationSteps = accumulationSteps,
        Shuffle = false,
        GradientClipping = new ClipByGlobalNorm(0.5),
    };

    private static Trainer<double>[] MakeTwo(out PairWorkers pair, IOptimizer? optimizer = null)
    {
        pair = new PairWorkers();
        return [MakeTrainer(pair.Worker(0), optimizer), MakeTrainer(pair.Worker(1), optimizer)];
    }

    private static Trainer<double> MakeTrainer(IWorkers? workers, IOptimizer? optimizer = null) =>
        new(
            Network.Create<double>(3, seed: 1)
                .Dense(5, new Tanh(), weightPenalty: new L2Penalty(0.01)).Dense(2).Build(),
            new MeanSquaredError(),
            optimizer ?? new Adam(0.01),
            threads: 1,
            workers: workers);

    private static double[] Parameters(Trainer<double> trainer) =>
        [.. trainer.Network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    private static void InParallel(Action<int> work) =>
        Task.WaitAll([.. Enumerable.Range(0, 2).Select(rank => Task.Factory.StartNew(
            () => work(rank), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))]);

    private DataSet<double> Shard(Func<int, bool> isIn)
    {
        int[] samples = [.. Enumerable.Range(0, Samples).Where(isIn)];
        return new(
            Matrix<double>.Build.DenseOfColumns(samples.Select(j => _inputs.Column(j))),
            Matrix<double>.Build.DenseOfColumns(samples.Select(j => _targets.Column(j))));
    }

    // A data set takes no NaN; a stream does.
    private IBatchSource<double> Batches(Matrix<double> inputs) =>
        BatchSource.From(_ => Enumerable.Range(0, Samples / 4).Select(i => new Batch<double>(
            inputs.SubMatrix(0, inputs.RowCount, 4 * i, 4), _targets.SubMatrix(0, _targets.RowCount, 4 * i, 4))));

    private sealed class Several(int count) : IWorkers
    {
        public int Count => count;

        public void Sum<T>(GradientSet<T> gradients, Span<double> totals)
            where T : unmanaged, IFloatingPointIeee754<T> => throw new NotSupportedException();
    }

    /// <summary>Two workers in one process, which meet before and after they add in the order of their ranks.</summary>
    private sealed class PairWorkers
    {
        private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
        private readonly object _gate = new();
        private readonly object[] _gradients = new object[2];
        private readonly double[][] _totals = new double[2][];
        private int _waiting;
        private int _meetings;

        public long[] Sums { get; } = new long[2];

        public IWorkers Worker(int rank) => new One(this, rank);

        private void Meet()
        {
            lock (_gate)
            {
                int meeting = _meetings;
                if (++_waiting == 2)
                {
                    _waiting = 0;
                    _meetings++;
                    Monitor.PulseAll(_gate);
                }

                while (meeting == _meetings)
                {
                    if (!Monitor.Wait(_gate, _patience))
                    {
                        throw new TimeoutException("The other worker did not come.");
                    }
                }
            }
        }

        private sealed class One(PairWorkers pair, int rank) : IWorkers
        {
            public int Count => 2;

            public void Sum<T>(GradientSet<T> gradients, Span<double> totals)
                where T : unmanaged, IFloatingPointIeee754<T>
            {
                pair.Sums[rank]++;
                T[][] mine = new T[gradients.Count][];
                for (int i = 0; i < mine.Length; i++)
                {
                    mine[i] = gradients[i].ToArray();
                }

                pair._gradients[rank] = mine;
                pair._totals[rank] = totals.ToArray();
                pair.Meet();
                T[][] first = (T[][])pair._gradients[0];
                T[][] second = (T[][])pair._gradients[1];
                for (int i = 0; i < mine.Length; i++)
                {
                    for (int j = 0; j < mine[i].Length; j++)
                    {
                        gradients[i][j] = first[i][j] + second[i][j];
                    }
                }

                for (int i = 0; i < totals.Length; i++)
                {
                    totals[i] = pair._totals[0][i] + pair._totals[1][i];
                }

                // Neither may come with the numbers of the next step before the other has read these.
                pair.Meet();
            }
        }
    }
}
