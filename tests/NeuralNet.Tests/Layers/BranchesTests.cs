using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Layers;

public sealed class BranchesTests
{
    [Fact]
    public void A_sum_adds_what_the_branches_give()
    {
        Network<double> network = Network.Create<double>(2, seed: 1)
            .Branches(Merge.Sum, left => left.Dense(3), right => right.Dense(4, new ReLU()).Dense(3)).Build();
        Matrix<double> x = TestData.Uniform<double>(2, 5, seed: 2);
        Matrix<double> left = Of(network, "branches1.sequence1.dense1", x);
        Matrix<double> right = Of(
            network, "branches1.sequence2.dense2", Of(network, "branches1.sequence2.dense1", x).PointwiseMaximum(0));
        (network.Predict(x) - left - right).InfinityNorm().Should().BeLessThan(1e-14);
    }

    [Fact]
    public void A_concatenation_puts_features_behind_features()
    {
        Network<double> network = Network.Create<double>(2, seed: 1)
            .Branches(Merge.Concatenation, left => left.Dense(3), shortcut => shortcut, right => right.Dense(1))
            .Build();
        network.OutputSize.Should().Be(6);
        Matrix<double> x = TestData.Uniform<double>(2, 5, seed: 2);
        Matrix<double> expected = Of(network, "branches1.sequence1.dense1", x).Stack(x)
            .Stack(Of(network, "branches1.sequence3.dense1", x));
        (network.Predict(x) - expected).InfinityNorm().Should().BeLessThan(1e-14);
    }

    [Fact]
    public void A_concatenation_of_images_puts_channels_behind_channels_at_every_pixel()
    {
        Network<float> network = Network.Create<float>(new FeatureShape(2, 2, 1), seed: 1)
            .Branches(Merge.Concatenation, one => one, negative => negative.Add(shape => new Times(shape, -1))).Build();
        network.OutputShape.Should().Be(new FeatureShape(2, 2, 2));
        network.Predict([1, 2, 3, 4]).Should().Equal(1, -1, 2, -2, 3, -3, 4, -4);
    }

