using NeuralNet.Text;

namespace NeuralNet.Tests.Text;

public sealed class SymbolSamplerTests
{
    private static readonly double[] _logits =
        [Math.Log(1), Math.Log(4), double.NegativeInfinity, Math.Log(3), Math.Log(2)];

    [Theory]
    [InlineData(1.0, null, new[] { 0.1, 0.4, 0, 0.3, 0.2 })]
    [InlineData(0.5, null, new[] { 1 / 30.0, 16 / 30.0, 0, 9 / 30.0, 4 / 30.0 })]
    [InlineData(1.0, 2, new[] { 0, 4 / 7.0, 0, 3 / 7.0, 0 })]
    [InlineData(1e6, 3, new[] { 0, 1 / 3.0, 0, 1 / 3.0, 1 / 3.0 })]
    [InlineData(1.0, 99, new[] { 0.1, 0.4, 0, 0.3, 0.2 })]
    public void Numbers_are_drawn_as_often_as_the_softmax_of_the_logits_says(
        double temperature, int? topK, double[] expected)
    {
        const int draws = 20_000;
        int[] counts = new int[5];
        var sampler = new SymbolSampler(seed: 3, temperature, topK);
        for (int i = 0; i < draws; i++)
        {
            counts[sampler.Draw<double>(_logits)]++;
        }

        for (int i = 0; i < 5; i++)
        {
            // Five standard deviations of a binomial count; none where nothing may be drawn.
            double deviation = Math.Sqrt(draws * expected[i] * (1 - expected[i]));
            ((double)counts[i]).Should().BeApproximately(draws * expected[i], 5 * deviation, $"number {i}");
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_draws_and_another_seed_others()
    {
        Draws(seed: 1).Should().Equal(Draws(seed: 1)).And.NotEqual(Draws(seed: 2));
        int[] Draws(int seed)
        {
            var sampler = new SymbolSampler(seed);
            return [.. Enumerable.Range(0, 50).Select(_ => sampler.Draw<float>([0, 1, 0.5f]))];
        }
    }

    [Fact]
    public void A_temperature_of_0_takes_the_first_of_the_largest()
    {
        var sampler = new SymbolSampler(seed: 1, temperature: 0);
        Enumerable.Range(0, 20).Select(_ => sampler.Draw<float>([1, 3, 3, 2])).Should().OnlyContain(i => i == 1);
        new SymbolSampler(seed: 1, temperature: 1e-300).Draw<double>([1e300, 2e300, 0]).Should().Be(1);
    }

    [Fact]
    public void Of_equal_logits_the_first_are_among_the_most_likely()
    {
        var sampler = new SymbolSampler(seed: 1, topK: 2);
        Enumerable.Range(0, 40).Select(_ => sampler.Draw<float>([0, 1, 1, 1])).Distinct().Order()
            .Should().Equal(1, 2);
    }

    [Fact]
    public void What_cannot_be_drawn_from_is_refused_in_words()
    {
        var sampler = new SymbolSampler(seed: 1);
        FluentActions.Invoking(() => sampler.Draw<float>([0, float.NaN]))
            .Should().Throw<ArgumentException>().WithMessage("Logit 1 is NaN*");
        FluentActions.Invoking(() => sampler.Draw<float>([float.PositiveInfinity]))
            .Should().Throw<ArgumentException>().WithMessage("Logit 0 is Infinity*");
        FluentActions.Invoking(() => sampler.Draw<float>([float.NegativeInfinity]))
            .Should().Throw<ArgumentException>().WithMessage("There is nothing to draw from: none of 1 logit*");
        FluentActions.Invoking(() => sampler.Draw<float>([])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new SymbolSampler(1, temperature: -0.1))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("temperature must be*at least 0*");
        FluentActions.Invoking(() => new SymbolSampler(1, temperature: double.NaN))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new SymbolSampler(1, topK: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("topK must be at least 1*");
    }
}
