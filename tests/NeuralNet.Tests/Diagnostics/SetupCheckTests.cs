using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Batches;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Diagnostics;

/// <summary>Settings with which nothing can be learned are named before the first step, and nothing else is.</summary>
public sealed class SetupCheckTests
{
    public static TheoryData<IActivation, ILoss, int> Limited { get; } = new()
    {
        { new ReLU(), new SoftmaxCrossEntropy(), 2 },
        { new ReLU(), new SigmoidCrossEntropy(), 1 },
        { new ReLU6(), new SoftmaxCrossEntropy(), 2 },
        { new Softplus(), new SoftmaxCrossEntropy(), 2 },
        { new Tanh(), new SigmoidCrossEntropy(), 1 },
        { new Softsign(), new SoftmaxCrossEntropy(), 2 },
        { new ELU(), new SoftmaxCrossEntropy(), 2 },
        { new GELU(), new SigmoidCrossEntropy(), 1 },
        { new HardTanh(), new SoftmaxCrossEntropy(), 2 },
    };

    [Theory]
    [MemberData(nameof(Limited))]
    public void An_activation_before_a_loss_on_logits_is_named_before_the_first_step(
        IActivation activation, ILoss loss, int outputs)
    {
        Network<float> network = Builder().Dense(8, new Tanh()).Dense(outputs, activation).Build();
        var log = new WarningLog();
        IReadOnlyList<TrainingWarning> warnings = Fit(network, loss, Data(outputs, 640), log: log).Warnings;
        TrainingWarning warning = warnings.Should()
            .ContainSingle(w => w.Kind == TrainingWarningKind.LimitedLogits).Which;
        warning.Layer.Should().Be("dense2");
        warning.Message.Should().Contain($"ends in {activation.Name}").And.Contain(loss.Name)
            .And.Contain("without an activation");
        log.Told[0].Should().Be((0, warning));
        warnings.Should().NotContain(w => w.Message.Contains("learning rate is probably"))
            .And.NotContain(w => w.Kind == TrainingWarningKind.DeadLayer && w.Layer == "dense2");
    }

    [Fact]
    public void Dead_logits_are_not_blamed_on_the_learning_rate()
    {
        Network<float> network = Builder()
            .Dense(8, new Tanh()).Dense(2, new ReLU(), biasInitializer: new Constant(-50)).Build();
        IReadOnlyList<TrainingWarning> warnings = Fit(network, new SoftmaxCrossEntropy(), Data(2, 640)).Warnings;
        warnings.Select(warning => warning.Kind)
            .Should().Equal(TrainingWarningKind.LimitedLogits, TrainingWarningKind.LossNotFalling);
        warnings[1].Message.Should().Contain("the learning rate is not to blame")
            .And.NotContain("LearningRateFinder");
    }

    public static TheoryData<IActivation, ILoss, int> Fitting { get; } = new()
    {
        { new Identity(), new SoftmaxCrossEntropy(), 2 },
        { new LeakyReLU(), new SoftmaxCrossEntropy(), 2 },
        { new HardTanh(-20, 20), new SigmoidCrossEntropy(), 1 },
        { new LogSigmoid(), new MeanSquaredError(), 1 },
        { new Softmax(), new MeanSquaredError(), 2 },
        { new LogSoftmax(), new NegativeLogLikelihood(), 2 },
        { new Sigmoid(), new BinaryCrossEntropy(), 1 },
        { new ReLU(), new MeanSquaredError(), 1 },
        { new Tanh(), new Hinge(), 1 },
        { new ELU(), new SquaredHinge(), 1 },
        { new Identity(), new Hinge(), 1 },
        { new Softplus(), new Poisson(), 1 },
    };

    [Theory]
    [MemberData(nameof(Fitting))]
    public void Activations_that_fit_the_loss_are_left_alone(IActivation activation, ILoss loss, int outputs) =>
        Setup(Builder().Dense(8, new Tanh()).Dense(outputs, activation).Build(), loss).Should().BeEmpty();

