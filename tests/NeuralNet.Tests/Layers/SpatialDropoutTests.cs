using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.Tests.Layers;

public sealed class SpatialDropoutTests
{
    private static readonly FeatureShape _shape = new(3, 2, 50);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.8)]
    public void A_share_of_the_channels_is_dropped_at_all_positions_and_the_others_make_up_for_it(double rate)
    {
        const int samples = 400;
        double[] outputs = Train(rate, samples, RandomStream.FromSeed(1));
        int dropped = 0;
        foreach (double[] sample in outputs.Chunk(_shape.Size))
        {
            double[][] positions = [.. sample.Chunk(_shape.Channels)];
            positions[0].Should().OnlyContain(value => value == 0 || value == 1 / (1 - rate));
            positions.Should().AllSatisfy(position => position.Should().Equal(positions[0]));
            dropped += positions[0].Count(value => value == 0);
        }

        // A binomial count: five standard deviations.
        int count = samples * _shape.Channels;
        ((double)dropped).Should().BeApproximately(count * rate, 5 * Math.Sqrt(count * rate * (1 - rate)));
    }

    [Fact]
    public void Samples_and_steps_draw_independently()
    {
        double[] first = Train(0.5, 40, RandomStream.FromSeed(3));
        Train(0.5, 40, RandomStream.FromSeed(3)).Should().Equal(first);
        Train(0.5, 40, RandomStream.FromSeed(4)).Should().NotEqual(first);
        first.Chunk(_shape.Size).Select(sample => string.Join(' ', sample)).Distinct().Should().HaveCount(40);
    }

    [Fact]
    public void A_prediction_drops_nothing() =>
        Network.Create<float>(new FeatureShape(2, 2), seed: 1).SpatialDropout(0.9).Build()
            .Predict(Vector<float>.Build.Dense([1, 2, 3, 4])).Should().Equal(1, 2, 3, 4);

    [Fact]
    public void Gradients_are_right_at_a_fixed_draw()
    {
        Network<double> network = Network.Create<double>(new FeatureShape(3, 4), seed: 1)
            .SpatialDropout(0.4).Convolution(5, kernelSize: 2).SpatialDropout(0.3).Build();
        GradientCheckReport report = GradientCheck.Run(
            network,
            new MeanSquaredError(),
            TestData.Uniform<double>(12, 5, seed: 2),
            TestData.Uniform<double>(10, 5, seed: 3));
        report.Comparisons.Should().OnlyContain(comparison => comparison.WorstRelativeError <= 1e-7, $"{report}");
    }

    [Fact]
    public void What_cannot_be_is_refused_in_words()
    {
        FluentActions.Invoking(() => new SpatialDropout<float>(_shape, 1.0))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("rate must be at least 0 and below 1*");
        FluentActions.Invoking(() => new SpatialDropout<float>(12))
            .Should().Throw<ArgumentException>().WithMessage("The input must have channels at several positions*12*");
    }

    private static double[] Train(double rate, int samples, RandomStream random)
    {
        Network<double> network = Network.Create<double>(_shape, seed: 1).SpatialDropout(rate).Build();
        Matrix<double> ones = Matrix<double>.Build.Dense(_shape.Size, samples, 1.0);
        var engine = new BackpropagationEngine<double>(network, new MeanSquaredError());
        engine.ComputeLoss(ones, ones, random);
        return engine.Outputs.Values.ToArray();
    }
}
