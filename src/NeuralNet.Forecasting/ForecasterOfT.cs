using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Forecasting.Evaluation;
using NeuralNet.Forecasting.Series;
using NeuralNet.Forecasting.Windows;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Serialization;

namespace NeuralNet.Forecasting;

/// <summary>
/// A trained network with all that a forecast needs: what a window reads, how it is scaled, and how what the network
/// gives becomes a number in the unit of the data.
/// </summary>
/// <remarks>
/// <see cref="ForecastSchema.ToForecaster"/> makes one. It is immutable but for the network's parameters, and any
/// number of threads may use it at once. Quantiles come in ascending order: where the network's have changed places,
/// they are sorted (V. Chernozhukov, I. Fernández-Val and A. Galichon, 2010); <see cref="Calibrate"/> may move them.
/// </remarks>
/// <example><code>
/// schema.ToForecaster(network).Save("temperatures.safetensors");
///
/// // In another program:
/// Forecaster&lt;float&gt; forecaster = Forecaster.Load&lt;float&gt;("temperatures.safetensors");
/// Forecast tomorrow = forecaster.Forecast(TimeSeries.FromCsv("last-month.csv", time: "Date", values: ["Temp"]));
/// Console.WriteLine(tomorrow.Values[0]);
/// </code></example>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Forecaster<T> : IForecaster
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Windows that are predicted together.
    private const int BatchSize = 1024;

    private readonly double[] _offsets;

    /// <param name="schema">The columns and lengths of the windows, and their scaling.</param>
    /// <param name="network">The network.</param>
    /// <param name="offsets">What is added to its outputs; nothing if null.</param>
    internal Forecaster(ForecastSchema schema, Network<T> network, double[]? offsets = null)
    {
        Schema = schema;
        Network = network;
        _offsets = offsets ?? new double[schema.OutputSize];
        Pipeline = MakePipeline();
    }

    /// <summary>The columns and lengths of the windows, and their scaling.</summary>
    public ForecastSchema Schema { get; }

    /// <summary>The network.</summary>
    public Network<T> Network { get; }

    /// <summary>
    /// The network with its scaling, and with the schema as the reading of its first row. It takes the rows of a window
    /// in the unit of the data, with <see cref="SeriesScaling.Series"/> and <see cref="SeriesScaling.Window"/> scaled
    /// ones, whose scale it cannot know.
    /// </summary>
    public Pipeline<T> Pipeline { get; }

    /// <inheritdoc/>
    public string Name => "network";

    /// <inheritdoc/>
    public IReadOnlyList<double> Quantiles => Schema.Quantiles;

    /// <summary>Forecasts the steps behind a series.</summary>
    /// <param name="recent">
    /// The series, which ends with the last step known: at least <see cref="ForecastSchema.Length"/> steps.
    /// </param>
    /// <param name="known">
    /// The features that are known in advance, at the steps to predict; null if there are none but the calendar.
    /// </param>
    /// <returns>The forecast.</returns>
    /// <exception cref="ArgumentException">
    /// There are too few steps, a column is not there, a value is missing, or known features are.
    /// </exception>
    public Forecast Forecast(TimeSeries recent, TimeSeries? known = null)
    {
        ArgumentNullException.ThrowIfNull(recent);
        WindowLayout layout = Schema.Layout;
        (SeriesData data, int[] columns) = NextWindow.Of(layout, recent, known);
        int first = recent.First + recent.Count;
        var window = new WindowSet(Schema, [data], [columns], [(0, first)], leftOut: 0);
        var times = new DateTime[layout.Horizon];
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = data.TimeAt(first + i);
        }

        return new(recent.Key, times, layout.Targets, layout.Quantiles, Predict(window).ToColumnMajorArray());
    }

    /// <summary>Forecasts the steps behind the last values of a single column, such as those in an array.</summary>
    /// <param name="values">
    /// The last values in the order of time: at least <see cref="ForecastSchema.Length"/> of them.
    /// </param>
    /// <param name="last">The time of the last one.</param>
    /// <returns>The forecast.</returns>
    /// <exception cref="ArgumentException">There are too few values, or one is not finite.</exception>
    /// <exception cref="InvalidOperationException">The network reads other columns, too.</exception>
    public Forecast Forecast(ReadOnlySpan<double> values, DateTime last)
    {
        if (Schema.Layout.Columns is not [string column])
        {
            throw new InvalidOperationException(
                $"The network reads the columns {MessageText.Listed(Schema.Layout.Columns)}: give a series with all of "
                + $"them, such as of {nameof(TimeSeries)}.{nameof(TimeSeries.FromColumns)}.");
        }

        if (values.Length < Schema.Length)
        {
            throw new ArgumentException(
                $"A forecast needs the last {Quantity.Of(Schema.Length, "value")}, but there "
                + $"{Quantity.Are(values.Length, "value")}.",
                nameof(values));
        }

        ReadOnlySpan<double> used = values[^Schema.Length..];
        DateTime start = Schema.Frequency.Add(last, 1 - used.Length);
        return Forecast(TimeSeries.FromValues(used, start, Schema.Frequency, column, new() { Gaps = GapPolicy.Break }));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The windows are those of another schema.</exception>
    public Matrix<double> Predict(WindowSet windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        if (windows.Schema != Schema)
        {
            throw new ArgumentException(
                $"The network was trained on windows of another schema: {Schema}. Make them by its "
                + $"{nameof(ForecastSchema.Windows)}.",
                nameof(windows));
        }

        Matrix<double> forecasts = Matrix<double>.Build.Dense(Schema.OutputSize, windows.Count);
        foreach (int[] batch in Enumerable.Range(0, windows.Count).Chunk(BatchSize))
        {
            Matrix<double> outputs = Outputs(windows, batch, _offsets);
            for (int j = 0; j < batch.Length; j++)
            {
                double[] column = outputs.Column(j).ToArray();
                windows.Unscale(windows.Scales(batch[j]), column);
                forecasts.SetColumn(batch[j], column);
            }
        }

        return forecasts;
    }

    /// <summary>
    /// Moves the ends of the intervals, wherever two quantiles are as far from 0 and from 1, so that they cover of
    /// windows that training did not see as much as they are meant to, for each step by itself: conformalized quantile
    /// regression.
    /// </summary>
    /// <remarks>
    /// Y. Romano, E. Patterson and E. Candès (2019). For an interval of the share α, both ends move outwards by the
    /// ⌈(n + 1) α⌉-th smallest of the n distances by which targets lie outside the interval, or inwards where that is
    /// negative. What comes later is covered alike as far as it goes on as the part did. The part must neither be
    /// trained on nor be what the forecaster is judged by: hold out one part for each.
    /// </remarks>
    /// <param name="part">A part of the series behind that which the network was trained on.</param>
    /// <returns>A forecaster with the same network.</returns>
    /// <exception cref="InvalidOperationException">The network predicts no quantiles.</exception>
    /// <exception cref="ArgumentException">
    /// There are too few windows, or the series have other columns or steps.
    /// </exception>
    public Forecaster<T> Calibrate(TimeSeriesSet part)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (Quantiles.Count < 2)
        {
            throw new InvalidOperationException(
                $"There is no interval to calibrate: {nameof(WindowOptions)}.{nameof(WindowOptions.Quantiles)} asks "
                + "for one, such as [0.05, 0.5, 0.95].");
        }

        WindowSet windows = Schema.Windows(part);
        int[] all = [.. Enumerable.Range(0, windows.Count)];
        Matrix<double> outputs = Matrix<double>.Build.Dense(Schema.OutputSize, windows.Count);
        foreach (int[] batch in all.Chunk(BatchSize))
        {
            outputs.SetSubMatrix(0, batch[0], Outputs(windows, batch, offsets: null));
        }

        return new(
            Schema,
            Network,
            IntervalCalibration.Offsets(
                Schema.Layout, outputs, Schema.TargetsOf<double>(windows, all), nameof(part)));
    }

    /// <summary>
    /// Compares the forecasts with what came, over all windows of a part that was held out, beside those of baselines.
    /// </summary>
    /// <param name="training">The part that the network was trained on, to which baselines are fitted.</param>
    /// <param name="test">The part that was held out.</param>
    /// <param name="options">The baselines; the defaults if null.</param>
    /// <returns>The report, whose text is a table.</returns>
    /// <exception cref="ArgumentException">
    /// There is no window, the series have other columns or steps, or the test part begins before the training part
    /// ends.
    /// </exception>
    public ForecastReport Evaluate(TimeSeriesSet training, TimeSeriesSet test, EvaluationOptions? options = null) =>
        ForecastEvaluation.HoldOut(Schema, [this], training, test, options);

    /// <summary>What it reads, and what it forecasts.</summary>
    /// <returns>The text of the schema, and the size of the network.</returns>
    public override string ToString() =>
        $"{Schema}, by a network of {Quantity.Of(Network.ParameterCount, "parameter")}";

    /// <summary>Saves the forecaster to a file, which is replaced only when the new one is whole.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="kinds">What layers and activations there are; those of the library if null.</param>
    /// <exception cref="InvalidOperationException">
    /// The network has a layer of a kind that is not registered.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public void Save(string path, ModelKinds? kinds = null) => Pipeline.Save(path, kinds);

    // What the network gives for windows, in its scale, quantiles in ascending order.
    private Matrix<double> Outputs(WindowSet windows, int[] batch, double[]? offsets)
    {
        Matrix<T> given = Network.Predict(Schema.InputsOf<T>(windows, batch));
        int perValue = Schema.Layout.PerValue;
        var outputs = Matrix<double>.Build.Dense(
            given.RowCount, given.ColumnCount, (i, j) => double.CreateTruncating(given[i, j]));
        Span<double> values = outputs.AsColumnMajorArray();
        for (int start = 0; start < values.Length; start += perValue)
        {
            Span<double> ofValue = values.Slice(start, perValue);
            ofValue.Sort();
            if (offsets is not null)
            {
                TensorPrimitives.Add(ofValue, offsets.AsSpan(start % given.RowCount, perValue), ofValue);

                // Ends that moved inwards may have passed the median.
                ofValue.Sort();
            }
        }

        return outputs;
    }

    private Pipeline<T> MakePipeline()
    {
        string schema = SchemaText.Write(Schema, _offsets);
        InputColumn[] columns =
        [
            .. Schema.Layout.RowNames().Select((name, i) => new InputColumn(name, reading: i == 0 ? schema : null)),
        ];
        if (Schema.Layout is not { Scaling: SeriesScaling.Training, Transform: SeriesTransform.None })
        {
            return Pipelines.Pipeline.Create(Network, columns: columns);
        }

        ColumnScale[] inputs = [.. RowScales.Inputs(Schema)];
        ColumnScale[] outputs =
        [
            .. RowScales.Outputs(Schema).Select((scale, row) => scale with { Mean = scale.Unscale(_offsets[row]) }),
        ];
        return Pipelines.Pipeline.Create(Network, Transform(inputs), Transform(outputs), columns: columns);
    }

    private static Standardization Transform(ColumnScale[] scales) => new(
        Array.ConvertAll(scales, scale => scale.Mean), Array.ConvertAll(scales, scale => scale.Deviation));
}
