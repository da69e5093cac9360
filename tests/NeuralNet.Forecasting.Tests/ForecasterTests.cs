using System.Text.Json.Nodes;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Forecasting.Tests;

public sealed class ForecasterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("forecaster-").FullName;

    public static TheoryData<SeriesScaling, SeriesTransform> Scalings
    {
        get
        {
            var data = new TheoryData<SeriesScaling, SeriesTransform>();
            foreach (SeriesScaling scaling in Enum.GetValues<SeriesScaling>())
            {
                foreach (SeriesTransform transform in Enum.GetValues<SeriesTransform>())
                {
                    data.Add(scaling, transform);
                }
            }

            return data;
        }
    }

    private string File => Path.Combine(_folder, "model.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Scalings))]
    public void A_forecaster_of_a_file_gives_the_same_bits(SeriesScaling scaling, SeriesTransform transform)
    {
        const int Count = 50;
        TimeSeries series = Made.Columns(
            "shop", Count, ("y", i => 100 + (i % 7)), ("t", Made.Noise(Count, 1)), ("h", i => i % 2));
        ForecastSchema schema = ForecastSchema.Fit(series, new()
        {
            Length = 5,
            Horizon = 3,
            Stride = 2,
            Past = ["t"],
            Known = ["h"],
            Calendar = [CalendarPart.DayOfYear, CalendarPart.DayOfWeek],
            Quantiles = [0.1, 0.5, 0.9],
            Scaling = scaling,
            Transform = transform,
        });
        Network<float> network = schema.CreateNetwork<float>(seed: 1).Dense(4, new Tanh()).Dense(schema.OutputSize)
            .Build();
        Forecaster<float> forecaster = schema.ToForecaster(network);
        forecaster.Save(File);
        Forecaster<float> loaded = Forecaster.Load<float>(File);

        loaded.Schema.ToString().Should().Be(schema.ToString());
        loaded.Schema.Stride.Should().Be(2);
        loaded.Schema.Layout.Should().BeEquivalentTo(schema.Layout);
        loaded.Schema.Scales.Should().BeEquivalentTo(schema.Scales);
        (TimeSeries past, TimeSeries future) = series.SplitAt(Made.Start.AddDays(Count - 3));
        Forecast expected = forecaster.Forecast(past, known: future);
        Forecast forecast = loaded.Forecast(past, known: future);
        forecast.Times.Select(Made.Text).Should().Equal("2020-02-17", "2020-02-18", "2020-02-19");
        forecast.Values.Should().Equal(expected.Values);
        forecast.Quantile(0.9).Should().Equal(expected.Quantile(0.9));
        forecast.Key.Should().Be("shop");

        // The same as the window of the whole series has it.
        WindowSet windows = schema.Windows(future);
        forecaster.Predict(windows).Column(0)[1].Should().Be(forecast.Values[0]);
        Predict(loaded, past, future).Should().Equal(Predict(forecaster, past, future));
    }

    [Fact]
    public void A_forecast_is_in_the_unit_of_the_data()
    {
        // A network that gives its last input, scaled: the forecast is the last value.
        TimeSeries series = Made.Daily(30, i => 1000 + (10 * (i % 5)));
        ForecastSchema schema = ForecastSchema.Fit(series, new() { Length = 2 });
        Network<double> network = schema.CreateNetwork<double>(seed: 1).Dense(1).Build();
        network.Parameter("dense1.weights").Set(Matrix<double>.Build.DenseOfRowArrays([0, 1.0]));
        Forecaster<double> forecaster = schema.ToForecaster(network);
        forecaster.Forecast(series).Values[0].Should().BeApproximately(1040, 1e-9);
        forecaster.Forecast([1010, 1020.0], new DateTime(2021, 12, 31)).Values[0].Should().BeApproximately(1020, 1e-9);
        forecaster.Forecast([1, 1010, 1030.0], new DateTime(2021, 12, 31)).Times.Single()
            .Should().Be(new DateTime(2022, 1, 1));

        // And so are the results of the pipeline alone.
        Pipeline<double> pipeline = forecaster.Pipeline;
        pipeline.Predict((double[])[1010, 1030]).Should().ContainSingle()
            .Which.Should().BeApproximately(1030, 1e-9);
        pipeline.Columns!.Select(column => column.Name).Should().Equal("y[-1]", "y[0]");
    }

    [Fact]
    public void A_few_dates_that_several_frequencies_have_go_on_as_the_training_data_did()
    {
        TimeSeries weekdays = TimeSeries.FromValues(
            [.. Enumerable.Range(0, 30).Select(i => (double)i)], new(2024, 1, 1), Frequency.Weekdays, "y");
        ForecastSchema schema = ForecastSchema.Fit(weekdays, new() { Length = 5, Horizon = 2 });
        Forecaster<float> forecaster = schema.ToForecaster(schema.CreateNetwork<float>(seed: 1).Dense(2).Build());
        TimeSeries week = TimeSeries.FromColumns(
            [.. Enumerable.Range(0, 5).Select(day => new DateTime(2024, 2, 5).AddDays(day))], [("y", [1, 2, 3, 4, 5])]);
        week.Frequency.Should().Be(Frequency.Daily);
        forecaster.Forecast(week).Times.Select(Made.Text).Should().Equal("2024-02-12", "2024-02-13");
        TimeSeries withSunday = TimeSeries.FromColumns(
            [.. Enumerable.Range(0, 5).Select(day => new DateTime(2024, 2, 4).AddDays(day))], [("y", [1, 2, 3, 4, 5])]);
        forecaster.Invoking(f => f.Forecast(withSunday)).Should().Throw<ArgumentException>()
            .WithMessage("'series' is daily, but the training data are on weekdays.*");
    }

    [Fact]
    public void Quantiles_come_in_ascending_order()
    {
        TimeSeries series = Made.Daily(30, i => i);
        ForecastSchema schema = ForecastSchema.Fit(
            series, new() { Length = 2, Quantiles = [0.1, 0.5, 0.9], Scaling = SeriesScaling.None });
        Network<double> network = schema.CreateNetwork<double>(seed: 1).Dense(3).Build();
        network.Parameter("dense1.weights").Set(Matrix<double>.Build.Dense(3, 2));
        network.Parameter("dense1.biases").Set(Matrix<double>.Build.DenseOfColumnArrays([5, 4, 3.0]));
        Forecast forecast = schema.ToForecaster(network).Forecast(series);
        forecast.Quantile(0.1).Should().Equal(3);
        forecast.Values.Should().Equal(4);
        forecast.Quantile(0.9, "y").Should().Equal(5);
        forecast.ToString().ReplaceLineEndings("\n").Should().Be(
            "                 y 0.1       y 0.5       y 0.9\n2020-01-31           3           4           5");
        forecast.Invoking(f => f.Quantile(0.2)).Should().Throw<ArgumentException>()
            .WithMessage("There is no quantile 0.2; there are 0.1, 0.5, 0.9.*");
        forecast.Invoking(f => f.Of("x")).Should().Throw<ArgumentException>()
            .WithMessage("There is no forecast of 'x'; there is one of y.*");
    }

    [Fact]
    public void What_a_forecast_lacks_is_named()
    {
        TimeSeries series = Made.Columns(30, ("y", i => i), ("h", i => i % 2));
        ForecastSchema schema = ForecastSchema.Fit(series, new() { Length = 4, Horizon = 2, Known = ["h"] });
        Forecaster<float> forecaster = schema.ToForecaster(
            schema.CreateNetwork<float>(seed: 1).Dense(schema.OutputSize).Build());
        forecaster.Invoking(f => f.Forecast(series.Slice(0, 3))).Should().Throw<ArgumentException>()
            .WithMessage("A forecast needs the last 4 steps, but there are 3 steps: y, h: 3 steps*");
        forecaster.Invoking(f => f.Forecast(series)).Should().Throw<ArgumentNullException>()
            .WithMessage("The network reads h of the steps to predict, too: *from 2020-01-31 to 2020-02-01.*");
        forecaster.Invoking(f => f.Forecast(series, series)).Should().Throw<ArgumentException>()
            .WithMessage("The value of 'h' at 2020-01-31 must be known in advance, but the known features lack it*");
        forecaster.Invoking(f => f.Forecast([1, 2, 3, 4], Made.Start)).Should().Throw<InvalidOperationException>()
            .WithMessage("The network reads the columns y, h: give a series*");

        ForecastSchema plain = ForecastSchema.Fit(series, new() { Length = 4, Targets = ["y"] });
        Forecaster<float> ofOne = plain.ToForecaster(plain.CreateNetwork<float>(seed: 1).Dense(1).Build());
        ofOne.Invoking(f => f.Forecast([1, 2, 3], Made.Start)).Should().Throw<ArgumentException>()
            .WithMessage("A forecast needs the last 4 values, but there are 3 values.*");
        ofOne.Invoking(f => f.Forecast([1, 2, double.NaN, 4], Made.Start)).Should().Throw<ArgumentException>()
            .WithMessage("'series': between 2019-12-29 and 2020-01-01 a value is missing*'y' at 2019-12-31*");
        ofOne.Invoking(f => f.Forecast([1, 2, double.PositiveInfinity, 4], Made.Start))
            .Should().Throw<ArgumentException>().WithMessage("*infinite*");
        ofOne.Invoking(f => f.Predict(schema.Windows(series))).Should().Throw<ArgumentException>()
            .WithMessage("The network was trained on windows of another schema*");
    }

    [Fact]
    public void A_network_of_other_sizes_makes_no_forecaster()
    {
        ForecastSchema schema = ForecastSchema.Fit(Made.Daily(30, i => i), new() { Length = 4, Horizon = 2 });
        Network<float> network = schema.CreateNetwork<float>(seed: 1).Dense(3).Build();
        schema.Invoking(s => s.ToForecaster(network)).Should().Throw<ArgumentException>()
            .WithMessage("The network must have 4 inputs (past: 4 × 1) and 2 outputs (2 × 1 × 1: steps × targets × *");
        schema.ToForecaster(schema.CreateNetwork<float>(seed: 1).Dense(2).Build()).ToString()
            .Should().Be("4 steps, daily, of y give the next 2 of y, by a network of 10 parameters");
    }

    [Fact]
    public void A_file_of_another_model_or_a_damaged_one_is_refused()
    {
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(1).Build();
        Pipeline.Create(network).Save(File);
        FluentActions.Invoking(() => Forecaster.Load<float>(File)).Should().Throw<InvalidDataException>()
            .WithMessage("The pipeline does not know how windows are read*");
        string text = Windows.SchemaText.Write(
            ForecastSchema.Fit(Made.Daily(30, i => i), new() { Length = 4, Calendar = [CalendarPart.DayOfWeek] }),
            [0.5]);
        Windows.SchemaText.Read(text);
        foreach ((string member, string value) in ((string, string)[])
            [
                ("forecast", "2"), ("length", "0"), ("length", "1e99"), ("horizon", "\"3\""), ("targets", "[]"),
                ("targets", "[null]"), ("past", "[\"y\"]"), ("calendar", "[\"Noon\"]"), ("quantiles", "[0.1]"),
                ("quantiles", "[0.5,0.1]"), ("scaling", "\"17\""), ("frequency", "\"0m\""), ("scales", "[1]"),
                ("scales", "[1,0]"), ("scales", "[1,-1]"), ("scales", "null"), ("offsets", "[1,2]"),
            ])
        {
            JsonNode json = JsonNode.Parse(text)!;
            json[member] = JsonNode.Parse(value);
            FluentActions.Invoking(() => Windows.SchemaText.Read(json.ToJsonString()))
                .Should().Throw<InvalidDataException>($"{member}: {value}")
                .WithMessage("The model's description of its windows, * is none that this version knows: *");
        }

        FluentActions.Invoking(() => Windows.SchemaText.Read("[")).Should().Throw<InvalidDataException>();
        InputColumnsOf(4, text, network).Should().Throw<InvalidDataException>()
            .WithMessage("The model is damaged: The network must have 14 inputs*");
    }

    [Fact]
    public void A_network_learns_a_wave_and_the_same_seed_gives_the_same_bits()
    {
        TimeSeries series = Made.Daily(300, i => 20 + (5 * Math.Sin(i / 3.0)));
        (TimeSeries past, TimeSeries future) = series.SplitAt(Made.Start.AddDays(240));
        Forecaster<float> forecaster = Train(past);
        Evaluation.ForecastReport report = forecaster.Evaluate(past, future);
        report["network"].Rmse.Should().BeLessThan(0.3 * report["naive"].Rmse);
        Train(past).Forecast(series).Values.Should().Equal(forecaster.Forecast(series).Values);
    }

    private static Forecaster<float> Train(TimeSeries past)
    {
        ForecastSchema schema = ForecastSchema.Fit(past, new() { Length = 8, Horizon = 2 });
        Network<float> network = schema
            .CreateNetwork<float>(seed: 3, layers => layers.Convolution(4, 3, activation: new Tanh()))
            .Dense(schema.OutputSize)
            .Build();
        var trainer = new Trainer<float>(network, schema.Loss, new Adam(learningRate: 0.01));
        trainer.Fit(schema.ToDataSet<float>(past), new() { Epochs = 30, BatchSize = 16 });
        return schema.ToForecaster(network);
    }

    private static double[] Predict(Forecaster<float> forecaster, TimeSeries past, TimeSeries future) =>
        [.. forecaster.Schema.Quantiles.SelectMany(level => forecaster.Forecast(past, future).Quantile(level))];

    private static Func<object> InputColumnsOf(int rows, string reading, Network<float> network) =>
        FluentActions.Invoking(() => (object)Forecaster.FromPipeline(Pipeline.Create(
            network,
            columns:
            [
                .. Enumerable.Range(0, rows).Select(i => new InputColumn($"{i}", reading: i == 0 ? reading : null)),
            ])));
}
