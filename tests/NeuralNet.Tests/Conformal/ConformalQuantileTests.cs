using NeuralNet.Conformal;
using NeuralNet.Randomness;

namespace NeuralNet.Tests.Conformal;

public sealed class ConformalQuantileTests
{
    [Theory]
    [InlineData(9, 0.9, 9)]
    [InlineData(8, 0.9, 9)]
    [InlineData(19, 0.9, 18)]
    [InlineData(99, 0.95, 95)]
    [InlineData(100, 0.9, 91)]
    [InlineData(1, 0.5, 1)]
    [InlineData(3, 0.1, 1)]
    public void The_rank_is_the_share_of_one_sample_more_rounded_up(int count, double coverage, int rank) =>
        ConformalQuantile.Rank(count, coverage).Should().Be(rank);

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.8, 4)]
    [InlineData(0.9, 9)]
    [InlineData(0.95, 19)]
    [InlineData(0.99, 99)]
    [InlineData(0.999, 999)]
    [InlineData(0.85, 6)]
    [InlineData(0.01, 1)]
    public void The_least_count_is_the_first_whose_rank_there_is(double coverage, int count)
    {
        ConformalQuantile.LeastCount(coverage).Should().Be(count);
        ConformalQuantile.Rank(count, coverage).Should().BeLessThanOrEqualTo(count);
        if (count > 1)
        {
            ConformalQuantile.Rank(count - 1, coverage).Should().Be(count);
        }
    }

    [Fact]
    public void The_score_is_that_of_the_rank_in_any_order() =>
        ConformalQuantile.Of([5, 1, 9, 3, 7, 2, 8, 4, 6], 0.8).Should().Be(8);

    [Fact]
    public void Too_few_samples_are_refused_with_the_number_that_is_needed()
    {
        FluentActions.Invoking(() => ConformalQuantile.Of(new double[8], 0.9, "calibration")).Should()
            .Throw<ArgumentException>().WithMessage("A coverage of 0.9 needs at least 9 samples, but there are 8*")
            .WithParameterName("calibration");
        FluentActions.Invoking(() => ConformalQuantile.Of([1, double.NaN, 2], 0.5)).Should()
            .Throw<ArgumentException>().WithMessage("*is NaN*");
        FluentActions.Invoking(() => ConformalQuantile.Of([1, 2], 1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ConformalQuantile.Of([1, 2], 90)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("*It is a share, not percent: for 90 % set 0.9*");
    }

    // The coverage of exchangeable scores without ties is k/(n + 1) on average, with k the rank: here 18/20.
    [Fact]
    public void New_scores_stay_below_as_often_as_was_asked_for()
    {
        const int Trials = 40_000;
        Random random = RandomStream.FromSeed(1).CreateGenerator();
        double[] scores = new double[19];
        int covered = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] = random.NextDouble();
            }

            covered += random.NextDouble() <= ConformalQuantile.Of(scores, 0.9) ? 1 : 0;
        }

        // Five standard deviations of a share of 0.9 in so many trials.
        ((double)covered / Trials).Should().BeApproximately(0.9, 5 * Math.Sqrt(0.9 * 0.1 / Trials));
    }
}
