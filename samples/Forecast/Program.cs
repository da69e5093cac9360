using NeuralNet.Forecasting;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Schedules;
using NeuralNet.Tables;
using NeuralNet.Training;

// A file of text with a column of dates and one of numbers, such as daily-min-temperatures.csv.
if (args.FirstOrDefault() is not { } path)
{
    Console.Error.WriteLine("Name a CSV file with a column of dates and one of numbers.");
    return 2;
}

Table table = Table.Read(path);
string time = table.Columns.First(column => column.Kind == ColumnKind.Date).Name;
string value = table.Columns.First(column => column.Kind == ColumnKind.Number).Name;
TimeSeries series = TimeSeries.FromTable(table, time, [value], new() { Gaps = GapPolicy.Close });
(TimeSeries past, TimeSeries future) = series.SplitAt(series.TimeAt(series.Count * 4 / 5));
Console.WriteLine(series);

// A forecast of one season from two of them, in the unit of the window: series may grow.
int season = Math.Max(2, series.Frequency.UsualPeriod);
ForecastSchema schema = ForecastSchema.Fit(past, new()
{
    Length = Math.Max(24, 2 * season),
    Horizon = season,
    Calendar = [CalendarPart.DayOfYear],
    Quantiles = [0.05, 0.5, 0.95],
    Scaling = SeriesScaling.Window,
});
Network<float> network = schema.CreateNetwork<float>(seed: 1, ReadPast).Dense(schema.OutputSize).Build();
var trainer = new Trainer<float>(network, schema.Loss, new AdamW(learningRate: 0.003, weightDecay: 0.1));
trainer.Fit(schema.ToDataSet<float>(past), new() { Epochs = 60, BatchSize = 32, Schedule = new CosineDecay() });
Forecaster<float> forecaster = schema.ToForecaster(network);
Console.WriteLine(forecaster.Evaluate(past, future));
Forecast forecast = forecaster.Forecast(series);
Console.WriteLine(forecast);
Plot([.. series[value][^Math.Min(48, series.Count)..]], forecast);
return 0;

// The layers that read the steps of the past.
static NetworkBuilder<float> ReadPast(NetworkBuilder<float> steps) => steps.Lstm(32);

static void Plot(double[] known, Forecast forecast)
{
    (double[] low, double[] high) = (forecast.Quantile(0.05), forecast.Quantile(0.95));
    (double least, double most) = (Math.Min(known.Min(), low.Min()), Math.Max(known.Max(), high.Max()));
    for (int row = 14; row >= 0; row--)
    {
        int Row(double number) => (int)Math.Round(14 * (number - least) / Math.Max(most - least, 1e-12));
        string past = string.Concat(known.Select(number => Row(number) == row ? '•' : ' '));
        string next = string.Concat(low.Select((_, step) =>
            Row(forecast.Values[step]) == row ? 'o' : row >= Row(low[step]) && row <= Row(high[step]) ? '░' : ' '));
        Console.WriteLine(FormattableString.Invariant($"{least + ((most - least) * row / 14),9:G4} │{past}│{next}"));
    }
}
