using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Forecasting.Evaluation;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Schedules;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Forecasting.Tests;

public sealed class EvaluationTests
{
    [Fact]
    public void Figures_are_those_of_the_formulas()
    {
        // Training 1, 3, 2, 6: |y − y₂ before| is 1, 3, so the scale of MASE is 2. Test 4, 8; forecasts 5 and 6.
        TimeSeries series = Made.Daily(1, 3, 2, 6, 4, 8);
        (TimeSeries past, TimeSeries future) = series.SplitAt(Made.Start.AddDays(4));
        ForecastSchema schema = ForecastSchema.Fit(past, new() { Length = 1 });
        ForecastReport report = ForecastEvaluation.HoldOut(
            schema, [new Fixed([5, 6])], past, future, new() { Period = 2 });
        ForecastScore score = report["fixed"];
        score.Mae.Should().Be(1.5);
        score.Rmse.Should().Be(Math.Sqrt(2.5));
        score.Mape.Should().Be(0.25);
        score.Smape.Should().BeApproximately(((2 / 9.0) + (4 / 14.0)) / 2, 1e-15);
        score.Mase.Should().Be(0.75);
        (score.QuantileLoss, score.Coverage, score.Target).Should().Be((null, null, "y"));
        report["naive"].Mae.Should().Be(3);
        report["seasonal naive"].Mae.Should().Be(2);
        report.Scores.Select(one => one.Name).Should().Equal("fixed", "naive", "seasonal naive (2)", "ridge");
        (report.WindowCount, report.Horizon, report.Period).Should().Be((2, 1, 2));
        report.Invoking(r => r["x"]).Should().Throw<KeyNotFoundException>()
            .WithMessage("There is no score of 'x'; there are those of fixed, naive, seasonal naive (2), ridge.");
    }

    [Fact]
    public void A_report_is_a_table()
    {
        TimeSeries series = Made.Daily(1, 3, 2, 6, 4, 8);
        (TimeSeries past, TimeSeries future) = series.SplitAt(Made.Start.AddDays(4));
        ForecastSchema schema = ForecastSchema.Fit(past, new() { Length = 1, Quantiles = [0.25, 0.5, 0.75] });
        ForecastReport report = ForecastEvaluation.HoldOut(
            schema, [new Fixed([4, 5, 6, 5, 6, 7], 0.25, 0.5, 0.75)], past, future, new() { Period = 2 });

        // Errors −0, 1, 2 of 4 and −3, −2, −1 of 8, by the levels 0.25, 0.5 and 0.75.
        report["fixed"].QuantileLoss.Should().BeApproximately((0 + 0.5 + 0.5 + 0.75 + 1 + 0.75) / 6, 1e-15);
        report["fixed"].Coverage.Should().Be(0.5);
        string[] lines = report.ToString().ReplaceLineEndings("\n").Split('\n');
        lines[..5].Should().Equal(
            "2 windows, 1 step ahead, 2020-01-05 to 2020-01-06",
            "                          MAE       RMSE       MAPE      sMAPE       MASE   quantile   coverage",
            "fixed                     1.5      1.581     25.0 %     25.4 %       0.75     0.5833     50.0 %",
            "naive                       3      3.162     50.0 %     53.3 %        1.5          –          –",
            "seasonal naive (2)          2          2     37.5 %     47.6 %          1          –          –");
        lines.Should().HaveCount(6);
    }

    [Fact]
    public void Each_series_has_a_scale_of_its_own_and_each_target_a_line()
    {
        // Steps of 1 in a, of 10 in b; the naive forecast errs by as much, so MASE is 1 in all of them.
        TimeSeriesSet set = new(
            Made.Columns("one", 10, ("a", i => i), ("b", i => 10 * i)),
            Made.Columns("ten", 10, ("a", i => 10 * i), ("b", i => 100 * i)));
        (TimeSeriesSet past, TimeSeriesSet future) = set.SplitAt(Made.Start.AddDays(6));
        ForecastSchema schema = ForecastSchema.Fit(past, new() { Length = 2 });
        ForecastReport report = ForecastEvaluation.HoldOut(schema, [], past, future, new() { Period = 1 });
        report.Scores.Select(score => (score.Name, score.Target, Math.Round(score.Mase, 9))).Take(2)
            .Should().Equal(("naive", "a", 1), ("naive", "b", 1));
        report.Scores[0].Mae.Should().Be(5.5);
        report.ToString().Should().Contain("naive, b ").And.NotContain("seasonal");
    }

