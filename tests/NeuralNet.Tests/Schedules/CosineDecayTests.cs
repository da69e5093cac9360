using NeuralNet.Schedules;

namespace NeuralNet.Tests.Schedules;

public sealed class CosineDecayTests
{
    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(25, 0.85355339059327373)]
    [InlineData(50, 0.5)]
    [InlineData(100, 0.0)]
    [InlineData(101, 0.0)]
    public void It_falls_along_half_a_cosine(long step, double factor) =>
        new CosineDecay().Factor(step, 100).Should().BeApproximately(factor, 1e-15);

    [Fact]
    public void It_ends_at_its_final_factor()
    {
        new CosineDecay(0.2).Factor(100, 100).Should().BeApproximately(0.2, 1e-15);
        new CosineDecay(0.2).Factor(50, 100).Should().BeApproximately(0.6, 1e-15);
    }

    [Fact]
    public void What_is_out_of_range_is_refused()
    {
        FluentActions.Invoking(() => new CosineDecay(1)).Should().Throw<ArgumentOutOfRangeException>();
        new CosineDecay().Invoking(c => c.Factor(-1, 10)).Should().Throw<ArgumentOutOfRangeException>();
        new CosineDecay().Invoking(c => c.Factor(0, 0)).Should().Throw<ArgumentOutOfRangeException>();
    }
}
