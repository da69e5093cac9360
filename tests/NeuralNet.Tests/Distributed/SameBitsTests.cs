using System.Globalization;
using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Batches;
using NeuralNet.Callbacks;
using NeuralNet.Data;
using NeuralNet.Distributed;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Regularization;
using NeuralNet.Schedules;
using NeuralNet.Training;

namespace NeuralNet.Tests.Distributed;

/// <summary>A training gives the same bits with any number of workers; the number of shards decides.</summary>
public sealed class SameBitsTests
{
    private const int Samples = 53;

    [Theory]
    [InlineData(8, 1)]
    [InlineData(8, 2)]
    [InlineData(8, 3)]
    [InlineData(8, 4)]
    [InlineData(8, 8)]
    [InlineData(5, 3)]
    [InlineData(3, 2)]
    public void Any_number_of_workers_gives_the_bits_of_one(int shards, int count)
    {
        string alone = Train<double>(Workers.Alone(shards));
        ThreadWorkers.Run(count, shards, Train<double>).Should().OnlyContain(run => run == alone);
        string single = Train<float>(Workers.Alone(shards));
        ThreadWorkers.Run(count, shards, Train<float>).Should().OnlyContain(run => run == single);
        alone.Should().NotBe(Train<double>(Workers.Alone(shards + 1)), "the number of shards counts");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void A_batch_may_have_fewer_samples_than_shards(int count)
    {
        // Of the last batch of an epoch there are 2 samples, and most workers have none of them.
        string alone = Small(Workers.Alone(8));
        ThreadWorkers.Run(count, 8, Small).Should().OnlyContain(run => run == alone);

        static string Small(IWorkers workers)
        {
            DataSet<float> data = Data<float>();
            Trainer<float> trainer = MakeTrainer<float>(workers);
            DataSet<float> training = data.Select([.. Enumerable.Range(0, 50)]);
            TrainingHistory history =
                trainer.Fit(training, new() { Epochs = 2, BatchSize = 12, Validation = data });
            return Text(trainer, history);
        }
    }

    [Fact]
    public void One_shard_is_a_training_without_workers() =>
        Train<double>(Workers.Alone(1)).Should().Be(Train<double>(null));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Shards_only_round_differently(int accumulationSteps)
    {
        // Without batch normalization, dropout and variation, which are each shard's own.
        double[] whole = Plain(null);
        ThreadWorkers.Run(3, 7, Plain).Should().AllSatisfy(run =>
        {
            for (int i = 0; i < run.Length; i++)
            {
                run[i].Should().BeApproximately(whole[i], 1e-12);
            }
        });

        double[] Plain(IWorkers? workers)
        {
            Network<double> network = Network.Create<double>(4, seed: 1)
                .Dense(6, new Tanh(), weightPenalty: new L2Penalty(0.01)).Dense(3).Build();
            var trainer = new Trainer<double>(
                network, new MeanSquaredError(), new Adam(0.01), threads: 1, workers: workers);
            var data = new DataSet<double>(
                TestData.Uniform<double>(4, Samples, seed: 2), TestData.Uniform<double>(3, Samples, seed: 3));
            trainer.Fit(data, new()
            {
                Epochs = 3,
                BatchSize = 12,
                AccumulationSteps = accumulationSteps,
                GradientClipping = new ClipByGlobalNorm(0.5),
            });
            return [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        }
    }

    [Fact]
    public void A_stream_gives_the_bits_of_one_worker()
    {
        string alone = TrainOnStream(Workers.Alone(4));
        ThreadWorkers.Run(3, 4, TrainOnStream).Should().OnlyContain(run => run == alone);

        static string TrainOnStream(IWorkers workers)
        {
            DataSet<double> data = Data<double>();
            IBatchSource<double> source = BatchSource.From(epoch => Enumerable.Range(0, 6).Select(i =>
            {
                DataSet<double> part = data.Select([.. Enumerable.Range(0, 7).Select(j => ((i * 7) + j + epoch) % 50)]);
                return new Batch<double>(part.Inputs.ToMatrix(), part.Targets.ToMatrix(), part.Weights.ToArray());
            }), batchesPerEpoch: 6);
            Trainer<double> trainer = MakeTrainer<double>(workers);
            TrainingHistory history = trainer.Fit(source, Options(data));
            return Text(trainer, history);
        }
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(3, 5)]
    [InlineData(8, 8)]
    public void A_stream_that_is_read_by_share_gives_the_bits_of_one_that_is_read_as_a_whole(int count, int shards)
    {
        (string alone, int all) = TrainOnStream(Workers.Alone(shards));
        (string Run, int Read)[] shared = ThreadWorkers.Run(count, shards, TrainOnStream);
        shared.Should().OnlyContain(worker => worker.Run == alone);

        // The last batch has 6 samples: of 8 workers, two compute none of it, and are given all.
        int epochs = all / 50;
        shared.Sum(worker => worker.Read).Should().Be(all + (count == 8 ? epochs * 2 * 6 : 0));

        static (string Run, int Read) TrainOnStream(IWorkers workers)
        {
            DataSet<double> data = Data<double>();
            int read = 0;
            IBatchSource<double> source = BatchSource.FromShares(
                (_, share) => Enumerable.Range(0, 50).Chunk(11).Select(batch =>
                {
                    DataSet<double> part = data.Select(share.Of(batch));
                    read += part.Count;
                    return new Batch<double>(
                        part.Inputs.ToMatrix(), part.Targets.ToMatrix(), part.Weights.ToArray(), batch.Length);
                }),
                batchesPerEpoch: 5);
            Trainer<double> trainer = MakeTrainer<double>(workers);
            TrainingHistory history = trainer.Fit(source, Options(data));
            return (Text(trainer, history), read);
        }
    }

    [Fact]
    public void Another_share_than_the_workers_is_refused()
    {
        Action train = () => ThreadWorkers.Run(2, 4, workers =>
        {
            DataSet<double> data = Data<double>();
            var batch = new Batch<double>(data.Inputs.ToMatrix(), data.Targets.ToMatrix(), wholeCount: 120);
            IBatchSource<double> source = BatchSource.From(_ => Enumerable.Repeat(batch, 1), batchesPerEpoch: 1);
            return MakeTrainer<double>(workers).Fit(source, Options(data));
        });
        train.Should().Throw<InvalidOperationException>().WithMessage(
            "Batch 1 of epoch 1 has 53 samples of 120, but this worker computes 60 of them, as BatchShare.Of says. "
            + "Give those, or the whole batch.");
    }

    [Fact]
    public void Steps_and_evaluations_by_hand_give_the_bits_of_one_worker()
    {
        string alone = Step(Workers.Alone(4));
        ThreadWorkers.Run(2, 4, Step).Should().OnlyContain(run => run == alone);

        static string Step(IWorkers workers)
        {
            DataSet<double> data = Data<double>();
            Trainer<double> trainer = MakeTrainer<double>(workers);
            double loss = 0;
            for (int i = 0; i < 3; i++)
            {
                loss += trainer.Step(data.Inputs, data.Targets, data.Weights, new ClipByValue(0.1));
            }

            return $"{loss:R} {trainer.Evaluate(data).Loss:R}";
        }
    }

    private static string Train<T>(IWorkers? workers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Trainer<T> trainer = MakeTrainer<T>(workers);
        DataSet<T> data = Data<T>();
        TrainingHistory history = trainer.Fit(data, Options(data));
        return Text(trainer, history);
    }

    private static Trainer<T> MakeTrainer<T>(IWorkers? workers)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(
            Network.Create<T>(new FeatureShape(5, 5, 2), seed: 1)
                .Convolution(4, kernelSize: 3, activation: new ReLU(), weightPenalty: new L2Penalty(1e-3))
                .BatchNormalization().Dropout(0.3).Dense(6, new Tanh()).Dense(3).Build(),
            new SoftmaxCrossEntropy(),
            new Adam(0.01),
            threads: 1 + ((workers?.Rank ?? 0) % 3),
            workers: workers);

    private static DataSet<T> Data<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new DataSet<T>(
            TestData.Uniform<T>(50, Samples, seed: 2),
            OneHot.Encode<T>([.. Enumerable.Range(0, Samples).Select(i => i * i % 3)], 3))
            .WithWeights([.. Enumerable.Range(0, Samples).Select(i => T.CreateChecked(0.5 + (i % 4)))]);

    // 53 samples in batches of 15: the last has 8, and of 8 shards some have one sample and some two.
    private static FitOptions<T> Options<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> => new()
        {
            Epochs = 6,
            BatchSize = 15,
            AccumulationSteps = 2,
            GradientClipping = new ClipByGlobalNorm(0.5),
            Augmentation = new AugmentationSequence(
            new ImageAugmentation(new FeatureShape(5, 5, 2)) { MaxRotation = 10 }, new Mixup(0.2)),
            ClassWeights = [1, 2, 0.5],
            Validation = data,
            Metrics = [new Accuracy(), new F1Score(Averaging.Macro).Weighted()],
            Schedule = new CosineDecay(),
            Callbacks =
        [
            new EarlyStopping<T>(patience: 2),
            new ReduceOnPlateau<T>(patience: 1),
            new ExponentialMovingAverage<T>(0.9),
        ],
        };

    private static string Text<T>(Trainer<T> trainer, TrainingHistory history)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        string.Join(' ', history.Epochs.SelectMany(epoch => (IEnumerable<double>)
            [
                epoch.Loss, epoch.Samples, epoch.LearningRate, epoch.Validation!.Loss,
                .. epoch.Metrics.Values, .. epoch.Validation.Metrics.Values,
            ]).Select(figure => figure.ToString("R", CultureInfo.InvariantCulture)))
        + $" {history.Outcome} {trainer.State.Fingerprint()}";
}