    [Fact]
    public void What_cannot_be_compared_is_said()
    {
        TimeSeries series = TimeSeries.FromValues(
            [0, 0, 0, 0, 0, 0, 0, 5, double.NaN, 1, 3, 2, 0],
            Made.Start,
            Frequency.Daily,
            "y",
            new() { Gaps = GapPolicy.Break });
        (TimeSeries past, TimeSeries future) = (series.Slice(0, 7), series.Slice(7, 5));
        ForecastSchema schema = ForecastSchema.Fit(past, new() { Length = 1 });
        ForecastReport report = ForecastEvaluation.HoldOut(schema, [], past, future, new() { Period = 9 });
        report.Notes.Should().Equal(
            "2 windows left out, in which a value is missing.",
            "No MASE: the training data have no two values that are 9 steps apart.",
            "No seasonal naive forecast: the series lack values 9 steps before some windows.");
        report["naive"].Mase.Should().Be(double.NaN);
        ForecastEvaluation.HoldOut(schema, [], past, future, new() { Period = 1 })["naive"].Mase
            .Should().Be(double.NaN, "a constant series has no scale");
        double.IsFinite(report["naive"].Mape).Should().BeTrue();
        ForecastReport ofZero = ForecastEvaluation.HoldOut(schema, [], past, series.Slice(11, 2));
        ofZero["naive"].Mape.Should().Be(double.PositiveInfinity, "a target is 0");
    }

    [Fact]
    public void Forecasters_that_do_not_fit_are_refused()
    {
        TimeSeries series = Made.Daily(1, 3, 2, 6, 4, 8);
        (TimeSeries past, TimeSeries future) = series.SplitAt(Made.Start.AddDays(4));
        ForecastSchema schema = ForecastSchema.Fit(past, new() { Length = 1 });
        var two = new Fixed([5, 6]);
        FluentActions.Invoking(() => ForecastEvaluation.HoldOut(schema, [two, two], past, future))
            .Should().Throw<ArgumentException>().WithMessage("Each forecaster needs a name of its own*fixed, fixed.*");
        FluentActions.Invoking(() => ForecastEvaluation.HoldOut(schema, [new Fixed([5])], past, future))
            .Should().Throw<InvalidOperationException>()
            .WithMessage("The forecaster 'fixed' must give 1 × 2 *but gave 1 × 1.");
        FluentActions.Invoking(() => new EvaluationOptions { Period = 0 }).Should()
            .Throw<ArgumentOutOfRangeException>().WithParameterName("Period");
        FluentActions.Invoking(() => new EvaluationOptions { RidgePenalty = 0 }).Should()
            .Throw<ArgumentOutOfRangeException>().WithParameterName("RidgePenalty");
        FluentActions.Invoking(() => new RollingOriginOptions { From = Made.Start, Stride = 0 }).Should()
            .Throw<ArgumentOutOfRangeException>().WithParameterName("Stride");
        FluentActions.Invoking(() => new RollingOriginOptions { From = Made.Start, RefitEvery = 0 }).Should()
            .Throw<ArgumentOutOfRangeException>().WithParameterName("RefitEvery");
    }

