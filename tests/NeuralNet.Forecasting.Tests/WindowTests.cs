using NeuralNet.Batches;
using NeuralNet.Data;
using NeuralNet.Distributed;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Tests.Distributed;
using NeuralNet.Training;

namespace NeuralNet.Forecasting.Tests;

public sealed class WindowTests
{
    [Fact]
    public void A_window_reads_its_steps_and_predicts_the_next()
    {
        TimeSeries series = Made.Daily(0, 1, 2, 3, 4, 5, 6);
        ForecastSchema schema = ForecastSchema.Fit(
            series, new() { Length = 3, Horizon = 2, Scaling = SeriesScaling.None });
        DataSet<double> data = schema.ToDataSet<double>(series);
        data.Count.Should().Be(3);
        data.Inputs.Values.ToArray().Should().Equal(0, 1, 2, 1, 2, 3, 2, 3, 4);
        data.Targets.Values.ToArray().Should().Equal(3, 4, 4, 5, 5, 6);
        schema.PastShape.Should().Be(new FeatureShape(3, 1));
        schema.KnownShape.Should().BeNull();
        schema.OutputShape.Should().Be(new FeatureShape(2, 1, 1));
        schema.Loss.Should().BeOfType<MeanSquaredError>();
        schema.ToString().Should().Be("3 steps, daily, of y give the next 2 of y");
        WindowSet windows = schema.Windows(series);
        Made.Text(windows.TimeOf(1)).Should().Be("2020-01-05");
        windows.KeyOf(1).Should().BeEmpty();
    }

    [Fact]
    public void Windows_are_a_stride_apart()
    {
        TimeSeries series = Made.Daily(10, i => i);
        ForecastSchema schema = ForecastSchema.Fit(series, new() { Length = 2, Stride = 3 });
        schema.Windows(series).Targets().Row(0).Should().Equal(2, 5, 8);
    }

    [Fact]
    public void Features_of_a_step_stand_beside_each_other_and_what_is_known_in_advance_in_an_input_of_its_own()
    {
        // y is predicted, t is past only, h is known in advance; of the calendar, Monday is a seventh of its round.
        TimeSeries series = Made.Columns(4, ("h", i => 100 + i), ("t", i => 10 + i), ("y", i => i));
        ForecastSchema schema = ForecastSchema.Fit(series, new()
        {
            Length = 2,
            Horizon = 2,
            Past = ["t"],
            Known = ["h"],
            Calendar = [CalendarPart.DayOfWeek],
            Scaling = SeriesScaling.None,
        });
        schema.Targets.Should().Equal("y");
        schema.Inputs.ToString().Should().Be("past: 2 × 5, known: 2 × 3");
        double[] sample = schema.ToDataSet<double>(series).Inputs.Column(0).ToArray();
        double[] At(int step) =>
        [
            Math.Sin(2 * Math.PI * (int)series.TimeAt(step).DayOfWeek / 7),
            Math.Cos(2 * Math.PI * (int)series.TimeAt(step).DayOfWeek / 7),
        ];
        double[] expected = [0, 10, 100, .. At(0), 1, 11, 101, .. At(1), 102, .. At(2), 103, .. At(3)];
        sample.Should().Equal(expected);
        schema.Layout.RowNames().Should().Equal(
            "y[-1]", "t[-1]", "h[-1]", "DayOfWeek.sin[-1]", "DayOfWeek.cos[-1]",
            "y[0]", "t[0]", "h[0]", "DayOfWeek.sin[0]", "DayOfWeek.cos[0]",
            "h[+1]", "DayOfWeek.sin[+1]", "DayOfWeek.cos[+1]", "h[+2]", "DayOfWeek.sin[+2]", "DayOfWeek.cos[+2]");
    }

    [Fact]
    public void Outputs_are_by_step_then_by_target_then_by_quantile()
    {
        TimeSeries series = Made.Columns(4, ("a", i => i), ("b", i => 10 * i));
        ForecastSchema schema = ForecastSchema.Fit(series, new()
        {
            Length = 1,
            Horizon = 2,
            Quantiles = [0.1, 0.5, 0.9],
            Scaling = SeriesScaling.None,
        });
        schema.OutputShape.Should().Be(new FeatureShape(2, 2, 3));
        schema.ToDataSet<double>(series).Targets.Column(0).ToArray()
            .Should().Equal(1, 1, 1, 10, 10, 10, 2, 2, 2, 20, 20, 20);
        schema.Loss.Should().BeOfType<QuantileLoss>().Which.Quantiles.Should().Equal(0.1, 0.5, 0.9);
        schema.Windows(series).Targets().Column(0).Should().Equal(1, 10, 2, 20);
    }

    [Fact]
    public void Parts_of_a_date_go_round()
    {
        var time = new DateTime(2021, 7, 2, 12, 0, 0);
        (CalendarPart Part, double Share)[] expected =
        [
            (CalendarPart.DayOfYear, 182.5 / 365), (CalendarPart.MonthOfYear, 6 / 12.0),
            (CalendarPart.DayOfMonth, 1.5 / 31), (CalendarPart.DayOfWeek, 5 / 7.0), (CalendarPart.HourOfDay, 0.5),
        ];
        foreach ((CalendarPart part, double share) in expected)
        {
            Windows.CalendarFeatures.Share(part, time).Should().BeApproximately(share, 1e-15, part.ToString());
        }

        Windows.CalendarFeatures.Share(CalendarPart.DayOfYear, new(2020, 12, 31)).Should().Be(365 / 366.0);
    }