    [Fact]
    public void Identities_and_dropouts_after_the_activation_change_nothing()
    {
        foreach (Network<float> network in (Network<float>[])
            [
                Builder().Dense(2, new ReLU()).Activation(new Identity()).Build(),
                Builder().Dense(2, new ReLU()).Dropout(0.2).Build(),
                Builder().Dense(2, new ReLU()).Dropout(0.2).Activation(new Identity()).Build(),
            ])
        {
            Setup(network, new SoftmaxCrossEntropy())
                .Should().ContainSingle(warning => warning.Kind == TrainingWarningKind.LimitedLogits)
                .Which.Layer.Should().Be("dense1");
        }

        Setup(Builder().Dense(1, new Softmax()).Activation(new Identity()).Build(), new MeanSquaredError())
            .Should().ContainSingle().Which.Kind.Should().Be(TrainingWarningKind.SingleProbability);
        var targets = new DataSet<float>(
            Data(1, 64).Inputs.ToMatrix(), Matrix<float>.Build.Dense(1, 64, (_, j) => j % 2 == 0 ? -3 : 3));
        Fit(Builder().Dense(1, new ReLU()).Activation(new Identity()).Build(), new MeanSquaredError(), targets)
            .Warnings.Should().ContainSingle(warning => warning.Kind == TrainingWarningKind.TargetsOutOfRange)
            .Which.Message.Should().Contain("'dense1' ends in ReLU");
    }

    public static TheoryData<IActivation, ILoss> OneSided { get; } = new()
    {
        { new ReLU(), new Hinge() },
        { new ReLU6(), new SquaredHinge() },
        { new Softplus(), new Hinge() },
        { new Sigmoid(), new SquaredHinge() },
        { new LogSigmoid(), new Hinge() },
    };

    [Theory]
    [MemberData(nameof(OneSided))]
    public void Outputs_of_one_sign_before_a_loss_on_margins_are_named(IActivation activation, ILoss loss)
    {
        TrainingWarning warning = Setup(Builder().Dense(1, activation).Build(), loss).Should().ContainSingle().Which;
        warning.Kind.Should().Be(TrainingWarningKind.LimitedLogits);
        warning.Message.Should().Contain($"ends in {activation.Name}").And.Contain(loss.Name).And.Contain("Tanh");
    }

    [Fact]
    public void A_softmax_over_one_output_is_named_whatever_the_loss()
    {
        foreach (ILoss loss in (ILoss[])[new MeanSquaredError(), new BinaryCrossEntropy()])
        {
            TrainingWarning warning = Setup(Builder().Dense(1, new Softmax()).Build(), loss)
                .Should().ContainSingle().Which;
            warning.Kind.Should().Be(TrainingWarningKind.SingleProbability);
            warning.Message.Should().Contain("always 1").And.Contain("Sigmoid");
        }
    }

    [Fact]
    public void Dropout_of_outputs_is_named()
    {
        TrainingWarning warning = Setup(Builder().Dense(1).Dropout(0.2).Build(), new MeanSquaredError())
            .Should().ContainSingle().Which;
        warning.Kind.Should().Be(TrainingWarningKind.DroppedOutputs);
        warning.Layer.Should().Be("dropout1");
        Setup(Builder().Dense(1).Dropout(0).Build(), new MeanSquaredError()).Should().BeEmpty();
        Setup(Builder().Dense(4).Dropout(0.2).Dense(1).Build(), new MeanSquaredError()).Should().BeEmpty();
    }

    [Fact]
    public void A_network_that_is_frozen_throughout_is_named_and_the_learning_rate_is_not_blamed()
    {
        Network<float> network = Builder().Dense(8, new Tanh()).BatchNormalization().Dense(2).Build();
        foreach (var layer in network.Layers)
        {
            layer.Freeze();
        }

        IReadOnlyList<TrainingWarning> warnings = Fit(network, new SoftmaxCrossEntropy(), Data(2, 641)).Warnings;
        TrainingWarning warning = warnings.Should().ContainSingle().Which;
        warning.Kind.Should().Be(TrainingWarningKind.NothingToLearn);
        warning.Message.Should().Contain("All 8 parameters are frozen").And.Contain("Unfreeze");

        // Statistics alone can be brought up to date, and one layer alone be trained.
        network.Parameter("batchNormalization1.runningMean").IsFrozen = false;
        Setup(network, new SoftmaxCrossEntropy()).Should().BeEmpty();
        network.Layers[1].Freeze();
        network.Layers[2].Unfreeze();
        Setup(network, new SoftmaxCrossEntropy()).Should().BeEmpty();
        Setup(Network.Create<float>(2, seed: 1).Activation(new Tanh()).Build(), new MeanSquaredError())
            .Should().ContainSingle().Which.Message.Should().Contain("no parameters");
    }

