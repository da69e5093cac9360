using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Forecasting.Baselines;

namespace NeuralNet.Forecasting.Tests;

public sealed class BaselineTests
{
    [Fact]
    public void A_naive_forecast_is_the_last_value()
    {
        TimeSeries series = Made.Columns(5, ("a", i => i), ("b", i => 10 * i));
        WindowSet windows = ForecastSchema.Fit(series, new() { Length = 2, Horizon = 2 }).Windows(series);
        new NaiveForecaster().Predict(windows).ToColumnMajorArray().Should().Equal(1, 10, 1, 10, 2, 20, 2, 20);
    }

    [Fact]
    public void A_seasonal_naive_forecast_is_the_value_of_the_season_before()
    {
        TimeSeries series = Made.Daily(12, i => i);
        ForecastSchema schema = ForecastSchema.Fit(series, new() { Length = 1, Horizon = 5 });
        WindowSet windows = schema.Windows(series.Slice(7, 5));

        // Season of 3: of 7, 8 and 9 the values are known, so 10 and 11 are those of 4 and 5 again.
        new SeasonalNaiveForecaster(3).Predict(windows).Column(0).Should().Equal(4, 5, 6, 4, 5);
        var seasons = new SeasonalNaiveForecaster(8);
        seasons.Invoking(s => s.Predict(windows)).Should().Throw<InvalidOperationException>().WithMessage(
            "A seasonal naive forecast of 2020-01-08 needs the value of 2019-12-31, 8 steps before, but 'series' "
            + "begins at 2020-01-01.");
        FluentActions.Invoking(() => new SeasonalNaiveForecaster(0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(25)]
    public void Ridge_is_the_least_squares_solution_with_a_row_for_each_penalty(double penalty)
    {
        const int Count = 1100;
        TimeSeries series = Made.Columns(Count, ("y", Made.Noise(Count, 3)), ("t", Made.Noise(Count, 4)));
        ForecastSchema schema = ForecastSchema.Fit(
            series, new() { Length = 3, Horizon = 2, Targets = ["y"], Past = ["t"] });
        var ridge = RidgeForecaster.Fit(schema, series, penalty);

        // |y − W x − b|² + λ|W|² are the squares of a system with √λ I below the inputs and no penalty on the ones.
        WindowSet windows = schema.Windows(series);
        int[] all = [.. Enumerable.Range(0, windows.Count)];
        Matrix<double> x = schema.InputsOf<double>(windows, all).Transpose();
        Matrix<double> y = schema.TargetsOf<double>(windows, all).Transpose();
        Matrix<double> system = x.InsertColumn(0, Vector<double>.Build.Dense(x.RowCount, 1))
            .Stack(Matrix<double>.Build.DenseDiagonal(6, Math.Sqrt(penalty))
                .InsertColumn(0, Vector<double>.Build.Dense(6)));
        Matrix<double> solution = system.QR().Solve(y.Stack(Matrix<double>.Build.Dense(6, 2)));
        (ridge.Offsets - solution.Row(0)).InfinityNorm().Should().BeLessThan(1e-12);
        (ridge.Weights - solution.SubMatrix(1, 6, 0, 2).Transpose()).Enumerate().Max(Math.Abs)
            .Should().BeLessThan(1e-12);
        ridge.Weights.L2Norm().Should().BePositive();
    }

    [Fact]
    public void Ridge_goes_on_with_a_wave_in_the_unit_of_the_data()
    {
        TimeSeries series = Made.Daily(200, i => 1000 + (50 * Math.Sin(i)));
        (TimeSeries past, TimeSeries future) = series.SplitAt(Made.Start.AddDays(150));
        ForecastSchema schema = ForecastSchema.Fit(past, new() { Length = 4, Horizon = 6, Quantiles = [0.1, 0.5] });
        WindowSet windows = schema.Windows(future);
        Matrix<double> forecasts = RidgeForecaster.Fit(schema, past, 1e-9).Predict(windows);
        (forecasts - windows.Targets()).Enumerate().Max(Math.Abs).Should().BeLessThan(1e-3);
    }

    [Fact]
    public void Ridge_wants_a_penalty_and_windows_of_its_schema()
    {
        TimeSeries series = Made.Daily(20, i => i % 3);
        ForecastSchema schema = ForecastSchema.Fit(series, new() { Length = 4 });
        FluentActions.Invoking(() => RidgeForecaster.Fit(schema, series, 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("penalty");
        ForecastSchema other = ForecastSchema.Fit(series, new() { Length = 5 });
        RidgeForecaster.Fit(schema, series).Invoking(r => r.Predict(other.Windows(series)))
            .Should().Throw<ArgumentException>().WithMessage("The model was fitted to windows of another schema*");
    }
}
