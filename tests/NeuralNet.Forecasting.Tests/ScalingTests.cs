using NeuralNet.Data;
using NeuralNet.Forecasting.Baselines;
using NeuralNet.Forecasting.Windows;

namespace NeuralNet.Forecasting.Tests;

public sealed class ScalingTests
{
    [Fact]
    public void By_default_columns_are_scaled_by_the_training_data_of_all_series()
    {
        TimeSeriesSet set = new(Made.Columns("a", 2, ("y", i => i)), Made.Columns("b", 2, ("y", i => 4 + i)));
        ForecastSchema schema = ForecastSchema.Fit(set, new() { Length = 1 });

        // 0, 1, 4, 5: mean 2.5, variance (2.5² + 1.5²) · 2 / 4.
        double deviation = Math.Sqrt(4.25);
        DataSet<double> data = schema.ToDataSet<double>(set);
        data.Inputs.Values.ToArray().Should().Equal(-2.5 / deviation, 1.5 / deviation);
        data.Targets.Values.ToArray().Should().Equal(-1.5 / deviation, 2.5 / deviation);
    }

    [Fact]
    public void Series_of_different_sizes_are_scaled_by_their_own_training_data()
    {
        TimeSeriesSet set = new(Made.Columns("a", 3, ("y", i => i)), Made.Columns("b", 3, ("y", i => 1000 * i)));
        ForecastSchema schema = ForecastSchema.Fit(set, new() { Length = 2, Scaling = SeriesScaling.Series });
        double[] inputs = schema.ToDataSet<double>(set).Inputs.Values.ToArray();
        inputs[..2].Should().Equal(inputs[2..], (a, b) => Math.Abs(a - b) < 1e-12);
        inputs[1].Should().Be(0);
        TimeSeries unknown = Made.Columns("c", 3, ("y", i => i));
        schema.Invoking(s => s.ToDataSet<double>(unknown)).Should().Throw<ArgumentException>()
            .WithMessage("*of which there are none of 'c'; there are those of a, b. *SeriesScaling.Window*");
    }

    [Fact]
    public void A_window_is_scaled_by_its_own_targets_and_training_scales_the_rest()
    {
        TimeSeries series = Made.Columns(4, ("y", i => i < 2 ? 7 : 10 + (2 * i)), ("t", i => i));
        ForecastSchema schema = ForecastSchema.Fit(
            series, new() { Length = 2, Targets = ["y"], Past = ["t"], Scaling = SeriesScaling.Window });
        DataSet<double> data = schema.ToDataSet<double>(series);

        // 7, 7: its deviation is that of the training data, 7, 7, 14, 16. Then 7, 14: mean 10.5, deviation 3.5.
        double deviation = Math.Sqrt((16 + 16 + 9 + 25) / 4.0);
        double first = -1.5 / Math.Sqrt(1.25);
        double[] expected = [0, first, 0, first / 3, -1, first / 3, 1, -first / 3];
        data.Inputs.Values.ToArray().Should().Equal(expected, (a, b) => Math.Abs(a - b) < 1e-12);
        data.Targets.Values.ToArray().Should().Equal([7 / deviation, 5.5 / 3.5], (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void A_column_without_a_value_is_refused()
    {
        TimeSeries series = TimeSeries.FromColumns(
            [Made.Start, Made.Start.AddDays(1)],
            [("y", [1, 2]), ("t", [double.NaN, double.NaN])],
            new() { Gaps = GapPolicy.Break });
        FluentActions.Invoking(() => ForecastSchema.Fit(series, new() { Length = 1 }))
            .Should().Throw<InvalidDataException>().WithMessage("*the training data have no value of 't'*");
    }

    [Theory]
    [InlineData(SeriesTransform.SquareRoot)]
    [InlineData(SeriesTransform.Log)]
    public void Targets_pass_through_a_function_before_they_are_scaled(SeriesTransform transform)
    {
        TimeSeries series = Made.Columns(4, ("y", i => Math.Pow(4, i)), ("t", i => i));
        ForecastSchema schema = ForecastSchema.Fit(series, new()
        {
            Length = 1,
            Targets = ["y"],
            Past = ["t"],
            Transform = transform,
            Scaling = SeriesScaling.None,
        });
        DataSet<double> data = schema.ToDataSet<double>(series);
        double[] expected =
        [
            .. Enumerable.Range(0, 4).Select(
                i => transform == SeriesTransform.SquareRoot ? Math.Pow(2, i) : i * Math.Log(4)),
        ];
        data.Inputs.Values.ToArray().Should().Equal((double[])[expected[0], 0, expected[1], 1, expected[2], 2], Near);
        data.Targets.Values.ToArray().Should().Equal(expected[1..], Near);

        // The ridge reads the same numbers and answers in the unit of the data.
        RidgeForecaster.Fit(schema, series, penalty: 1e-9).Predict(schema.Windows(series)).Row(0)
            .Should().Equal([4, 16, 64], (a, b) => Math.Abs(a - b) < 1e-6 * b);
    }

    [Fact]
    public void A_window_is_scaled_behind_the_function_of_its_targets()
    {
        TimeSeries series = Made.Columns(3, ("y", i => Math.Pow((2 * i) + 1, 2)));
        ForecastSchema schema = ForecastSchema.Fit(
            series, new() { Length = 2, Transform = SeriesTransform.SquareRoot, Scaling = SeriesScaling.Window });
        DataSet<double> data = schema.ToDataSet<double>(series);
        data.Inputs.Values.ToArray().Should().Equal((double[])[-1, 1], Near);
        data.Targets.Values.ToArray().Should().Equal((double[])[3], Near);
    }

    [Theory]
    [InlineData(SeriesTransform.SquareRoot, -0.5, "*'y' has the value -0.5*SquareRoot takes none below 0.*")]
    [InlineData(SeriesTransform.Log, 0, "*'y' has the value 0*Log takes none that is not above 0.*")]
    public void A_value_outside_the_function_is_refused(SeriesTransform transform, double value, string message)
    {
        WindowOptions options = new() { Length = 2, Transform = transform };
        FluentActions.Invoking(() => ForecastSchema.Fit(Made.Columns(4, ("y", i => i == 2 ? value : 1 + i)), options))
            .Should().Throw<InvalidDataException>().WithMessage(message);
        ForecastSchema schema = ForecastSchema.Fit(Made.Columns(4, ("y", i => 1 + i)), options);
        schema.Invoking(s => s.ToDataSet<double>(Made.Columns(4, ("y", i => i == 2 ? value : 1 + i))))
            .Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void What_the_square_root_never_gives_is_a_forecast_of_0()
    {
        new ColumnScale(1, 2, SeriesTransform.SquareRoot).Unscale(-3).Should().Be(0);
        new ColumnScale(1, 2, SeriesTransform.SquareRoot).Unscale(1).Should().Be(9);
        new ColumnScale(1, 2, SeriesTransform.SquareRoot).Unscale(double.NaN).Should().Be(double.NaN);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;
}