    [Fact]
    public void A_slice_is_a_range_of_rows()
    {
        Network<float> network = Network.Create<float>(5, seed: 1)
            .Branches(Merge.Concatenation, end => end.Slice(3, 2), start => start.Slice(0, new FeatureShape(1, 1))
                .Slice(0, 1)).Build();
        network.Predict([1, 2, 3, 4, 5]).Should().Equal(4, 5, 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gradients_are_right_through_splits_and_joins_within_each_other(bool sum)
    {
        Network<double> network = Network.Create<double>(new FeatureShape(2, 3, 2), seed: 1)
            .BatchNormalization()
            .Branches(
                sum ? Merge.Sum : Merge.Concatenation,
                one => one.Slice(2, new FeatureShape(2, 2)).Dense(5, new Tanh()).Dropout(0.2).Branches(
                    Merge.Concatenation, a => a.Dense(2), b => b.Dense(3, new Sigmoid()), c => c).Dense(4),
                two => two.PReLU(slopePerFeature: true).LayerNormalization()
                    .Residual(block => block.PReLU().Branches(Merge.Sum, a => a, b => b.LayerNormalization()))
                    .Dense(4, new Softplus(), biases: false),
                three => three.Slice(0, 3).Slice(1, 2).Dense(4))
            .Dense(2)
            .Build();
        GradientCheckReport report = GradientCheck.Run(
            network,
            new MeanSquaredError(),
            TestData.Uniform<double>(12, 5, seed: 2),
            TestData.Uniform<double>(2, 5, seed: 3));
        report.EnsurePassed();
        report.Comparisons.Should().OnlyContain(c => c.WorstRelativeError <= 1e-7);
        report.Comparisons.Should().Contain(c => c.Name == "input");
    }

    [Fact]
    public void A_layer_of_branches_is_checked_by_itself()
    {
        var layer = new Branches<double>(
            Merge.Concatenation,
            new Sequence<double>(new Slice<double>(4, 1, 2), new Dense<double>(2, 3, new Tanh())),
            new Sequence<double>(4, []));
        GradientCheck.Run(layer, TestData.Uniform<double>(4, 6, seed: 2)).EnsurePassed();
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        FluentActions.Invoking(
            () => Network.Create<float>(4, seed: 1).Branches(Merge.Sum, a => a.Dense(2), b => b.Dense(3)))
            .Should().Throw<ArgumentException>().WithMessage("*first gives 2 and number 2 gives 3*");
        FluentActions.Invoking(() => Network.Create<float>(new FeatureShape(2, 2), seed: 1)
                .Branches(Merge.Concatenation, a => a, b => b.Dense(2)))
            .Should().Throw<ArgumentException>().WithMessage("*first gives 2 × 2 and number 2 gives 2*");
        FluentActions.Invoking(() => new Branches<float>(
                Merge.Concatenation, new Sequence<float>(1_500_000_000, []), new Sequence<float>(1_500_000_000, [])))
            .Should().Throw<ArgumentException>().WithMessage("*2 branches has 3000000000 channels*narrower*");
        var image = new FeatureShape(2, 600_000_000);
        FluentActions.Invoking(() => new Branches<float>(
                Merge.Concatenation, new Sequence<float>(image, []), new Sequence<float>(image, [])))
            .Should().Throw<ArgumentException>().WithMessage("*1200000000 channels at each of 2 positions*narrower*");
        FluentActions.Invoking(() => Network.Create<float>(4, seed: 1).Branches(Merge.Sum))
            .Should().Throw<ArgumentException>().WithMessage("*at least one branch*");
        FluentActions.Invoking(() => Network.Create<float>(4, seed: 1).Slice(2, 3))
            .Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("The rows 2 to 4 are not within an input of 4 rows*");
        FluentActions.Invoking(() => Network.Create<float>(4, seed: 1).Slice(-1, 3))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(
            () => Network.Create<float>(4, seed: 1).Branches(Merge.Sum, a => a.Dense(4).Build() is null ? a : a))
            .Should().Throw<InvalidOperationException>().WithMessage("*for the layers of a block or a branch*");
        FluentActions.Invoking(() => new Sequence<float>())
            .Should().Throw<ArgumentException>().WithMessage("*at least one layer*");
        FluentActions.Invoking(() => new Branches<float>(
                Merge.Sum, new Sequence<float>(new Dense<float>(3, 2)), new Sequence<float>(new Dense<float>(4, 2))))
            .Should().Throw<ArgumentException>().WithMessage("*first takes 3 features and number 2 takes 4 features*");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Branches_learn_to_the_same_bits_at_any_number_of_threads(int threads)
    {
        static float[] Train(int threads)
        {
            Network<float> network = Network.Create<float>(40, seed: 1)
                .Branches(
                    Merge.Concatenation,
                    a => a.Slice(0, 20).Dense(200, new ReLU()).Dropout(0.2),
                    b => b.Dense(100, new Tanh()))
                .Dense(3)
                .Build();
            var trainer = new Trainer<float>(network, new MeanSquaredError(), new Adam(), threads: threads);
            for (int i = 0; i < 5; i++)
            {
                trainer.Step(TestData.Uniform<float>(40, 64, seed: i), TestData.Uniform<float>(3, 64, seed: 9 + i));
            }

            return [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        }

        Train(threads).Should().Equal(Train(1));
    }

    [Fact]
    public void Branches_draw_independently()
    {
        Network<double> network = Network.Create<double>(4000, seed: 1)
            .Branches(Merge.Sum, a => a.Dropout(0.5), b => b.Dropout(0.5)).Build();
        Matrix<double> ones = Matrix<double>.Build.Dense(4000, 1, 1.0);
        var engine = new BackpropagationEngine<double>(network);
        double[] sums = engine.Forward(ones, NeuralNet.Randomness.RandomStream.FromSeed(1)).Values.ToArray();
        ((double)sums.Count(value => value == 2)).Should().BeApproximately(2000, 5 * Math.Sqrt(4000 * 0.5 * 0.5));
    }

    private static Matrix<double> Of(Network<double> network, string dense, Matrix<double> x)
    {
        var layer = (Dense<double>)network.Layer(dense);
        return (layer.Weights.Value * x)
            + (layer.Biases!.Vector.ToColumnMatrix() * Matrix<double>.Build.Dense(1, x.ColumnCount, 1.0));
    }

    private sealed class Times(FeatureShape shape, float factor) : Layer<float>("times", shape, shape)
    {
        public override void Forward(
            ReadOnlyMatrixSpan<float> input, MatrixSpan<float> output, ForwardContext<float> context)
        {
            for (int i = 0; i < input.Values.Length; i++)
            {
                output.Values[i] = factor * input.Values[i];
            }
        }

        public override void Backward(
            ReadOnlyMatrixSpan<float> input,
            ReadOnlyMatrixSpan<float> output,
            MatrixSpan<float> outputGradient,
            MatrixSpan<float> inputGradient,
            BackwardContext<float> context) => throw new NotSupportedException();
    }
}
