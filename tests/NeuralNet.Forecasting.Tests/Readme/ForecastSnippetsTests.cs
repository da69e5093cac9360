using System.Globalization;
using NeuralNet.Activations;
using NeuralNet.Forecasting.Evaluation;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Forecasting.Tests.Readme;

/// <summary>What the guide says of forecasts is so.</summary>
public sealed class ForecastSnippetsTests
{
    // Five years of days: a season, and weather that lasts some days.
    private static readonly double[] _days = Days();

    private static readonly int[] _shops = [40, 100, 250];

    [Fact]
    public void A_network_is_trained_judged_saved_and_used()
    {
        Write();
        ForecastReport report = ForecastSnippets.Train();
        report["network"].Rmse.Should().BeLessThan(report["naive"].Rmse)
            .And.BeLessThan(report["seasonal naive"].Rmse);
        report["network"].Coverage.Should().BeInRange(0.85, 0.95);
        Forecast forecast = ForecastSnippets.Predict(_days);
        forecast.Times.Select(Made.Text).Should().Equal(Enumerable.Range(1, 7).Select(day => $"2024-01-0{day}"));
        forecast.Values.Average().Should().BeInRange(forecast.Quantile(0.05).Min(), forecast.Quantile(0.95).Max());
    }

    [Fact]
    public void Origins_roll_over_several_series()
    {
        TimeSeries[] shops =
        [
            .. Enumerable.Range(1, 2).Select(shop => TimeSeries.FromColumns(
                [.. Enumerable.Range(0, 96).Select(month => new DateTime(2016, 1, 1).AddMonths(month))],
                [
                    (
                        "pieces",
                        [.. Enumerable.Range(0, 96).Select(
                            month => shop * (100 + month + (20 * Math.Sin(month * Math.PI / 6))))]),
                ],
                key: $"shop {shop}")),
        ];
        ForecastReport report = ForecastSnippets.Rolling(new(shops));
        report.WindowCount.Should().Be(2 * 13);
        report["network"].Mase.Should().BeLessThan(report["seasonal naive"].Mase);
    }

    [Fact]
    public void A_price_that_is_known_in_advance_is_seen_in_the_forecasts_of_many_series()
    {
        // A cheap day sells twice as much.
        var random = new Random(1);
        File.WriteAllLines(
            "sales.csv",
            _shops.SelectMany(level => Enumerable.Range(0, 1096).Select(day =>
            {
                int price = random.Next(8) == 0 ? 7 : 10;
                double sales = level * (price == 7 ? 2 : 1) * (0.95 + (0.1 * random.NextDouble()));
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{new DateTime(2022, 1, 1).AddDays(day):yyyy-MM-dd},shop {level},{sales:F1},{price}");
            })).Prepend("date,shop,sales,price"));
        ForecastSchema schema = ForecastSnippets.ManySeries();
        TimeSeriesSet shops = TimeSeriesSet.FromCsv("sales.csv", time: "date", key: "shop");
        Network<float> network = schema.CreateNetwork<float>(seed: 1)
            .Dense(16, new ReLU()).Dense(schema.OutputSize).Build();
        new Trainer<float>(network, schema.Loss, new AdamW(0.003)).Fit(
            schema.ToDataSet<float>(shops.SplitAt(new DateOnly(2024, 7, 1)).Past), new() { Epochs = 20 });

        Forecast forecast = ForecastSnippets.KnownInAdvance(schema.ToForecaster(network), shops);
        forecast.Times.Select(Made.Text).Should().Equal(Enumerable.Range(1, 7).Select(day => $"2025-01-0{day}"));
        forecast.Values[2].Should().BeInRange(70, 90);
        forecast.Values.Where((_, day) => day != 2).Should().OnlyContain(sales => sales > 30 && sales < 50);
    }

    private static void Write() => File.WriteAllLines(
        "temperatures.csv",
        _days.Select((value, day) => string.Create(
            CultureInfo.InvariantCulture, $"{new DateTime(2019, 1, 1).AddDays(day):yyyy-MM-dd},{value:F1}"))
            .Prepend("Date,Temp"));

    private static double[] Days()
    {
        var random = new Random(1);
        double weather = 0;
        return
        [
            .. Enumerable.Range(0, 1826).Select(day =>
            {
                weather = (0.7 * weather) + random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
                return 11 - (5 * Math.Cos(2 * Math.PI * day / 365.25)) + (3 * weather);
            }),
        ];
    }
}
