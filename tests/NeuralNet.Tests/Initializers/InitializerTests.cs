using MathNet.Numerics.Statistics;
using NeuralNet.Initializers;
using NeuralNet.Randomness;

namespace NeuralNet.Tests.Initializers;

public sealed class InitializerTests
{
    private const int FanIn = 300;
    private const int FanOut = 200;

    [Fact]
    public void He_normal_has_mean_zero_and_its_deviation()
    {
        double[] values = Draw(new HeNormal());
        Statistics.Mean(values).Should().BeApproximately(0, 0.001);
        Statistics.StandardDeviation(values).Should().BeApproximately(Math.Sqrt(2.0 / FanIn), 0.001);
    }

    [Fact]
    public void He_normal_takes_the_slope_into_account() =>
        Statistics.StandardDeviation(Draw(new HeNormal(negativeSlope: 0.5)))
            .Should().BeApproximately(Math.Sqrt(2.0 / (1.25 * FanIn)), 0.001);

    [Fact]
    public void Glorot_uniform_fills_its_interval_evenly()
    {
        double limit = Math.Sqrt(6.0 / (FanIn + FanOut));
        double[] values = Draw(new GlorotUniform());
        values.Should().OnlyContain(value => Math.Abs(value) <= limit);
        Statistics.Mean(values).Should().BeApproximately(0, 0.002);
        Statistics.StandardDeviation(values).Should().BeApproximately(limit / Math.Sqrt(3), 0.001);
    }

    [Fact]
    public void Constant_is_constant() => Draw(new Constant(0.25)).Should().OnlyContain(value => value == 0.25);

    [Fact]
    public void The_same_stream_gives_the_same_bits_and_another_stream_others()
    {
        Draw(new HeNormal(), seed: 1).Should().Equal(Draw(new HeNormal(), seed: 1));
        Draw(new HeNormal(), seed: 1).Should().NotEqual(Draw(new HeNormal(), seed: 2));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Hyperparameters_that_are_not_finite_are_refused(double value)
    {
        FluentActions.Invoking(() => new Constant(value)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new HeNormal(value)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static double[] Draw(IInitializer initializer, int seed = 1)
    {
        double[] values = new double[FanIn * FanOut];
        initializer.Initialize<double>(values, FanIn, FanOut, RandomStream.FromSeed(seed).CreateGenerator());
        return values;
    }
}
