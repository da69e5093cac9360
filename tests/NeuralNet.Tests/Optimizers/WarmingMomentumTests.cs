using NeuralNet.Optimizers;

namespace NeuralNet.Tests.Optimizers;

public sealed class WarmingMomentumTests
{
    [Theory]
    [InlineData(0.9, 0.004)]
    [InlineData(0.9, 0)]
    [InlineData(0.9, 1e-300)]
    [InlineData(0.9, 1e-9)]
    [InlineData(0.99, 0.5)]
    [InlineData(0.999, 20)]
    [InlineData(0.9999, 1e6)]
    [InlineData(0.9999, 1e300)]
    [InlineData(0.5, 1)]
    [InlineData(0, 0.004)]
    public void The_product_is_that_of_the_momenta(double beta1, double decay)
    {
        var momentum = new WarmingMomentum(beta1, decay);
        double product = 1;
        for (int step = 1; step <= 1000; step++)
        {
            product *= beta1 * (1 - (0.5 * Math.Pow(0.96, step * decay)));
            momentum.Product(step).Should().BeApproximately(product, (1e-12 * product) + 1e-200, $"after {step} steps");
        }
    }

    [Theory]
    [InlineData(0.9, 0.004)]
    [InlineData(0.9, 0)]
    [InlineData(0.9, 1e300)]
    [InlineData(0, 0)]
    public void The_product_is_zero_in_the_end(double beta1, double decay) =>
        new WarmingMomentum(beta1, decay).Product(long.MaxValue).Should().Be(0);

    [Fact]
    public void The_momentum_grows_from_half_to_all_of_beta1()
    {
        var momentum = new WarmingMomentum(0.9, 0.004);
        momentum.At(1).Should().BeApproximately(0.9 * (1 - (0.5 * Math.Pow(0.96, 0.004))), 1e-15);
        momentum.At(100_000_000).Should().Be(0.9);
    }
}
