using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Forecasting.Baselines;
using NeuralNet.Forecasting.Evaluation;

namespace NeuralNet.Forecasting.Tests;

/// <summary>Whatever comes after a split, or after a window, changes nothing before it.</summary>
public sealed class LeakTests
{
    private const int Count = 60;
    private const int Cut = 40;

    public static TheoryData<SeriesScaling> Scalings { get; } = new(Enum.GetValues<SeriesScaling>());

    [Fact]
    public void Targets_lie_on_their_side_of_a_split_and_inputs_may_lie_before_it()
    {
        TimeSeries series = Made.Daily(Count, i => i);
        (TimeSeries past, TimeSeries future) = series.SplitAt(Made.Start.AddDays(Cut));
        (past.Count, future.Count).Should().Be((Cut, Count - Cut));
        ForecastSchema schema = ForecastSchema.Fit(
            past, new() { Length = 5, Horizon = 3, Scaling = SeriesScaling.None });
        schema.ToDataSet<double>(past).Targets.Values.ToArray().Max().Should().Be(Cut - 1);
        DataSet<double> test = schema.ToDataSet<double>(future);
        test.Targets.Values.ToArray().Min().Should().Be(Cut);
        test.Inputs.Column(0).ToArray().Should().Equal(35, 36, 37, 38, 39);
        test.Count.Should().Be(Count - Cut - 2);
    }

    [Theory]
    [MemberData(nameof(Scalings))]
    public void Nothing_that_is_fitted_knows_the_future(SeriesScaling scaling)
    {
        Func<int, double> noise = Made.Noise(Count, 1);
        TimeSeries one = Columns(noise);
        TimeSeries other = Columns(i => i < Cut ? noise(i) : 1e6);
        (TimeSeries past, _) = one.SplitAt(Made.Start.AddDays(Cut));
        (TimeSeries samePast, _) = other.SplitAt(Made.Start.AddDays(Cut));
        (ForecastSchema schema, DataSet<double> data, RidgeForecaster ridge) = Fit(past);
        (ForecastSchema sameSchema, DataSet<double> sameData, RidgeForecaster sameRidge) = Fit(samePast);
        schema.Scales.Shared.Should().Equal(sameSchema.Scales.Shared);
        data.Inputs.Values.ToArray().Should().Equal(sameData.Inputs.Values.ToArray());
        data.Targets.Values.ToArray().Should().Equal(sameData.Targets.Values.ToArray());
        ridge.Weights.Should().BeEquivalentTo(sameRidge.Weights);

        (ForecastSchema, DataSet<double>, RidgeForecaster) Fit(TimeSeries training)
        {
            ForecastSchema fitted = ForecastSchema.Fit(training, Options(scaling));
            return (fitted, fitted.ToDataSet<double>(training), RidgeForecaster.Fit(fitted, training));
        }
    }

    [Theory]
    [MemberData(nameof(Scalings))]
    public void No_input_of_a_window_and_no_forecast_knows_what_comes_after_it(SeriesScaling scaling)
    {
        Func<int, double> noise = Made.Noise(Count, 2);
        (TimeSeries past, TimeSeries future) = Columns(noise).SplitAt(Made.Start.AddDays(Cut));
        ForecastSchema schema = ForecastSchema.Fit(past, Options(scaling));
        var ridge = RidgeForecaster.Fit(schema, past);
        WindowSet windows = schema.Windows(future);
        IForecaster[] forecasters = [ridge, new NaiveForecaster(), new SeasonalNaiveForecaster(7)];
        Matrix<double>[] forecasts = [.. forecasters.Select(one => one.Predict(windows))];
        for (int window = 0; window < windows.Count; window++)
        {
            // All of y and t from the first step that the window predicts on is something else.
            int first = Cut + window;
            WindowSet changed = schema.Windows(
                Columns(i => i < first ? noise(i) : -1e6).SplitAt(Made.Start.AddDays(Cut)).Future);
            schema.InputsOf<double>(changed, [window]).Should()
                .BeEquivalentTo(schema.InputsOf<double>(windows, [window]));
            for (int k = 0; k < forecasters.Length; k++)
            {
                forecasters[k].Predict(changed).Column(window).Should().Equal(forecasts[k].Column(window));
            }
        }
    }

