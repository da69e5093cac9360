using System.Numerics;
using NeuralNet.Batches;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Schedules;
using NeuralNet.Tests.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Checkpoints;

/// <summary>
/// A run that is interrupted and resumed, as often as one likes, ends in the bits of one that is not.
/// </summary>
public sealed class ResumeTests : IDisposable
{
    private const int Batches = 5;
    private const int Epochs = 4;

    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoints-").FullName;

    public static TheoryData<string> Optimizers { get; } = new(OptimizerCatalogue.Names);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Every_optimizer_goes_on_bit_for_bit(string optimizer)
    {
        AssertSame<float>(OptimizerCatalogue.All[optimizer], 1, [7], threads: [1, 2]);
        AssertSame<double>(OptimizerCatalogue.All[optimizer], 1, [3, 10, 11], threads: [2, 1]);
    }

    [Theory]
    [InlineData(new[] { 1 }, 1)]
    [InlineData(new[] { 5 }, 1)] // between two epochs
    [InlineData(new[] { 5, 6, 9, 10, 15, 19 }, 1)]
    [InlineData(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 }, 1)]
    [InlineData(new[] { 2, 4, 8, 9, 12, 13 }, 2)] // in the middle of an accumulated step, too
    public void An_interruption_may_come_anywhere(int[] interruptions, int accumulation)
    {
        AssertSame<float>(new Adam(0.01), accumulation, interruptions, threads: [1, 3, 2]);
        AssertSame<double>(new Adam(0.01), accumulation, interruptions, threads: [2, 1]);
    }

    [Fact]
    public void Every_kind_of_layer_goes_on_bit_for_bit()
    {
        AssertSame<float>(new Adam(0.01), 1, [3, 8], threads: [1, 2, 3], EveryLayer.Create<float>);
        AssertSame<double>(new Sgd(0.01, momentum: 0.9), 1, [7], threads: [8, 1], EveryLayer.Create<double>);
    }

    [Fact]
    public void Callbacks_go_on_as_well()
    {
        // A rate so high that the loss rises now and then: early stopping and the plateau both act.
        TrainingHistory Run(int? interruption, out float[] parameters, out float[] best)
        {
            TrainingHistory history;
            Trainer<float> trainer;
            bool first = true;
            do
            {
                trainer = MakeTrainer<float>(new Sgd(0.3), threads: 1);
                trainer.Resume(_folder + "/callbacks");
                using var cancel = new CancellationTokenSource();
                List<ITrainingCallback<float>> callbacks =
                    [
                        new Checkpointing<float>(_folder + "/callbacks", keepBest: MonitoredValue.Loss),
                        new EarlyStopping<float>(3, minImprovement: 0.003), new ReduceOnPlateau<float>(0.5, 2),
                    ];
                if (first && interruption is { } after)
                {
                    callbacks.Add(new StopAfter<float>(after, cancel));
                }

                history = trainer.Fit(
                    Data<float>(),
                    new() { Epochs = 60, BatchSize = 10, Validation = Data<float>(), Callbacks = callbacks },
                    cancel.Token);
                first = false;
            }
            while (history.WasCancelled);
            parameters = Parameters(trainer.Network);
            trainer = MakeTrainer<float>(new Sgd(0.3), threads: 1);
            trainer.ResumeFrom(_folder + "/callbacks/best.safetensors");
            best = Parameters(trainer.Network);
            Directory.Delete(_folder + "/callbacks", recursive: true);
            return history;
        }

        static string Line(EpochResult e) =>
            FormattableString.Invariant($"{e.Epoch} {e.Loss:R} {e.Samples} {e.LearningRate:R} {e.Validation!.Loss:R}");

        TrainingHistory whole = Run(null, out float[] expected, out float[] expectedBest);
        whole.StopReason.Should().NotBeNull();
        whole.Epochs.MinBy(epoch => epoch.Validation!.Loss).Should().NotBe(whole.Epochs[^1]);
        foreach (int interruption in new[] { 3, Batches, 12, 4 * Batches, (whole.Epochs.Count - 1) * Batches })
        {
            TrainingHistory resumed = Run(interruption, out float[] parameters, out float[] best);
            parameters.Should().Equal(expected);
            best.Should().Equal(expectedBest);
            resumed.StopReason.Should().Be(whole.StopReason);
            string.Join('\n', resumed.Epochs.Select(Line)).Should().Be(string.Join('\n', whole.Epochs.Select(Line)));
        }
    }

    [Fact]
    public void Of_an_interrupted_epoch_the_loss_is_of_all_samples_and_the_metrics_are_of_those_after_the_interruption()
    {
        TrainingHistory Run(params int[] interruptions)
        {
            string folder = Path.Combine(_folder, "metrics" + interruptions.Length);
            TrainingHistory history = null!;
            foreach (int interruption in interruptions.Append(int.MaxValue))
            {
                Trainer<double> trainer = MakeTrainer<double>(new Adam(0.05), threads: 1);
                trainer.Resume(folder);
                using var cancel = new CancellationTokenSource();
                history = trainer.Fit(
                    Data<double>(),
                    new()
                    {
                        Epochs = 2,
                        BatchSize = 10,
                        Metrics = [new Seen()],
                        Callbacks = [new Checkpointing<double>(folder), new StopAfter<double>(interruption, cancel)],
                    },
                    cancel.Token);
            }

            return history;
        }

        TrainingHistory whole = Run();
        TrainingHistory resumed = Run(7);
        resumed.Epochs.Select(epoch => (epoch.Loss, epoch.Samples))
            .Should().Equal(whole.Epochs.Select(epoch => (epoch.Loss, epoch.Samples)));
        whole.Epochs.Select(epoch => epoch.Metrics["seen"]).Should().Equal(50, 50);
        resumed.Epochs.Select(epoch => epoch.Metrics["seen"]).Should().Equal(50, 30);
    }

    [Fact]
    public void A_finished_run_is_not_run_again()
    {
        Trainer<double> trainer = MakeTrainer<double>(new Sgd(0.1), threads: 1);
        TrainingHistory whole = trainer.Fit(Data<double>(), Options<double>(1, [new Checkpointing<double>(_folder)]));
        Trainer<double> again = MakeTrainer<double>(new Sgd(0.1), threads: 1);
        again.Resume(_folder).Should().NotBeNull();
        TrainingHistory history = again.Fit(Data<double>(), Options<double>(1, []));
        history.Epochs.Select(e => e.Loss).Should().Equal(whole.Epochs.Select(e => e.Loss));
        history.WasCancelled.Should().BeFalse();
        again.StepCount.Should().Be(trainer.StepCount);
        Parameters(again.Network).Should().Equal(Parameters(trainer.Network));

        again.Fit(Data<double>(), new() { Epochs = 1 });
        again.EpochCount.Should().Be(Epochs + 1, "the next Fit is a run of its own");
    }

    [Fact]
    public void An_empty_folder_resumes_nothing()
    {
        Trainer<float> trainer = MakeTrainer<float>(new Sgd(0.1), threads: 1);
        trainer.Resume(_folder).Should().BeNull();
        trainer.Resume(_folder + "/nowhere").Should().BeNull();
    }

    [Fact]
    public void A_stream_goes_on_where_it_was()
    {
        DataSet<double> data = Data<double>();
        IEnumerable<Batch<double>> Stream(int epoch)
        {
            DataSet<double> shuffled = data.Shuffle(epoch);
            for (int start = 0; start < data.Count; start += 10)
            {
                yield return new(
                    shuffled.Inputs.ColumnRange(start, 10).ToMatrix(),
                    shuffled.Targets.ColumnRange(start, 10).ToMatrix());
            }
        }

        double[] Run(params int[] interruptions)
        {
            string folder = Path.Combine(_folder, "stream" + interruptions.Length);
            foreach (int interruption in interruptions.Append(int.MaxValue))
            {
                Trainer<double> trainer = MakeTrainer<double>(new Adam(), threads: 1);
                trainer.Resume(folder);
                using var cancel = new CancellationTokenSource();
                trainer.Fit(
                    BatchSource.From(Stream),
                    new()
                    {
                        Epochs = 3,
                        Callbacks = [new Checkpointing<double>(folder), new StopAfter<double>(interruption, cancel)],
                    },
                    cancel.Token);
                if (interruption == int.MaxValue)
                {
                    return Parameters(trainer.Network);
                }
            }

            throw new InvalidOperationException();
        }

        double[] whole = Run();
        Run(2, 4).Should().Equal(whole);
    }

    internal static Trainer<T> MakeTrainer<T>(
        IOptimizer optimizer, int threads, Func<int, Network<T>>? network = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new((network ?? EveryLayer.OfFirstVersion<T>)(6), new SoftmaxCrossEntropy(), optimizer, threads: threads);

    internal static DataSet<T> Data<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        DataSet.FromLabels(
            TestData.Uniform<T>(6, 10 * Batches, seed: 2),
            Enumerable.Range(0, 10 * Batches).Select(i => i * 7 % 10).ToArray(),
            10);

    internal static FitOptions<T> Options<T>(int accumulation, IReadOnlyList<ITrainingCallback<T>> callbacks)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new()
        {
            Epochs = Epochs,
            BatchSize = 10,
            AccumulationSteps = accumulation,
            Schedule = new CosineDecay(),
            GradientClipping = new ClipByGlobalNorm(1),
            Metrics = [new Accuracy()],
            Callbacks = callbacks,
        };

    internal static T[] Parameters<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            network.Parameters.SelectMany(p => p.Values.ToArray()).ToArray();

    private void AssertSame<T>(
        IOptimizer optimizer,
        int accumulation,
        int[] interruptions,
        int[] threads,
        Func<int, Network<T>>? network = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Trainer<T> whole = MakeTrainer(optimizer, threads[0], network);
        TrainingHistory expected = whole.Fit(Data<T>(), Options<T>(accumulation, []));

        string folder = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        int seen = 0;
        for (int run = 0; run <= interruptions.Length; run++)
        {
            // Everything is made anew, as by a new process, and on another number of threads.
            Trainer<T> trainer = MakeTrainer(optimizer, threads[run % threads.Length], network);
            trainer.Resume(folder);
            using var cancel = new CancellationTokenSource();
            int until = run < interruptions.Length ? interruptions[run] - seen : int.MaxValue;
            seen = run < interruptions.Length ? interruptions[run] / accumulation * accumulation : 0;
            TrainingHistory history = trainer.Fit(
                Data<T>(),
                Options(
                    accumulation,
                    new ITrainingCallback<T>[] { new Checkpointing<T>(folder), new StopAfter<T>(until, cancel) }),
                cancel.Token);
            if (run == interruptions.Length)
            {
                Parameters(trainer.Network).Should().Equal(Parameters(whole.Network));
                history.Epochs.Select(e => (e.Loss, e.Samples))
                    .Should().Equal(expected.Epochs.Select(e => (e.Loss, e.Samples)));
                trainer.StepCount.Should().Be(whole.StepCount);
            }
        }
    }

    /// <summary>How many samples were measured.</summary>
    private sealed class Seen : IMetric, IMetricAccumulator
    {
        public string Name => "seen";

        public double Value { get; private set; }

        public IMetricAccumulator Start(OutputDescription outputs) => new Seen();

        public void Add<T>(
            NeuralNet.LinearAlgebra.ReadOnlyMatrixSpan<T> outputs,
            NeuralNet.LinearAlgebra.ReadOnlyMatrixSpan<T> targets,
            ReadOnlySpan<T> weights = default)
            where T : unmanaged, IFloatingPointIeee754<T> => Value += outputs.Columns;

        public void Reset() => Value = 0;
    }

    /// <summary>Cancels after so many batches of its run.</summary>
    internal sealed class StopAfter<T>(int batches, CancellationTokenSource source) : ITrainingCallback<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private int _left = batches;

        public void OnBatchEnd(TrainingContext<T> context)
        {
            if (--_left == 0)
            {
                source.Cancel();
            }
        }
    }
}
