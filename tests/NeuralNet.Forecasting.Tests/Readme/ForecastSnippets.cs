using NeuralNet.Activations;
using NeuralNet.Forecasting.Evaluation;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Forecasting.Tests.Readme;

/// <summary>The snippets of the guides on forecasts.</summary>
internal static class ForecastSnippets
{
    public static ForecastReport Train()
    {
        TimeSeries series = TimeSeries.FromCsv("temperatures.csv", time: "Date", values: ["Temp"]);
        (TimeSeries past, TimeSeries future) = series.SplitAt(new DateOnly(2023, 1, 1));
        (TimeSeries training, TimeSeries calibration) = past.SplitAt(new DateOnly(2022, 1, 1));
        ForecastSchema schema = ForecastSchema.Fit(training, new()
        {
            Length = 30,                                // a window reads 30 days
            Horizon = 7,                                // and predicts the next seven,
            Calendar = [CalendarPart.DayOfYear],        // whose time of the year is known,
            Quantiles = [0.05, 0.5, 0.95],              // with an interval for 90 % of them
        });

        Network<float> network = schema
            .CreateNetwork<float>(seed: 1, past => past.Convolution(16, kernelSize: 5, activation: new ReLU()))
            .Dense(schema.OutputSize)
            .Build();
        var trainer = new Trainer<float>(network, schema.Loss, new AdamW(learningRate: 0.002));
        trainer.Fit(schema.ToDataSet<float>(training), new() { Epochs = 20 });

        Forecaster<float> forecaster = schema.ToForecaster(network).Calibrate(calibration);
        Console.WriteLine(forecaster.Evaluate(training, future, new() { Period = 365 }));
        forecaster.Save("temperatures.safetensors");
        return forecaster.Evaluate(training, future, new() { Period = 365 });
    }

    public static Forecast Predict(double[] lastDays)
    {
        Forecaster<float> forecaster = Forecaster.Load<float>("temperatures.safetensors");
        Forecast forecast = forecaster.Forecast(lastDays, last: new DateTime(2023, 12, 31));
        Console.WriteLine(forecast);                    // a line per day: date, 0.05, 0.5 and 0.95
        return forecast;
    }

    public static ForecastSchema ManySeries()
    {
        TimeSeriesSet sales = TimeSeriesSet.FromCsv("sales.csv", time: "date", key: "shop");
        (TimeSeriesSet training, TimeSeriesSet test) = sales.SplitAt(new DateOnly(2024, 7, 1));
        ForecastSchema schema = ForecastSchema.Fit(training, new()
        {
            Targets = ["sales"],
            Known = ["price"],
            Length = 28,
            Horizon = 7,
            Calendar = [CalendarPart.DayOfWeek],
            Scaling = SeriesScaling.Series,             // shops of all sizes
        });
        Console.WriteLine(test);
        return schema;
    }

    public static Forecast KnownInAdvance(Forecaster<float> forecaster, TimeSeriesSet sales)
    {
        var prices = TimeSeries.FromValues(
            [10, 10, 7, 10, 10, 10, 10], new DateTime(2025, 1, 1), Frequency.Daily, "price");
        foreach (TimeSeries shop in sales)
        {
            Console.WriteLine(shop.Key);
            Console.WriteLine(forecaster.Forecast(shop, known: prices));
        }

        return forecaster.Forecast(sales[0], known: prices);
    }

    public static ForecastReport Rolling(TimeSeriesSet sales)
    {
        ForecastReport report = ForecastEvaluation.RollingOrigin(
            sales,
            new() { Length = 24, Horizon = 12, Scaling = SeriesScaling.Window },
            new() { From = new DateTime(2022, 1, 1), RefitEvery = 12 },
            (schema, past) =>
            {
                Network<float> network = schema.CreateNetwork<float>(seed: 1).Dense(schema.OutputSize).Build();
                var trainer = new Trainer<float>(network, schema.Loss, new Adam(learningRate: 0.01));
                trainer.Fit(schema.ToDataSet<float>(past), new() { Epochs = 100 });
                return schema.ToForecaster(network);
            });
        return report;
    }
}