    [Fact]
    public void Rolling_origins_train_on_what_came_before_and_predict_what_came_after()
    {
        TimeSeries series = Made.Daily(Count, i => i);
        var fits = new List<(DateTime End, int Count)>();
        var predicted = new List<string>();
        ForecastReport report = ForecastEvaluation.RollingOrigin(
            series,
            new() { Length = 4, Horizon = 3 },
            new() { From = Made.Start.AddDays(Cut), Stride = 2, RefitEvery = 3 },
            (schema, training) =>
            {
                fits.Add((training[0].End, training[0].Count));
                return new Recorder(windows => predicted.AddRange(
                    Enumerable.Range(0, windows.Count).Select(window => Made.Text(windows.TimeOf(window)))));
            });
        fits.Should().Equal(
            Enumerable.Range(0, 3).Select(fit => 40 + (6 * fit))
                .Select(count => (Made.Start.AddDays(count - 1), count)),
            "six steps are three origins, and the last origin is at 56");
        predicted.Should().Equal(
            Enumerable.Range(0, 9).Select(origin => Made.Text(Made.Start.AddDays(Cut + (2 * origin)))));
        report.WindowCount.Should().Be(9);
        (report.From, report.To).Should().Be((Made.Start.AddDays(40), Made.Start.AddDays(58)));
    }

    [Fact]
    public void A_test_part_that_overlaps_the_training_part_is_refused()
    {
        TimeSeries series = Made.Daily(Count, i => i);
        ForecastSchema schema = ForecastSchema.Fit(series, new() { Length = 4 });
        FluentActions.Invoking(() => ForecastEvaluation.HoldOut(schema, [], series, series))
            .Should().Throw<ArgumentException>().WithMessage(
                "The test part begins at 2020-01-01, but the training part ends at 2020-02-29: what was trained on *");
    }

    [Fact]
    public void A_split_that_leaves_a_part_empty_is_refused()
    {
        TimeSeries series = Made.Daily(3, i => i);
        series.Invoking(s => s.SplitAt(new DateOnly(2020, 1, 1))).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("The series has steps from 2020-01-01 to 2020-01-03; a split at 2020-01-01 would*");
        series.Invoking(s => s.SplitAt(new DateOnly(2020, 1, 4))).Should().Throw<ArgumentOutOfRangeException>();
        ((TimeSeriesSet)series).Invoking(s => s.SplitAt(new DateOnly(2020, 1, 4)))
            .Should().Throw<ArgumentOutOfRangeException>();
        series.Invoking(s => s.Slice(1, 3)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("count");
        TimeSeriesSet set = new(Made.Columns("a", 3, ("y", i => i)), Made.Columns("b", 5, ("y", i => i)));
        (TimeSeriesSet past, TimeSeriesSet future) = set.SplitAt(new DateOnly(2020, 1, 4));
        past.Select(one => one.Count).Should().Equal(3, 3);
        future.Select(one => one.Key).Should().Equal("b");
    }

    private static WindowOptions Options(SeriesScaling scaling) => new()
    {
        Length = 5,
        Horizon = 2,
        Past = ["t"],
        Known = ["h"],
        Calendar = [CalendarPart.DayOfWeek],
        Scaling = scaling,
    };

    private static TimeSeries Columns(Func<int, double> value) =>
        Made.Columns(Count, ("y", value), ("t", i => 2 * value(i)), ("h", i => i % 3));

    private sealed class Recorder(Action<WindowSet> record) : IForecaster
    {
        public string Name => "recorder";

        public IReadOnlyList<double> Quantiles => [];

        public Matrix<double> Predict(WindowSet windows)
        {
            record(windows);
            return windows.Targets();
        }
    }
}