    [Fact]
    public void Without_refits_a_rolling_origin_is_a_hold_out()
    {
        TimeSeries series = Made.Daily(80, Made.Noise(80, 5));
        var options = new WindowOptions { Length = 3, Horizon = 2 };
        DateTime from = Made.Start.AddDays(60);
        (TimeSeries past, TimeSeries future) = series.SplitAt(from);
        ForecastReport rolling = ForecastEvaluation.RollingOrigin(
            series, options, new() { From = from }, (schema, training) => new Fixed(new double[38]));
        ForecastReport heldOut = ForecastEvaluation.HoldOut(
            ForecastSchema.Fit(past, options), [new Fixed(new double[38])], past, future);
        rolling.Scores.Should().Equal(heldOut.Scores);
        rolling.WindowCount.Should().Be(19);
        FluentActions.Invoking(() => ForecastEvaluation.RollingOrigin(
            series, options, new() { From = series.End.AddDays(1) }, (_, _) => new Fixed([])))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Windows_that_are_left_out_count_once_however_often_is_fitted()
    {
        double[] values = [.. Enumerable.Range(0, 40).Select(Made.Noise(40, 8))];
        values[30] = double.NaN;
        TimeSeries series = TimeSeries.FromValues(
            values, Made.Start, Frequency.Daily, "y", new() { Gaps = GapPolicy.Break });
        ForecastReport report = ForecastEvaluation.RollingOrigin(
            series,
            new() { Length = 2, Quantiles = [0.5] },
            new() { From = Made.Start.AddDays(20), RefitEvery = 4 },
            (schema, past) => new Baselines.NaiveForecaster());
        report.WindowCount.Should().Be(17);
        report.Notes[0].Should().Be("3 windows left out, in which a value is missing.");
        FluentActions.Invoking(() => ForecastEvaluation.RollingOrigin(
            series,
            new() { Length = 2, Horizon = 9 },
            new() { From = Made.Start.AddDays(33), RefitEvery = 4 },
            (schema, past) => new Baselines.NaiveForecaster())).Should().Throw<ArgumentException>()
            .WithMessage("There is no window: it takes 2 steps before and 9 steps within the part*");
    }

    [Fact]
    public void Intervals_learned_by_quantile_loss_cover_what_they_are_meant_to()
    {
        // Noise that nothing foretells, uniform from −1 to 1: the 90 % interval is about ±0.9.
        TimeSeries series = Made.Daily(2000, Made.Noise(2000, 6));
        (TimeSeries past, TimeSeries future) = series.SplitAt(Made.Start.AddDays(1500));
        ForecastSchema schema = ForecastSchema.Fit(past, new() { Length = 2, Quantiles = [0.05, 0.5, 0.95] });
        Network<float> network = schema.CreateNetwork<float>(seed: 1).Dense(schema.OutputSize).Build();
        var trainer = new Trainer<float>(network, schema.Loss, new Adam(learningRate: 0.01));
        trainer.Fit(schema.ToDataSet<float>(past), new() { Epochs = 40, BatchSize = 50, Schedule = new CosineDecay() });
        Forecaster<float> forecaster = schema.ToForecaster(network);
        forecaster.Evaluate(past, future)["network"].Coverage.Should().BeInRange(0.85, 0.95);
        forecaster.Forecast(series).Quantile(0.95)[0].Should().BeInRange(0.8, 1);
    }

    [Fact]
    public void Intervals_are_calibrated_step_by_step_on_a_part_that_was_held_out()
    {
        // Without weights, the network gives ±0.1 for the first step and ±3 for the second, of noise from −1 to 1.
        TimeSeries series = Made.Daily(2000, Made.Noise(2000, 7));
        (TimeSeries past, TimeSeries rest) = series.SplitAt(Made.Start.AddDays(500));
        (TimeSeries calibration, TimeSeries test) = rest.SplitAt(Made.Start.AddDays(1200));
        ForecastSchema schema = ForecastSchema.Fit(
            past, new() { Length = 2, Horizon = 2, Quantiles = [0.05, 0.2, 0.5, 0.95], Scaling = SeriesScaling.None });
        Network<float> network = schema.CreateNetwork<float>(seed: 1).Dense(schema.OutputSize).Build();
        network.Parameter("dense1.weights").Set(Matrix<float>.Build.Dense(8, 2));
        network.Parameter("dense1.biases").Set(
            Matrix<float>.Build.DenseOfColumnArrays([-0.1f, -0.05f, 0, 0.1f, -3, -2, 0, 3]));
        Forecaster<float> raw = schema.ToForecaster(network);
        Forecaster<float> calibrated = raw.Calibrate(calibration);
        raw.Evaluate(past, test)["network"].Coverage.Should().BeInRange(0.5, 0.6, "of the two steps 10 % and 100 %");
        calibrated.Evaluate(past, test)["network"].Coverage.Should().BeInRange(0.87, 0.93);

        Forecast forecast = calibrated.Forecast(series);
        double[] scores = [.. Targets(0).Select(y => Math.Max(-0.1f - y, y - 0.1f)).Order()];
        forecast.Quantile(0.95)[0].Should().BeApproximately(
            0.1 + scores[(int)Math.Ceiling((scores.Length + 1) * 0.9) - 1], 1e-6);
        forecast.Quantile(0.05)[0].Should().BeApproximately(-forecast.Quantile(0.95)[0], 1e-6);
        forecast.Quantile(0.2)[0].Should().BeApproximately(-0.05, 1e-6, "0.8 is not there, so it has no other end");
        forecast.Quantile(0.95)[1].Should().BeInRange(0.8, 1, "a wide interval becomes narrow");
        forecast.Values.Should().Equal(0, 0);

        using var stream = new MemoryStream();
        calibrated.Pipeline.Save(stream);
        stream.Position = 0;
        Forecaster<float> loaded = Forecaster.FromPipeline(Pipeline.Load<float>(stream));
        loaded.Forecast(series).Quantile(0.95).Should().Equal(forecast.Quantile(0.95));

        FluentActions.Invoking(() => raw.Calibrate(calibration.Slice(0, 9))).Should().Throw<ArgumentException>()
            .WithMessage(
                "An interval from 0.05 to 0.95 cannot be judged by 8 windows, but by 9 or more; hold out a longer "
                + "part.*")
            .WithParameterName("part");
        ForecastSchema plain = ForecastSchema.Fit(past, new() { Length = 2 });
        FluentActions.Invoking(() => plain.ToForecaster(plain.CreateNetwork<float>(seed: 1).Dense(1).Build())
            .Calibrate(calibration)).Should().Throw<InvalidOperationException>()
            .WithMessage("There is no interval to calibrate*");

        IEnumerable<double> Targets(int step) => schema.Windows(calibration).Targets().Row(step);
    }

    private sealed class Fixed(double[] forecasts, params double[] quantiles) : IForecaster
    {
        public string Name => "fixed";

        public IReadOnlyList<double> Quantiles => quantiles;

        public Matrix<double> Predict(WindowSet windows)
        {
            int rows = windows.Schema.Horizon * Math.Max(1, quantiles.Length);
            return Matrix<double>.Build.Dense(rows, forecasts.Length / rows, forecasts);
        }
    }
}