    [Fact]
    public void Windows_of_several_series_do_not_run_into_each_other()
    {
        TimeSeriesSet set = new(
            Made.Columns("a", 4, ("y", i => i)), Made.Columns("short", 2, ("y", i => i)),
            Made.Columns("b", 3, ("y", i => 10 + i)));
        WindowSet windows = ForecastSchema.Fit(set, new() { Length = 2 }).Windows(set);
        windows.Targets().Row(0).Should().Equal(2, 3, 12);
        windows.KeyOf(2).Should().Be("b");
    }

    [Fact]
    public void A_batch_source_gives_the_windows_of_a_data_set_in_another_order_each_epoch()
    {
        TimeSeries series = Made.Daily(20, i => i);
        ForecastSchema schema = ForecastSchema.Fit(series, new() { Length = 2, Scaling = SeriesScaling.None });
        IBatchSource<double> source = schema.ToBatchSource<double>(series, batchSize: 7, seed: 1);
        source.BatchesPerEpoch.Should().Be(3);
        double[] first = Read(source, 0);
        first.Order().Should().Equal(Enumerable.Range(2, 18).Select(i => (double)i));
        Read(source, 0).Should().Equal(first);
        Read(source, 1).Should().NotEqual(first);
        source.Invoking(_ => schema.ToBatchSource<double>(series, 0, 1)).Should()
            .Throw<ArgumentOutOfRangeException>().WithParameterName("batchSize");
    }

    [Fact]
    public void Workers_who_share_a_batch_source_get_the_bits_of_one()
    {
        TimeSeries series = Made.Daily(20, i => i % 5);
        ForecastSchema schema = ForecastSchema.Fit(series, new() { Length = 2 });
        double[] alone = Train(Workers.Alone(shards: 4));
        ThreadWorkers.Run(3, shards: 4, Train).Should().OnlyContain(parameters => parameters.SequenceEqual(alone));

        double[] Train(IWorkers workers)
        {
            Network<double> network =
                Network.Create<double>(schema.Inputs.Size, seed: 1).Dense(schema.OutputSize).Build();
            var trainer = new Trainer<double>(network, new MeanSquaredError(), new Sgd(0.1), workers: workers);
            trainer.Fit(schema.ToBatchSource<double>(series, batchSize: 7, seed: 1), new() { Epochs = 2 });
            return [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        }
    }

    [Fact]
    public void A_method_of_ones_own_reads_all_that_came_before()
    {
        TimeSeries series = Made.Columns(10, ("y", i => i), ("t", i => 10 + i));
        ForecastSchema schema = ForecastSchema.Fit(series, new() { Length = 2, Targets = ["y"] });
        WindowSet windows = schema.Windows(series.Slice(5, 5));
        windows.HistoryOf(0, "t").ToArray().Should().Equal(10, 11, 12, 13, 14);
        windows.HistoryOf(1, "y").ToArray().Should().Equal(0, 1, 2, 3, 4, 5);
        windows.Invoking(w => w.HistoryOf(0, "x").Length).Should().Throw<ArgumentException>()
            .WithMessage("There is no column 'x'; there are y, t.*");
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        TimeSeries series = Made.Columns(9, ("a", i => i), ("b", i => i));
        Refused(new() { Length = 2, Targets = ["c"] }, "There is no column 'c'; there are a, b.*");
        Refused(new() { Length = 2, Targets = ["a"], Past = ["a"] }, "Column 'a' is named twice*");
        Refused(new() { Length = 2, Past = ["a"], Known = ["b"] }, "There must be a column to predict*");
        FluentActions.Invoking(() => new WindowOptions { Length = 0 }).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("Length");
        FluentActions.Invoking(() => new WindowOptions { Length = 1, Horizon = 0 })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Horizon");
        FluentActions.Invoking(() => new WindowOptions { Length = 1, Stride = 0 })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Stride");
        FluentActions.Invoking(() => new WindowOptions { Length = 1, Quantiles = [0.1, 0.9] })
            .Should().Throw<ArgumentException>().WithMessage("0.5 must be among the quantiles*");
        FluentActions.Invoking(() => ForecastSchema.Fit(series, new() { Length = 1, Scaling = (SeriesScaling)9 }))
            .Should().Throw<ArgumentOutOfRangeException>();

        void Refused(WindowOptions options, string message) =>
            FluentActions.Invoking(() => ForecastSchema.Fit(series, options)).Should().Throw<ArgumentException>()
                .WithMessage(message).WithParameterName(nameof(options));
    }

    [Fact]
    public void Series_of_other_columns_or_steps_are_refused()
    {
        ForecastSchema schema = ForecastSchema.Fit(Made.Daily(9, i => i), new() { Length = 2 });
        schema.Invoking(s => s.Windows(Made.Columns(9, ("z", i => i)))).Should().Throw<ArgumentException>()
            .WithMessage("'series' lacks the column 'y' of the training data; it has z.*");
        TimeSeries hourly = TimeSeries.FromValues([1, 2, 3, 4], Made.Start, Frequency.Hourly, "y");
        schema.Invoking(s => s.Windows(hourly)).Should().Throw<ArgumentException>()
            .WithMessage("'series' is hourly, but the training data are daily.*");
    }

    private static double[] Read(IBatchSource<double> source, int epoch) =>
        [.. source.ReadAsync(epoch, default).ToBlockingEnumerable()
            .SelectMany(batch => batch.Targets.ToColumnMajorArray())];
}
