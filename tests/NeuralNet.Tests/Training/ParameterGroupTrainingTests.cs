using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Tests.Checkpoints;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

/// <summary>Parameter groups of a trainer: what they reach, what is refused, and checkpoints.</summary>
public sealed class ParameterGroupTrainingTests : IDisposable
{
    private static readonly ParameterGroup[] _groups =
    [
        new("dense1") { LearningRateFactor = 0.1 },
        new("*") { OnlyVectors = true, WeightDecay = 0 },
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("groups-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_step_by_hand_has_the_settings_of_the_groups()
    {
        Network<double> network = MakeNetwork<double>();
        var trainer = new Trainer<double>(network, new MeanSquaredError(), new Sgd(0.5, weightDecay: 0.1))
        {
            ParameterGroups = [new("dense1.weights") { LearningRateFactor = 0.2 }, new("dense1") { WeightDecay = 0 }],
        };
        Dictionary<string, double[]> before = network.Parameters.ToDictionary(p => p.Name, p => p.Values.ToArray());
        Gradients<double> gradients = Gradients.For(network);
        foreach (Parameter<double> parameter in network.Parameters)
        {
            gradients.Values(parameter).Fill(parameter.IsStatistic ? 0 : 1);
        }

        trainer.Step(gradients);
        Require("dense1.weights", value => value - (0.1 * 0.1 * value) - 0.1);
        Require("dense1.biases", value => value - 0.5);
        Require("batchNormalization1.gamma", value => value - (0.5 * 0.1 * value) - 0.5);
        Require("dense2.weights", value => value - (0.5 * 0.1 * value) - 0.5);

        void Require(string name, Func<double, double> step) =>
            network.Parameter(name).Values.ToArray().Zip(before[name].Select(step))
                .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-15, name);
    }

    [Fact]
    public void A_rate_of_zero_and_what_is_frozen_stay()
    {
        Network<float> network = MakeNetwork<float>();
        network.Parameter("dense2.biases").IsFrozen = true;
        var trainer = new Trainer<float>(network, new MeanSquaredError(), new AdamW(0.1, weightDecay: 1))
        {
            ParameterGroups = [new("dense1") { LearningRateFactor = 0 }, new("dense2.biases") { WeightDecay = 2 }],
        };
        float[][] before = [.. network.Parameters.Select(parameter => parameter.Values.ToArray())];
        trainer.Step(TestData.Uniform<float>(4, 8, seed: 2), TestData.Uniform<float>(3, 8, seed: 3));
        network.Parameters.Where(parameter => parameter.Values.SequenceEqual(before[parameter.Index]))
            .Select(parameter => parameter.Name)
            .Should().Equal("dense1.weights", "dense1.biases", "dense2.biases");
    }

    [Fact]
    public void Groups_that_change_nothing_change_no_bit()
    {
        float[] Run(params ParameterGroup[] groups)
        {
            Trainer<float> trainer = MakeTrainer<float>(1, groups);
            trainer.Fit(
                new DataSet<float>(TestData.Uniform<float>(4, 50, seed: 2), TestData.Uniform<float>(3, 50, seed: 3)),
                new() { Epochs = 2, BatchSize = 10 });
            return ResumeTests.Parameters(trainer.Network);
        }

        Run(new ParameterGroup("dense2"), new("*") { WeightDecay = 0.05, L2Penalty = 0, LearningRateFactor = 1 })
            .Should().Equal(Run());
        Run(_groups).Should().NotEqual(Run());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Not_a_bit_depends_on_the_number_of_threads(int threads)
    {
        float[] Run(int threads)
        {
            Network<float> network = Network.Create<float>(600, seed: 1).Dense(480, new ReLU()).Dense(10).Build();
            var trainer = new Trainer<float>(
                network, new MeanSquaredError(), new AdamW(0.01, weightDecay: 0.1), threads: threads)
            {
                ParameterGroups = [new("dense1.weights") { LearningRateFactor = 0.3, L2Penalty = 0.2 }],
            };
            for (int step = 0; step < 3; step++)
            {
                trainer.Step(TestData.Uniform<float>(600, 16, seed: step), TestData.Uniform<float>(10, 16, seed: 9));
            }

            return ResumeTests.Parameters(network);
        }

        Run(threads).Should().Equal(Run(1));
    }

    [Fact]
    public void The_table_of_an_embedding_decays_where_its_group_says_so_and_is_skipped_where_not()
    {
        Network<float> network = Network.Create<float>(1, seed: 3).Embedding(50, 3).Dense(1).Build();
        Matrix<float> one = Matrix<float>.Build.Dense(1, 1, 7);
        Matrix<float> target = Matrix<float>.Build.Dense(1, 1, 1);
        float[] before = network.Parameters[0].Values.ToArray();
        Trainer<float> Make(double decay) => new(network, new MeanSquaredError(), new Sgd(0.1, weightDecay: 0.5))
        {
            ParameterGroups = [new("embedding1") { WeightDecay = decay }],
        };

        Make(0).Step(one, target);
        network.Parameters[0].Values.ToArray().Where((value, i) => value != before[i]).Should().HaveCount(3);
        Make(0.2).Step(one, target);
        network.Parameters[0].Values.ToArray().Where((value, i) => value != before[i]).Should().HaveCount(150);
    }

    [Theory]
    [InlineData("dnse1", "names 'dnse1', but no parameter and no layer*there are dense1,*Did you mean 'dense1'?")]
    [InlineData("dense9.weights", "names 'dense9.weights', but no parameter and no layer*")]
    [InlineData("*.runningMean", "names '*.runningMean', but these are running statistics*")]
    public void A_name_that_matches_nothing_is_refused(string name, string message) =>
        FluentActions.Invoking(() => MakeTrainer<float>(1, new ParameterGroup("dense1", name) { WeightDecay = 0 }))
            .Should().Throw<ArgumentException>().WithParameterName("ParameterGroups")
            .WithMessage($"The parameter group 'dense1, {name}: weight decay 0' {message}*");

    [Fact]
    public void Groups_without_an_effect_are_refused()
    {
        FluentActions.Invoking(() => MakeTrainer<float>(1, new("*"), new("dense1") { LearningRateFactor = 0.1 }))
            .Should().Throw<ArgumentException>().WithParameterName("ParameterGroups")
            .WithMessage("The parameter group 'dense1: learning rate × 0.1' has no effect: all its parameters belong*");
        FluentActions.Invoking(() => MakeTrainer<float>(1, new ParameterGroup("dense1.weights") { OnlyVectors = true }))
            .Should().Throw<ArgumentException>().WithMessage("*there is no parameter of one dimension*OnlyVectors*");
        FluentActions.Invoking(() => MakeTrainer<float>(1, [null!])).Should().Throw<ArgumentNullException>()
            .WithParameterName("ParameterGroups");
        FluentActions.Invoking(() => MakeTrainer<float>(1, null!)).Should().Throw<ArgumentNullException>()
            .WithParameterName("ParameterGroups");
    }

    [Fact]
    public void A_trainer_says_what_its_groups_are()
    {
        MakeTrainer<float>(1).ToString().Should().EndWith("; 0 steps");
        MakeTrainer<float>(1, _groups).ToString().Should().EndWith(
            "; 0 steps\n"
            + "  dense1: learning rate × 0.1 (dense1.weights, dense1.biases)\n"
            + "  * (only vectors): weight decay 0 "
            + "(batchNormalization1.gamma, batchNormalization1.beta, dense2.biases)");
    }

    [Fact]
    public void A_run_goes_on_with_the_same_groups_only_and_a_new_one_may_have_others()
    {
        Trainer<double> whole = MakeTrainer<double>(1, _groups);
        whole.Fit(Data(), new() { Epochs = 3, BatchSize = 10 });
        using (var cancel = new CancellationTokenSource())
        {
            MakeTrainer<double>(2, _groups).Fit(
                Data(),
                new()
                {
                    Epochs = 3,
                    BatchSize = 10,
                    Callbacks =
                        [new Checkpointing<double>(_folder), new ResumeTests.StopAfter<double>(3, cancel)],
                },
                cancel.Token);
        }

        MakeTrainer<double>(1, _groups[0]).Invoking(trainer => trainer.Resume(_folder))
            .Should().Throw<CheckpointMismatchException>().WithMessage(
                "*parameter groups: dense1: learning rate × 0.1; * (only vectors): weight decay 0 in the checkpoint, "
                + "dense1: learning rate × 0.1 here*trainer.StartFrom*");
        MakeTrainer<double>(1).Invoking(trainer => trainer.Resume(_folder))
            .Should().Throw<CheckpointMismatchException>().WithMessage("*parameter groups: * not set here*");
        MakeTrainer<double>(1, _groups[1]).StartFrom(_folder).Should().NotBeNull();

        Trainer<double> resumed = MakeTrainer<double>(1, _groups);
        resumed.Resume(_folder).Should().NotBeNull();
        resumed.Fit(Data(), new() { Epochs = 3, BatchSize = 10 });
        ResumeTests.Parameters(resumed.Network).Should().Equal(ResumeTests.Parameters(whole.Network));
    }

    private static DataSet<double> Data() => new(
        TestData.Uniform<double>(4, 50, seed: 2), TestData.Uniform<double>(3, 50, seed: 3));

    private static Network<T> MakeNetwork<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Network.Create<T>(4, seed: 1).Dense(4, new Tanh()).BatchNormalization().Dense(3).Build();

    private static Trainer<T> MakeTrainer<T>(int threads, params ParameterGroup[] groups)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(MakeNetwork<T>(), new MeanSquaredError(), new AdamW(0.01, weightDecay: 0.05), threads: threads)
        {
            ParameterGroups = groups,
        };
}
