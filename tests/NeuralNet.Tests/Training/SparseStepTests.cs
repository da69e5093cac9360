using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Data;
using NeuralNet.Kernels;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Tests.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

/// <summary>
/// Steps that look at the categories of a batch alone change the same bits as those that look at all.
/// </summary>
public sealed class SparseStepTests
{
    private const int Categories = 50;

    public static TheoryData<string> Optimizers { get; } = new(OptimizerCatalogue.All.Keys);

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Steps_are_those_over_the_whole_table(string name)
    {
        IOptimizer optimizer = OptimizerCatalogue.All[name];
        Network<float> sparse = Network();
        Network<float> dense = Network();
        var trainer = new Trainer<float>(sparse, new MeanSquaredError(), optimizer);
        var denseTrainer = new Trainer<float>(dense, new MeanSquaredError(), optimizer);
        var engine = new BackpropagationEngine<float>(dense, new MeanSquaredError());
        Gradients<float> gradients = Gradients.For(dense);
        for (int step = 0; step < 6; step++)
        {
            (Matrix<float> inputs, Matrix<float> targets) = Batch(step);
            engine.Compute(inputs, targets, gradients);
            _ = gradients["embedding1.weights"];
            denseTrainer.Step(gradients);
            trainer.Step(inputs, targets);
            RequireSame(sparse, dense, $"{name}, step {step}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Accumulated_and_clipped_steps_are_too(bool clips)
    {
        IGradientClipping? clipping = clips ? new ClipByGlobalNorm(0.01) : null;
        Matrix<float> inputs = Batch(1).Inputs.Append(Batch(2).Inputs).Append(Batch(3).Inputs);
        Matrix<float> targets = Batch(1).Targets.Append(Batch(2).Targets).Append(Batch(3).Targets);
        Network<float> accumulated = Network();
        new Trainer<float>(accumulated, new MeanSquaredError(), new Sgd(0.5)).Fit(
            new DataSet<float>(inputs, targets),
            new FitOptions<float>
            {
                Epochs = 3,
                BatchSize = 4,
                AccumulationSteps = 3,
                Shuffle = false,
                GradientClipping = clipping,
            });
        Network<float> whole = Network();
        new Trainer<float>(whole, new MeanSquaredError(), new Sgd(0.5)).Fit(
            new DataSet<float>(inputs, targets),
            new FitOptions<float> { Epochs = 3, BatchSize = 12, Shuffle = false, GradientClipping = clipping });
        (accumulated.Parameters[0].Value - whole.Parameters[0].Value).InfinityNorm().Should().BeLessThan(1e-6);
        (accumulated.Parameters[0].Value - Network().Parameters[0].Value).InfinityNorm().Should().BeGreaterThan(1e-4);
    }

    [Fact]
    public void Gradients_of_several_batches_are_added_scaled_and_cleared()
    {
        Network<float> network = Network();
        var engine = new BackpropagationEngine<float>(network, new MeanSquaredError());
        Gradients<float> sum = Gradients.For(network);
        Gradients<float> one = Gradients.For(network);
        float[] expected = new float[network.Parameters[0].Count];
        for (int step = 0; step < 3; step++)
        {
            (Matrix<float> inputs, Matrix<float> targets) = Batch(step);
            engine.Compute(inputs, targets, one);
            sum.Add(one);
            Gradients<float> shown = Gradients.For(network);
            engine.Compute(inputs, targets, shown);
            for (int i = 0; i < expected.Length; i++)
            {
                expected[i] += shown.Values(network.Parameters[0])[i];
            }
        }

        sum.Scale(2);
        sum.Values(network.Parameters[0]).ToArray().Should().Equal(expected.Select(value => 2 * value));
        sum.Clear();
        sum.Values(network.Parameters[0]).ToArray().Should().OnlyContain(value => value == 0);
    }

    [Fact]
    public void What_a_caller_writes_anywhere_is_applied()
    {
        Network<float> network = Network();
        var engine = new BackpropagationEngine<float>(network, new MeanSquaredError());
        Gradients<float> gradients = Gradients.For(network);
        Matrix<float> kept = gradients[network.Parameters[0]];
        (Matrix<float> inputs, Matrix<float> targets) = Batch(0);
        engine.Compute(inputs, targets, gradients);
        int absent = Enumerable.Range(0, Categories).First(k => !inputs.Enumerate().Contains(k));
        kept[0, absent] = 3;
        float before = network.Parameters[0].Value[0, absent];
        new Trainer<float>(network, new MeanSquaredError(), new Sgd(0.5)).Step(gradients);
        network.Parameters[0].Value[0, absent].Should().Be(before - (0.5f * 3));
    }

    [Fact]
    public void A_gradient_that_is_not_finite_is_found_in_a_column()
    {
        Network<float> network = Network();
        Gradients<float> gradients = Gradients.For(network);
        gradients.Columns[0]!.Add(7);
        gradients.Arrays[0][(7 * 3) + 2] = float.NaN;
        gradients.AreFinite(ForkJoin.Alone).Should().BeFalse();
        gradients.AreFinite(new ForkJoin(3, productsWorthAPart: 1)).Should().BeFalse();
        gradients.Clear();
        gradients.AreFinite(ForkJoin.Alone).Should().BeTrue();
        gradients.Arrays[0].Should().OnlyContain(value => value == 0);
    }

    private static Network<float> Network() => NeuralNet.Networks.Network.Create<float>(2, seed: 3)
        .Embedding(Categories, 3).Dense(4, new Tanh()).Dense(1).Build();

    private static (Matrix<float> Inputs, Matrix<float> Targets) Batch(int step) => (
        Matrix<float>.Build.Dense(2, 4, (i, j) => ((step * 17) + (i * 5) + (j * 23)) % Categories),
        TestData.Uniform<float>(1, 4, seed: step));

    private static void RequireSame(Network<float> one, Network<float> other, string because)
    {
        for (int i = 0; i < one.Parameters.Count; i++)
        {
            one.Parameters[i].Values.SequenceEqual(other.Parameters[i].Values).Should().BeTrue(because);
        }
    }
}
