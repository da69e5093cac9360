using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

/// <summary>
/// Nothing is allocated once everything is warm, on any thread. Other threads than the caller's are counted only with
/// the whole process, so these tests run alone; the test host's own threads may still disturb a count, but not every
/// one of several, each of a single step.
/// </summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    private const int Tries = 20;

    public static TheoryData<IOptimizer, int> Trainings { get; } = new()
    {
        { new Sgd(0.001), 1 },
        { new Sgd(0.001), 2 },
        { new Sgd(0.001, momentum: 0.9), 4 },
        { new Adam(), 1 },
        { new Adam(), 2 },
        { new Adam(), 4 },
    };

    [Theory]
    [MemberData(nameof(Trainings))]
    public void A_training_step_allocates_nothing(IOptimizer optimizer, int threads)
    {
        Network<float> network = Network.Create<float>(600, seed: 1).Dense(480, new ReLU()).Dense(128, new Tanh())
            .Dense(10).Build();
        Matrix<float> inputs = TestData.Uniform<float>(600, 64, seed: 2);
        Matrix<float> targets = OneHot.Encode<float>(Enumerable.Range(0, 64).Select(i => i % 10).ToArray(), 10);
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), optimizer, threads: threads);
        AssertAllocatesNothing(() => trainer.Step(inputs, targets));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_training_step_with_groups_decay_and_penalty_allocates_nothing(int threads)
    {
        Network<float> network = Network.Create<float>(600, seed: 1).Dense(480, new ReLU()).Dense(10).Build();
        Matrix<float> inputs = TestData.Uniform<float>(600, 64, seed: 2);
        Matrix<float> targets = OneHot.Encode<float>(Enumerable.Range(0, 64).Select(i => i % 10).ToArray(), 10);
        var trainer = new Trainer<float>(
            network, new SoftmaxCrossEntropy(), new AdamW(weightDecay: 0.01), threads: threads)
        {
            ParameterGroups =
            [
                new("dense1.weights") { LearningRateFactor = 0.1, L2Penalty = 0.1 },
                new("*") { OnlyVectors = true, WeightDecay = 0 },
            ],
        };
        AssertAllocatesNothing(() => trainer.Step(inputs, targets));
    }

    [Fact]
    public void A_step_with_given_gradients_allocates_nothing()
    {
        Network<float> network = EveryLayer.Create<float>(200);
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam());
        Gradients<float> gradients = Gradients.For(network);
        var clipping = new ClipByGlobalNorm(1);
        AssertAllocatesNothing(() => trainer.Step(gradients, clipping));
    }

    [Fact]
    public void A_step_of_several_batches_allocates_nothing()
    {
        Network<float> network = EveryLayer.Create<float>(200);
        Matrix<float> inputs = TestData.Uniform<float>(200, 64, seed: 2);
        Matrix<float> targets = OneHot.Encode<float>(Enumerable.Range(0, 64).Select(i => i % 10).ToArray(), 10);
        var stepper = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam()).Stepper;
        AssertAllocatesNothing(() =>
        {
            var batch = new StepBatch<float>(inputs, targets, default);
            stepper.Accumulate(batch, isWholeStep: false);
            stepper.Accumulate(batch, isWholeStep: false);
            stepper.Update(0.001, null, batch);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_training_step_through_every_kind_of_layer_allocates_nothing(int threads)
    {
        Network<float> network = EveryLayer.Create<float>(200);
        Matrix<float> inputs = TestData.Uniform<float>(200, 64, seed: 2);
        Matrix<float> targets = OneHot.Encode<float>(Enumerable.Range(0, 64).Select(i => i % 10).ToArray(), 10);
        float[] sampleWeights = Enumerable.Repeat(0.5f, 64).ToArray();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(), threads: threads);
        AssertAllocatesNothing(() => trainer.Step(inputs, targets, sampleWeights));
        float[] outputs = new float[10 * 64];
        AssertAllocatesNothing(() => network.Predict(inputs.AsColumnMajorArray(), outputs));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(300)]
    public void A_prediction_from_span_to_span_allocates_nothing(int samples)
    {
        Network<double> network = Network.Create<double>(50, seed: 1).Dense(40, new LeakyReLU())
            .Dense(30, new Softmax()).Dense(3, new Sigmoid()).Build();
        double[] inputs = TestData.Uniform<double>(50, samples, seed: 2).AsColumnMajorArray();
        double[] outputs = new double[3 * samples];
        AssertAllocatesNothing(() => network.Predict(inputs, outputs));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(64, 2)]
    [InlineData(64, 4)]
    [InlineData(300, 2)]
    [InlineData(300, 4)]
    public void A_prediction_on_several_threads_allocates_nothing(int samples, int threads)
    {
        // Not so many samples that, without vectors, the pool takes long work for starvation and makes a thread.
        Network<float> network = EveryLayer.Create<float>(400);
        float[] inputs = TestData.Uniform<float>(400, samples, seed: 2).AsColumnMajorArray();
        float[] outputs = new float[10 * samples];
        AssertAllocatesNothing(() => network.Predict(inputs, outputs, threads));
        Pipeline<float> pipeline = Pipeline.Create(
            network, Standardization.Fit(TestData.Uniform<float>(400, 30, seed: 3)));
        AssertAllocatesNothing(() => pipeline.Predict(inputs, outputs, threads));
    }

    private static void AssertAllocatesNothing(Action action)
    {
        Allocations.WhenWarm(() =>
        {
            for (int step = 0; step < 20; step++)
            {
                action();
            }
        }).Should().Be(0, "twenty in a row take nothing from the caller's thread");

        long least = long.MaxValue;
        for (int i = 0; i < Tries && least > 0; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            action();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        least.Should().Be(0, "no other thread may allocate for a step either");
    }
}