    [Fact]
    public void A_learning_rate_of_0_is_named()
    {
        Network<float> network = Builder().Dense(2).Build();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam()) { LearningRateFactor = 0 };
        IReadOnlyList<TrainingWarning> warnings =
            trainer.Fit(Data(2, 640), new() { Epochs = 1, BatchSize = 16 }).Warnings;
        warnings.Select(warning => warning.Kind)
            .Should().Equal(TrainingWarningKind.ZeroLearningRate, TrainingWarningKind.LossNotFalling);
        warnings[1].Message.Should().Contain("The other warnings say why").And.NotContain("too low");
    }

    [Fact]
    public void Weights_that_are_all_0_are_not_blamed_on_the_learning_rate()
    {
        DataSet<float> data = Data(2, 640).WithWeights(new float[640]);
        Fit(Builder().Dense(8, new Tanh()).Dense(2).Build(), new SoftmaxCrossEntropy(), data).Warnings
            .Should().ContainSingle().Which.Message.Should().Contain("weights of samples and classes")
            .And.NotContain("learning rate");
    }

    [Theory]
    [InlineData(40, 1, "Every batch has one sample")]
    [InlineData(1, 16, "Every batch has one sample")]
    [InlineData(33, 16, "The last batch of every epoch has one sample")]
    [InlineData(32, 16, null)]
    [InlineData(34, 16, null)]
    [InlineData(2, 16, null)]
    public void Batch_normalization_of_one_sample_is_named_before_the_first_step(
        int samples, int batchSize, string? expected)
    {
        foreach (Network<float> network in (Network<float>[])
            [
                Builder().Dense(4).BatchNormalization().Dense(2).Build(),
                Builder().Dense(4).Residual(block => block.BatchNormalization().Dense(4)).Dense(2).Build(),
            ])
        {
            var log = new WarningLog();
            new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam()).Fit(
                Data(2, samples), new() { Epochs = 1, BatchSize = batchSize, Callbacks = [log] });
            log.Told.Where(told => told.Warning.Kind == TrainingWarningKind.SingleSampleBatches)
                .Select(told => told.Batch).Should().Equal(expected is null ? [] : [0]);
            if (expected is not null)
            {
                log.Told[0].Warning.Message.Should().StartWith(expected).And.Contain("BatchSize");
                log.Told[0].Warning.Layer.Should().EndWith("batchNormalization1");
            }
        }
    }

    [Fact]
    public void Batches_of_one_sample_do_no_harm_to_other_layers_frozen_statistics_or_images()
    {
        foreach (Network<float> network in (Network<float>[])
            [
                Builder().Dense(4).LayerNormalization().Dense(2).Build(),
                Network.Create<float>(new FeatureShape(2, 2, 1), seed: 1).BatchNormalization().Dense(2).Build(),
                FrozenStatistics(),
            ])
        {
            new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam())
                .Fit(Data(2, 33), new() { Epochs = 1, BatchSize = 16 }).Warnings
                .Should().NotContain(warning => warning.Kind == TrainingWarningKind.SingleSampleBatches);
        }
    }

    [Fact]
    public void A_run_that_ends_before_the_last_batch_does_not_meet_it()
    {
        Network<float> network = Builder().Dense(4).BatchNormalization().Dense(2).Build();
        foreach ((int steps, int count) in ((int, int)[])[(2, 0), (3, 1), (4, 1)])
        {
            new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam())
                .Fit(Data(2, 33), new() { Steps = steps, BatchSize = 16 }).Warnings
                .Count(warning => warning.Kind == TrainingWarningKind.SingleSampleBatches).Should().Be(count);
        }
    }

    [Fact]
    public void A_stream_is_told_at_the_batch_of_one_sample()
    {
        Network<float> network = Builder().Dense(4).BatchNormalization().Dense(2).Build();
        var log = new WarningLog();
        new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam()).Fit(
            Stream(_ => [16, 1, 16, 1]), new() { Epochs = 1, Callbacks = [log] });
        (int batch, TrainingWarning warning) = log.Told
            .Should().ContainSingle(told => told.Warning.Kind == TrainingWarningKind.SingleSampleBatches).Which;
        batch.Should().Be(2);
        warning.Message.Should().StartWith("Batch 2 of the source has one sample");
    }

    [Theory]
    [InlineData(3, 3, null)]
    [InlineData(null, 3, null)]
    [InlineData(4, 3, "announced 4 batches per epoch, but gave 3 in epoch 1")]
    [InlineData(2, 3, "announced 2 batches per epoch, but has more in epoch 3")]
    [InlineData(1, 5, "announced 1 batch per epoch, but has more in epoch 3")]
    public void A_stream_that_gives_another_number_of_batches_than_it_announced_is_named(
        int? announced, int given, string? expected)
    {
        IReadOnlyList<TrainingWarning> warnings = new Trainer<float>(
            Builder().Dense(2).Build(), new SoftmaxCrossEntropy(), new Adam())
            .Fit(Stream(_ => [.. Enumerable.Repeat(16, given)], announced), new() { Epochs = 3 }).Warnings;
        IEnumerable<TrainingWarning> found =
            warnings.Where(warning => warning.Kind == TrainingWarningKind.OtherBatchCount);
        if (expected is null)
        {
            found.Should().BeEmpty();
        }
        else
        {
            found.Should().ContainSingle().Which.Message.Should().Contain(expected).And.Contain("Announce");
        }
    }

    [Fact]
    public void A_later_epoch_that_is_shorter_is_named_too_but_not_a_cancelled_one()
    {
        var trainer = new Trainer<float>(Builder().Dense(2).Build(), new SoftmaxCrossEntropy(), new Adam());
        trainer.Fit(Stream(epoch => epoch == 2 ? [16] : [16, 16], announced: 2), new() { Epochs = 3 }).Warnings
            .Should().ContainSingle(warning => warning.Kind == TrainingWarningKind.OtherBatchCount)
            .Which.Message.Should().Contain("gave 1 in epoch 2");
        trainer.Fit(Stream(_ => [16, 16, 16], announced: 3), new() { Steps = 2 }).Warnings
            .Should().NotContain(warning => warning.Kind == TrainingWarningKind.OtherBatchCount);
    }

    private static NetworkBuilder<float> Builder() => Network.Create<float>(4, seed: 1);

    private static Network<float> FrozenStatistics()
    {
        Network<float> network = Builder().Dense(4).BatchNormalization().Dense(2).Build();
        network.Layers[1].Freeze();
        return network;
    }

    private static DataSet<float> Data(int outputs, int count)
    {
        Matrix<float> inputs = TestData.Uniform<float>(4, count, seed: 2);
        int[] labels = [.. Enumerable.Range(0, count).Select(j => inputs[0, j] > inputs[1, j] ? 1 : 0)];
        return outputs == 1
            ? new(inputs, Matrix<float>.Build.Dense(1, count, (_, j) => labels[j]))
            : DataSet.FromLabels(inputs, labels, outputs);
    }

    private static IBatchSource<float> Stream(Func<int, int[]> sizes, int? announced = null) =>
        BatchSource.From(
            epoch => sizes(epoch).Select(size =>
            {
                DataSet<float> data = Data(2, size);
                return new Batch<float>(data.Inputs.ToMatrix(), data.Targets.ToMatrix());
            }),
            announced);

    private static TrainingHistory Fit(
        Network<float> network, ILoss loss, DataSet<float> data, WarningLog? log = null) =>
        new Trainer<float>(network, loss, new Adam()).Fit(
            data, new() { Epochs = 1, BatchSize = 16, Callbacks = log is null ? [] : [log] });

    private static List<TrainingWarning> Setup(Network<float> network, ILoss loss) =>
        [.. SetupCheck.Check(network, loss, learningRateFactor: 1)];
}
