using NeuralNet.Forecasting;
using NeuralNet.Forecasting.Evaluation;
using NeuralNet.Layers;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Schedules;
using NeuralNet.Training;

namespace NeuralNet.Benchmarks.Forecasts;

/// <summary>A real series, what is forecast of it, and how a network is trained for it.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="File">The CSV file.</param>
/// <param name="Time">The column with the dates.</param>
/// <param name="Value">The column that is forecast.</param>
/// <param name="Windows">What a forecast is made from, and what it is of.</param>
internal sealed record ForecastCase(string Name, string File, string Time, string Value, WindowOptions Windows)
{
    /// <summary>The cases, with what was published or measured of them in <c>results</c>.</summary>
    public static IReadOnlyList<ForecastCase> All { get; } =
    [
        new("temperatures", "daily-min-temperatures.csv", "Date", "Temp", new()
        {
            Length = 30,
            Calendar = [CalendarPart.DayOfYear],
        })
        {
            FirstTest = _ => new(1989, 1, 1),
        },
        new("sunspots", "monthly-sunspots.csv", "Month", "Sunspots", new()
        {
            Length = 132,
            Horizon = 6,
            Quantiles = [0.05, 0.5, 0.95],
            Transform = SeriesTransform.SquareRoot,
        })
        {
            // The last 480 windows.
            FirstTest = series => series.TimeAt(series.Count - 480 - 5),
            Dropout = 0.5,
            LearningRate = 0.002,
            WeightDecay = 1,
            Epochs = 80,
            BatchSize = 64,
        },
        new("airline", "airline-passengers.csv", "Month", "Passengers", new()
        {
            Length = 24,
            Horizon = 12,
            Scaling = SeriesScaling.Window,
        })
        {
            FirstTest = _ => new(1958, 1, 1),
            RefitEvery = 12,
            Dropout = 0,
            LearningRate = 0.01,
            Epochs = 100,
            BatchSize = 16,
        },
    ];

    /// <summary>The first time that is held out.</summary>
    public required Func<TimeSeries, DateTime> FirstTest { get; init; }

    /// <summary>Number of steps after which the network is trained again on all before; null for never.</summary>
    public int? RefitEvery { get; init; }

    /// <summary>The dropout behind the recurrent layer.</summary>
    public double Dropout { get; init; } = 0.2;

    /// <summary>The learning rate.</summary>
    public double LearningRate { get; init; } = 0.003;

    /// <summary>The weight decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Number of epochs.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Number of windows in a batch.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Trains and evaluates.</summary>
    /// <param name="folder">The folder with the file.</param>
    /// <param name="seed">The seed of the network.</param>
    public ForecastReport Evaluate(string folder, int seed)
    {
        TimeSeries series = TimeSeries.FromCsv(
            Path.Combine(folder, File), Time, [Value], new() { Gaps = GapPolicy.Close });
        DateTime first = FirstTest(series);
        if (RefitEvery is { } steps)
        {
            return ForecastEvaluation.RollingOrigin(
                series,
                Windows,
                new() { From = first, RefitEvery = steps },
                (schema, training) => Train(schema, training, seed));
        }

        (TimeSeries past, TimeSeries future) = series.SplitAt(first);
        return Train(ForecastSchema.Fit(past, Windows), past, seed).Evaluate(past, future);
    }

    // The window as it is, beside what a recurrent layer makes of it: the network begins where linear models end.
    private Forecaster<float> Train(ForecastSchema schema, TimeSeriesSet training, int seed)
    {
        Network<float> network = schema
            .CreateNetwork<float>(seed, past => past.Branches(
                Merge.Concatenation, window => window.Flatten(), steps => steps.Lstm(16).Dropout(Dropout)))
            .Dense(schema.OutputSize)
            .Build();
        var trainer = new Trainer<float>(network, schema.Loss, new AdamW(LearningRate, weightDecay: WeightDecay));
        trainer.Fit(schema.ToDataSet<float>(training), new()
        {
            Epochs = Epochs,
            BatchSize = BatchSize,
            Schedule = new CosineDecay(),
            GradientClipping = new ClipByGlobalNorm(1),
            CheckFirstEpoch = false,
        });
        return schema.ToForecaster(network);
    }
}
