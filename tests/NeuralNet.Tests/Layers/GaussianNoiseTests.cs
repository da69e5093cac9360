using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.Tests.Layers;

public sealed class GaussianNoiseTests
{
    private const int Count = 400_001;

    [Fact]
    public void The_noise_is_of_the_normal_distribution()
    {
        double[] noise = Train(2, Count, RandomStream.FromSeed(1));
        double[] standard = [.. noise.Select(value => value / 2)];

        // Five standard deviations of each: moments, shares beyond quantiles, and what neighbours have in common.
        standard.Average().Should().BeApproximately(0, 5 / Math.Sqrt(Count));
        standard.Average(z => z * z).Should().BeApproximately(1, 5 * Math.Sqrt(2.0 / Count));
        standard.Average(z => z * z * z * z).Should().BeApproximately(3, 5 * Math.Sqrt(96.0 / Count));
        foreach ((double quantile, double share) in new[] { (-1.6448536269514722, 0.05), (0.6744897501960817, 0.75) })
        {
            ((double)standard.Count(z => z < quantile) / Count)
                .Should().BeApproximately(share, 5 * Math.Sqrt(share * (1 - share) / Count));
        }

        foreach (int distance in (int[])[1, 255, 256, 512])
        {
            Enumerable.Range(0, Count - distance).Average(i => standard[i] * standard[i + distance])
                .Should().BeApproximately(0, 5 / Math.Sqrt(Count), $"numbers {distance} apart are independent");
        }
    }

    [Fact]
    public void Float_and_double_draw_the_same_on_any_number_of_threads()
    {
        float[] expected = Array.ConvertAll(Train(1, Count, RandomStream.FromSeed(5)), value => (float)value);
        Network<float> network = Network.Create<float>(Count, seed: 1).GaussianNoise(1).Build();
        foreach (int threads in (int[])[1, 2, 3, 8])
        {
            var engine = new BackpropagationEngine<float>(network, threads: threads);
            float[] zeros = new float[Count];
            engine.Forward(new ReadOnlyMatrixSpan<float>(zeros, Count, 1), RandomStream.FromSeed(5)).Values
                .SequenceEqual(expected).Should().BeTrue();
        }
    }

    [Fact]
    public void The_same_stream_gives_the_same_noise_and_another_does_not()
    {
        double[] first = Train(0.5, 1000, RandomStream.FromSeed(3));
        Train(0.5, 1000, RandomStream.FromSeed(3)).Should().Equal(first);
        Train(0.5, 1000, RandomStream.FromSeed(4)).Should().NotEqual(first);
        Train(0.5, 300, RandomStream.FromSeed(3)).Should().Equal(first[..300], "a number follows from its place alone");
    }

    [Fact]
    public void A_prediction_has_no_noise()
    {
        Network<float> network = Network.Create<float>(3, seed: 1).GaussianNoise(9).Build();
        network.Predict(Vector<float>.Build.Dense([1, 2, 3])).Should().Equal(1, 2, 3);
        network.Layers[0].IsForTrainingOnly.Should().BeTrue();
    }

    [Fact]
    public void Gradients_are_right_at_a_fixed_draw() =>
        GradientCheck.Run(
            Network.Create<double>(4, seed: 1).GaussianNoise(0.3).Dense(8, new Tanh()).GaussianNoise(0.1).Dense(2)
                .Build(),
            new MeanSquaredError(),
            TestData.Uniform<double>(4, 5, seed: 2),
            TestData.Uniform<double>(2, 5, seed: 3)).EnsurePassed();

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_deviation_out_of_range_is_refused(double deviation) =>
        FluentActions.Invoking(() => new GaussianNoise<float>(3, deviation))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("deviation must be*");

    private static double[] Train(double deviation, int count, RandomStream random)
    {
        Network<double> network = Network.Create<double>(count, seed: 1).GaussianNoise(deviation).Build();
        var engine = new BackpropagationEngine<double>(network);
        return engine.Forward(new ReadOnlyMatrixSpan<double>(new double[count], count, 1), random).Values.ToArray();
    }
}
