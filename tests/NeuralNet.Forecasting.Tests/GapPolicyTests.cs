namespace NeuralNet.Forecasting.Tests;

/// <summary>What stands in for missing values, and that nothing of it is ever a target.</summary>
public sealed class GapPolicyTests
{
    private const double NaN = double.NaN;

    [Theory]
    [InlineData(GapPolicy.Interpolate, new[] { NaN, 1, 2, 3, 4, NaN })]
    [InlineData(GapPolicy.CarryForward, new[] { NaN, 1, 1, 1, 4, 4 })]
    [InlineData(GapPolicy.Break, new[] { NaN, 1, NaN, NaN, 4, NaN })]
    public void Missing_values_are_filled_by_the_policy(GapPolicy policy, double[] expected)
    {
        TimeSeries series = TimeSeries.FromValues(
            [NaN, 1, NaN, NaN, 4, NaN], Made.Start, Frequency.Daily, "y", new() { Gaps = policy });
        series["y"].ToArray().Should().Equal(expected, (a, b) => a.Equals(b));
    }

    [Fact]
    public void Missing_dates_are_filled_alike()
    {
        TimeSeries series = TimeSeries.FromTable(
            Made.Table("d,y", "2020-01-01,1", "2020-01-02,2", "2020-01-03,3", "2020-01-05,7"),
            "d",
            options: new() { Gaps = GapPolicy.Interpolate });
        series["y"].ToArray().Should().Equal(1, 2, 3, 5, 7);
        series.TimeAt(3).Should().Be(new DateTime(2020, 1, 4));
    }

    [Fact]
    public void Dates_that_are_no_steps_are_closed()
    {
        TimeSeries series = TimeSeries.FromTable(
            Made.Table("d,y", "2020-01-01,1", "2020-01-02,2", "2020-01-03,3", "2020-01-05,7", "2020-01-06,8"),
            "d",
            options: new() { Gaps = GapPolicy.Close });
        series["y"].ToArray().Should().Equal(1, 2, 3, 7, 8);
        Enumerable.Range(2, 5).Select(step => Made.Text(series.TimeAt(step)))
            .Should().Equal("2020-01-03", "2020-01-05", "2020-01-06", "2020-01-07", "2020-01-08");
        series.SplitAt(new DateOnly(2020, 1, 4)).Future["y"].ToArray().Should().Equal(7, 8);
        FluentActions.Invoking(() => TimeSeries.FromValues(
            [1, NaN, 3], Made.Start, Frequency.Daily, "y", new() { Gaps = GapPolicy.Close }))
            .Should().Throw<InvalidDataException>().WithMessage("*'y' at 2020-01-02 in row 1 is missing*");
    }

    [Theory]
    [InlineData(GapPolicy.Break, new[] { 2, 3, 7, 8 }, 3)]

    // Not 5, whose last input lies on a line to the value of step 5; nor 4, which would be the target itself.
    [InlineData(GapPolicy.Interpolate, new[] { 2, 3, 6, 7, 8 }, 2)]
    [InlineData(GapPolicy.CarryForward, new[] { 2, 3, 5, 6, 7, 8 }, 1)]
    public void Windows_have_no_filled_target_and_no_input_that_knows_a_later_value(
        GapPolicy policy, int[] targets, int leftOut)
    {
        TimeSeries series = TimeSeries.FromValues(
            [0, 1, 2, 3, NaN, 5, 6, 7, 8], Made.Start, Frequency.Daily, "y", new() { Gaps = policy });
        WindowSet windows = ForecastSchema.Fit(series, new() { Length = 2 }).Windows(series);
        windows.Targets().Row(0).Should().Equal(targets.Select(target => (double)target));
        windows.LeftOut.Should().Be(leftOut);
    }

    [Fact]
    public void Scales_are_fitted_to_what_was_measured()
    {
        TimeSeries series = TimeSeries.FromValues(
            [1, NaN, NaN, NaN, 3], Made.Start, Frequency.Daily, "y", new() { Gaps = GapPolicy.CarryForward });
        ForecastSchema schema = ForecastSchema.Fit(series, new() { Length = 1 });
        (schema.Scales.Shared[0].Mean, schema.Scales.Shared[0].Deviation).Should().Be((2, 1));
    }

    [Fact]
    public void A_set_of_windows_that_is_empty_says_why()
    {
        TimeSeries series = TimeSeries.FromValues(
            [1, NaN, 3, NaN, 5], Made.Start, Frequency.Daily, "y", new() { Gaps = GapPolicy.Break });
        ForecastSchema schema = ForecastSchema.Fit(series, new() { Length = 2 });
        schema.Invoking(s => s.Windows(series)).Should().Throw<ArgumentException>().WithMessage(
            "There is no window: it takes 2 steps before and 1 step within the part, but there is y: 5 steps*where in "
            + "each of 3 windows a value is missing*").WithParameterName("part");
    }
}
