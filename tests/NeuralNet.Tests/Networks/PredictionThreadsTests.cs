using System.Collections.Concurrent;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Training;

namespace NeuralNet.Tests.Networks;

/// <summary>Threads that share a prediction or an evaluation change how long it takes, and nothing else.</summary>
public sealed class PredictionThreadsTests
{
    private const int Size = 400;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private static readonly int[] _threads = [1, 2, 3, 8];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(600)]
    public void Every_kind_of_layer_gives_the_same_bits(int samples)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            Network<T> network = EveryLayer.Create<T>(200);
            T[] inputs = TestData.Uniform<T>(200, samples, seed: 2).AsColumnMajorArray();
            T[] expected = network.Predict(inputs);
            foreach (int threads in _threads)
            {
                network.Predict(inputs, threads).Should().Equal(expected);

                // Even the smallest work is divided.
                T[] outputs = new T[expected.Length];
                network.PredictSamples(
                    new(inputs, 200, samples), new(outputs, 10, samples), new(threads, productsWorthAPart: 1));
                outputs.Should().Equal(expected);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public void All_forms_take_threads(int samples)
    {
        // Wide enough to divide one sample.
        Network<float> network = Network.Create<float>(700, seed: 1).Dense(800).Dense(3).Build();
        Matrix<float> inputs = TestData.Uniform<float>(700, samples, seed: 2);
        float[] values = inputs.AsColumnMajorArray();
        float[] expected = network.Predict(values);

        network.Predict(inputs, threads: 2).AsColumnMajorArray().Should().Equal(expected);
        network.Predict(new ReadOnlyMatrixSpan<float>(values, 700, samples), threads: 2).AsColumnMajorArray()
            .Should().Equal(expected);
        float[] outputs = new float[expected.Length];
        network.Predict(values, outputs, threads: 2);
        outputs.Should().Equal(expected);
        Array.Clear(outputs);
        network.Predict(inputs, new MatrixSpan<float>(outputs, 3, samples), threads: 2);
        outputs.Should().Equal(expected);
        network.Predict(inputs.Column(0), threads: 2).Should().Equal(network.Predict(inputs.Column(0)));

        Pipeline<float> pipeline = Pipeline.Create(
            network, Standardization.Fit<float>(inputs.Append(-inputs)), labels: new LabelEncoder(["a", "b", "c"]));
        float[] ofPipeline = pipeline.Predict(values);
        pipeline.Predict(values, threads: 2).Should().Equal(ofPipeline);
        pipeline.PredictLabels(inputs, threads: 2).Should().Equal(pipeline.PredictLabels(inputs));
        pipeline.PredictProbabilities(inputs, threads: 2).AsColumnMajorArray()
            .Should().Equal(pipeline.PredictProbabilities(inputs).AsColumnMajorArray());
        Vector<float> one = inputs.Column(0);
        pipeline.PredictLabel(one, threads: 2).Should().Be(pipeline.PredictLabel(one));
        pipeline.PredictLabel(one.AsArray(), threads: 2).Should().Be(pipeline.PredictLabel(one));
        pipeline.PredictProbabilities(one, threads: 2).Should().Equal(pipeline.PredictProbabilities(one));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Fewer_than_one_thread_is_refused(int threads)
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(2).Build();
        Pipeline<float> pipeline = Pipeline.Create(network, labels: new LabelEncoder(["a", "b"]));
        DataSet<float> data = TestData.Diagonal<float>(4, seed: 1);
        Matrix<float> batch = Matrix<float>.Build.Dense(2, 2);
        float[] values = new float[4];
        Action[] predictions =
        [
            () => network.Predict(batch.Column(0), threads),
            () => network.Predict(batch, threads),
            () => network.Predict(data.Inputs, threads),
            () => network.Predict(values, threads),
            () => network.Predict([], threads),
            () => network.Predict(values, new float[4], threads),
            () => network.Predict(data.Inputs, new MatrixSpan<float>(new float[8], 2, 4), threads),
            () => pipeline.Predict(batch, threads),
            () => pipeline.PredictLabel(batch.Column(0), threads: threads),
            () => pipeline.PredictLabel(values.AsSpan(0, 2), threads: threads),
            () => pipeline.PredictLabels(batch, threads: threads),
            () => pipeline.PredictProbabilities(batch.Column(0), threads),
            () => pipeline.PredictProbabilities(batch, threads),
            () => pipeline.Evaluate(data, [new Accuracy()], threads),
            () => _ = new Evaluator<float>(network, new SoftmaxCrossEntropy(), threads),
        ];
        foreach (Action predict in predictions)
        {
            predict.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(threads))
                .WithMessage($"threads must be at least 1, but it is {threads}.*");
        }
    }

    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(256, new[] { 256 })]
    [InlineData(257, new[] { 129, 128 })]
    [InlineData(1000, new[] { 250, 250, 250, 250 })]
    public void Blocks_follow_from_the_samples_alone(int samples, int[] expected)
    {
        foreach (int threads in _threads)
        {
            var blocks = new ConcurrentBag<int>();
            Watch(input => blocks.Add(input.Columns)).Predict(new float[Size * samples], threads);
            blocks.Should().BeEquivalentTo(expected);
        }
    }

    [Theory]
    [InlineData(2, 500)]
    [InlineData(2, 2000)]
    [InlineData(3, 750)]
    public void Threads_do_a_block_each(int threads, int samples)
    {
        using var meeting = new Barrier(threads);
        var absent = new ConcurrentBag<int>();
        Watch(input =>
        {
            if (!meeting.SignalAndWait(_patience))
            {
                absent.Add(Environment.CurrentManagedThreadId);
            }
        }).Predict(new float[Size * samples], threads);
        absent.Should().BeEmpty("all threads are in a block at the same time");
    }

    [Fact]
    public void Unless_asked_the_caller_is_alone()
    {
        var seen = new ConcurrentBag<int>();
        Network<float> network = Watch(_ => seen.Add(Environment.CurrentManagedThreadId));
        DataSet<float> data = Zeros(3000);
        network.Predict(data.Inputs);
        new Evaluator<float>(network, new MeanSquaredError(), threads: 1).Evaluate(data);
        Pipeline.Create(network).Evaluate(data, [new MeanSquaredErrorMetric()], threads: 1);
        new Trainer<float>(network, new MeanSquaredError(), new Sgd(0.1), threads: 1).Evaluate(data);
        var trainer = new Trainer<float>(network, new MeanSquaredError(), new Sgd(0.1), threads: 4);
        trainer.WorkAlone();
        trainer.Evaluate(data);
        seen.Should().NotBeEmpty().And.OnlyContain(thread => thread == Environment.CurrentManagedThreadId);
    }

    [Fact]
    public void Evaluations_use_the_threads_they_are_given()
    {
        using var meeting = new Barrier(2);
        int absent = 0;
        Network<float> network = Watch(_ =>
        {
            if (!meeting.SignalAndWait(_patience))
            {
                Interlocked.Increment(ref absent);
            }
        });
        DataSet<float> data = Zeros(1000);
        new Trainer<float>(network, new MeanSquaredError(), new Sgd(0.1), threads: 2).Evaluate(data);
        new Evaluator<float>(network, new MeanSquaredError(), threads: 2).Evaluate(data);
        Pipeline.Create(network).Evaluate(data, [new MeanSquaredErrorMetric()], threads: 2);
        absent.Should().Be(0);
    }

    [Fact]
    public void An_evaluation_gives_the_same_bits()
    {
        Network<float> network = EveryLayer.Create<float>(200);
        int[] labels = [.. Enumerable.Range(0, 1500).Select(i => i * 7 % 10)];
        DataSet<float> data = DataSet.FromLabels(TestData.Uniform<float>(200, 1500, seed: 2), labels, 10);
        IMetric[] metrics = [new Accuracy(), new LogLoss()];
        EvaluationResult expected = new Evaluator<float>(network, new SoftmaxCrossEntropy(), threads: 1)
            .Evaluate(data, metrics);
        Pipeline<float> pipeline = Pipeline.Create(network);
        IMetric[] errors = [new MeanSquaredErrorMetric()];
        IReadOnlyDictionary<string, double> ofPipeline = pipeline.Evaluate(data, errors, threads: 1);
        foreach (int threads in _threads)
        {
            EvaluationResult actual = new Trainer<float>(
                network, new SoftmaxCrossEntropy(), new Sgd(0.1), threads: threads).Evaluate(data, metrics);
            actual.Loss.Should().Be(expected.Loss);
            actual.Metrics.Should().Equal(expected.Metrics);
            pipeline.Evaluate(data, errors, threads).Should().Equal(ofPipeline);
        }
    }

    [Fact]
    public void Many_callers_predict_with_threads_of_their_own()
    {
        Network<float> network = EveryLayer.Create<float>(200);
        float[][] inputs =
            [.. Enumerable.Range(0, 4).Select(i => TestData.Uniform<float>(200, 600, seed: i).AsColumnMajorArray())];
        float[][] expected = [.. inputs.Select(batch => network.Predict(batch))];
        Parallel.For(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            network.Predict(inputs[i % 4], threads: 1 + (i % 3)).AsSpan().SequenceEqual(expected[i % 4])
                .Should().BeTrue());
    }

    [Fact]
    public async Task A_busy_pool_keeps_nobody_waiting()
    {
        using var end = new ManualResetEventSlim();
        ThreadPool.GetMinThreads(out int threads, out _);
        Task[] busy = [.. Enumerable.Range(0, threads + 8).Select(_ => Task.Run(() => end.Wait(_patience)))];
        float[] outputs = [];
        var caller = new Thread(() => outputs = Watch(_ => { }).Predict(new float[Size * 1000], threads: 4));
        caller.Start();
        caller.Join(_patience).Should().BeTrue();
        outputs.Should().HaveCount(Size * 1000);
        busy.Should().NotContain(task => task.IsCompleted, "the pool was busy all the time");
        end.Set();
        await Task.WhenAll(busy);
    }

    [Fact]
    public void The_first_block_that_fails_is_reported_and_the_next_prediction_is_right()
    {
        Network<float> network = Watch(input =>
        {
            if (input[0, 0] > 0)
            {
                throw new FormatException($"{input[0, 0]}");
            }
        });
        float[] inputs = new float[Size * 2000];
        inputs[Size * 500] = 2;
        inputs[Size * 1750] = 7;
        foreach (int threads in _threads)
        {
            for (int i = 0; i < 20; i++)
            {
                network.Invoking(n => n.Predict(inputs, threads)).Should().Throw<FormatException>().WithMessage("2");
            }

            network.Predict(new float[Size * 2000], threads).Should().OnlyContain(output => output == 0);
        }
    }

    [Fact]
    public void A_cancelled_evaluation_ends_after_the_blocks_in_progress()
    {
        foreach (int threads in _threads)
        {
            using var source = new CancellationTokenSource();
            int blocks = 0;
            Network<float> network = Watch(_ =>
            {
                Interlocked.Increment(ref blocks);
                source.Cancel();
            });
            var evaluator = new Evaluator<float>(network, new MeanSquaredError(), threads);
            DataSet<float> data = Zeros(2560);
            evaluator.Invoking(e => e.Evaluate(data, cancellationToken: source.Token))
                .Should().Throw<OperationCanceledException>();
            blocks.Should().BeInRange(1, threads, "of ten blocks");
        }
    }

    // So wide that a block is worth a thread.
    private static Network<float> Watch(WatchedPass pass) =>
        Network.Create<float>(Size, seed: 1).Add(new Watched(Size, pass)).Build();

    private static DataSet<float> Zeros(int samples) =>
        new(Matrix<float>.Build.Dense(Size, samples), Matrix<float>.Build.Dense(Size, samples));
}
