using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Batches;
using NeuralNet.Data;
using NeuralNet.Forecasting.Windows;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Forecasting;

/// <summary>
/// Turns time series into the inputs and targets of a network: fitted once to training data, then the same for every
/// series. It knows how long windows are, what they read and how it is scaled, and makes a forecaster of the trained
/// network.
/// </summary>
/// <remarks>
/// <para>
/// The input <c>past</c> of a network has the shape (<see cref="WindowOptions.Length"/>, features). The features of a
/// step are the targets, the past features, the known features, and a sine and a cosine of each calendar part. Where
/// something is known in advance, there is a second input, <c>known</c>, of the shape
/// (<see cref="WindowOptions.Horizon"/>, features): the known features and the calendar of the steps to predict.
/// </para>
/// <para>
/// Outputs are (steps, targets, quantiles), the last fastest: all quantiles of the first target of the first step come
/// first.
/// </para>
/// </remarks>
/// <example><code>
/// (TimeSeries past, TimeSeries future) = series.SplitAt(new DateOnly(1989, 1, 1));
/// ForecastSchema schema = ForecastSchema.Fit(past, new() { Length = 30, Calendar = [CalendarPart.DayOfYear] });
/// Network&lt;float&gt; network = schema.CreateNetwork&lt;float&gt;(seed: 1)
///     .Dense(32, new ReLU()).Dense(schema.OutputSize).Build();
/// var trainer = new Trainer&lt;float&gt;(network, schema.Loss, new Adam());
/// trainer.Fit(schema.ToDataSet&lt;float&gt;(past), new() { Epochs = 20 });
/// Console.WriteLine(schema.ToForecaster(network).Evaluate(past, future));
/// </code></example>
public sealed class ForecastSchema
{
    /// <summary>The name of the input of the steps up to the last one known.</summary>
    public const string PastInput = "past";

    /// <summary>The name of the input of what is known in advance of the steps to predict.</summary>
    public const string KnownInput = "known";

    internal ForecastSchema(WindowLayout layout, WindowScales scales, int stride)
    {
        Layout = layout;
        Scales = scales;
        Stride = stride;
        PastShape = new(layout.Length, layout.PastFeatures);
        KnownShape = layout.KnownFeatures == 0 ? null : new FeatureShape(layout.Horizon, layout.KnownFeatures);
        Inputs = KnownShape is null
            ? new((PastInput, PastShape))
            : new((PastInput, PastShape), (KnownInput, KnownShape));
        OutputShape = new(layout.Horizon, layout.Targets.Length, layout.PerValue);
    }

    /// <summary>Number of steps that a window reads.</summary>
    public int Length => Layout.Length;

    /// <summary>Number of steps that are predicted.</summary>
    public int Horizon => Layout.Horizon;

    /// <summary>The columns that are predicted.</summary>
    public IReadOnlyList<string> Targets => Layout.Targets;

    /// <summary>The levels of the quantiles that are predicted; empty if one number is.</summary>
    public IReadOnlyList<double> Quantiles => Layout.Quantiles;

    /// <summary>The time from step to step.</summary>
    public Frequency Frequency => Layout.Frequency;

    /// <summary>The shape of the input of the past: (steps, features).</summary>
    public FeatureShape PastShape { get; }

    /// <summary>The shape of the input of what is known in advance: (steps, features); null if nothing is.</summary>
    public FeatureShape? KnownShape { get; }

    /// <summary>The inputs of the network, by name.</summary>
    public FeatureLayout Inputs { get; }

    /// <summary>The shape in which the outputs are read: (steps, targets, quantiles).</summary>
    public FeatureShape OutputShape { get; }

    /// <summary>Number of outputs of the network.</summary>
    public int OutputSize => OutputShape.Size;

    /// <summary>
    /// The loss for a network whose last layer has no activation: the squared error or, where quantiles are predicted,
    /// the quantile loss.
    /// </summary>
    public ILoss Loss => Layout.Quantiles.Length == 0 ? new MeanSquaredError() : new QuantileLoss(Layout.Quantiles);

    internal WindowLayout Layout { get; }

    internal WindowScales Scales { get; }

    internal int Stride { get; }

    /// <summary>Fits the scales of the columns to training data.</summary>
    /// <param name="training">The training data: one series, or several.</param>
    /// <param name="options">What a forecast is made from, and what it is of.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="ArgumentException">
    /// A column is not there or has two roles, or there is none to predict.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option has no such value.</exception>
    /// <exception cref="InvalidDataException">A column has no value.</exception>
    public static ForecastSchema Fit(TimeSeriesSet training, WindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(options);
        WindowLayout layout = WindowLayout.Of(training, options);
        return new(layout, WindowScales.Fit(training, layout), options.Stride);
    }

    /// <summary>Begins a network that takes the inputs of this schema.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="seed">The seed of the weights.</param>
    /// <returns>The builder; last comes <c>Dense(schema.OutputSize)</c>.</returns>
    public NetworkBuilder<T> CreateNetwork<T>(int seed)
        where T : unmanaged, IFloatingPointIeee754<T> => KnownShape is null
            ? Network.Create<T>(PastShape, seed)
            : Network.Create<T>(seed).Input(PastInput, PastShape).Input(KnownInput, KnownShape);

    /// <summary>
    /// Begins a network whose first layers read the past, such as convolutions over its steps; what is known in advance
    /// is joined to what they give.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="seed">The seed of the weights.</param>
    /// <param name="past">Adds the layers that read the past, whose shape is <see cref="PastShape"/>.</param>
    /// <returns>The builder, behind these layers; last comes <c>Dense(schema.OutputSize)</c>.</returns>
    public NetworkBuilder<T> CreateNetwork<T>(int seed, Func<NetworkBuilder<T>, NetworkBuilder<T>> past)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(past);
        NetworkBuilder<T> builder = CreateNetwork<T>(seed);
        return KnownShape is null
            ? past(builder)
            : builder.Branches(
                Merge.Concatenation,
                branch => past(branch.From(PastInput)).Flatten(),
                branch => branch.From(KnownInput).Flatten());
    }

    /// <summary>Finds the windows of a part of some series, <see cref="WindowOptions.Stride"/> steps apart.</summary>
    /// <param name="part">
    /// The part in which all targets lie; inputs may lie before it, as <see cref="TimeSeries.SplitAt(DateTime)"/> keeps
    /// them.
    /// </param>
    /// <returns>The windows.</returns>
    /// <exception cref="ArgumentException">There is none, or the series have other columns or steps.</exception>
    public WindowSet Windows(TimeSeriesSet part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return WindowSearch.Find(this, part, Stride, nameof(part));
    }

    /// <summary>Makes a data set of a part of some series, in the scale in which the network sees it.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="part">The part in which all targets lie; inputs may lie before it.</param>
    /// <returns>The data set; each target is repeated once per quantile.</returns>
    /// <exception cref="ArgumentException">There is no window, or the series have other columns or steps.</exception>
    public DataSet<T> ToDataSet<T>(TimeSeriesSet part)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        WindowSet windows = Windows(part);
        int[] all = [.. Enumerable.Range(0, windows.Count)];
        return new(InputsOf<T>(windows, all), TargetsOf<T>(windows, all));
    }

    /// <summary>
    /// Makes a stream of batches of a part of some series, for windows so long or so many that a data set, which
    /// repeats each value in every window, would not fit into memory.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="part">The part in which all targets lie; inputs may lie before it.</param>
    /// <param name="batchSize">Number of windows in a batch, at least 1.</param>
    /// <param name="seed">The same seed gives the same order of windows, another one in every epoch.</param>
    /// <returns>The stream, for <c>Fit</c>.</returns>
    /// <exception cref="ArgumentException">There is no window, or the series have other columns or steps.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public IBatchSource<T> ToBatchSource<T>(TimeSeriesSet part, int batchSize, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require.AtLeast(batchSize, 1);
        WindowSet windows = Windows(part);
        return BatchSource.FromShares(Epoch, ((windows.Count - 1) / batchSize) + 1);

        IEnumerable<Batch<T>> Epoch(int epoch, BatchShare share)
        {
            int[] order = [.. Enumerable.Range(0, windows.Count)];
            Randomness.RandomStream.FromSeed(seed).Derive(epoch).CreateGenerator().Shuffle(order);
            foreach (int[] batch in order.Chunk(batchSize))
            {
                int[] own = share.Of(batch);
                yield return new(
                    InputsOf<T>(windows, own), TargetsOf<T>(windows, own), wholeCount: batch.Length);
            }
        }
    }

    /// <summary>Combines a network that was trained on this schema's data with all that a forecast needs.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <returns>The forecaster, which can be saved in one file.</returns>
    /// <exception cref="ArgumentException">The network has another number of inputs or outputs.</exception>
    public Forecaster<T> ToForecaster<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T> => MakeForecaster(network, offsets: null);

    /// <summary>The forecaster of a network, to whose outputs something is added; nothing if null.</summary>
    internal Forecaster<T> MakeForecaster<T>(Network<T> network, double[]? offsets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.InputSize == Inputs.Size && network.OutputSize == OutputSize
            ? new(this, network, offsets)
            : throw new ArgumentException(
                $"The network must have {Quantity.Of(Inputs.Size, "input")} ({Inputs}) and "
                + $"{Quantity.Of(OutputSize, "output")} ({OutputShape}: steps × targets × quantiles), but it has "
                + $"{network.InputSize} and {network.OutputSize}.",
                nameof(network));
    }

    /// <summary>The inputs of a window and its targets as text.</summary>
    /// <returns>For example <c>30 steps of Temp and DayOfYear give the next of Temp</c>.</returns>
    public override string ToString() =>
        $"{Quantity.Of(Length, "step")}, {Frequency}, of "
        + MessageText.Listed([.. Layout.Columns, .. Layout.Calendar.Select(part => part.ToString())])
        + $" give the next {(Horizon == 1 ? "one" : Horizon)} of {MessageText.Listed(Targets)}"
        + (Quantiles.Count == 0 ? "" : FormattableString.Invariant($" with {Quantiles.Count} quantiles"));

    /// <summary>The scaled inputs of windows, a sample per column.</summary>
    internal Matrix<T> InputsOf<T>(WindowSet windows, ReadOnlySpan<int> chosen)
        where T : unmanaged, IFloatingPointIeee754<T> => Columns<T>(
            windows, chosen, Inputs.Size, static (set, window, scales, to) => set.CopyInputs(window, scales, to));

    /// <summary>The scaled targets of windows, a sample per column.</summary>
    internal Matrix<T> TargetsOf<T>(WindowSet windows, ReadOnlySpan<int> chosen)
        where T : unmanaged, IFloatingPointIeee754<T> => Columns<T>(
            windows, chosen, OutputSize, static (set, window, scales, to) => set.CopyTargets(window, scales, to));

    private static Matrix<T> Columns<T>(WindowSet windows, ReadOnlySpan<int> chosen, int rows, CopyColumn copy)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> matrix = Matrix<T>.Build.Dense(rows, chosen.Length);
        Span<T> values = matrix.AsColumnMajorArray();
        double[] column = new double[rows];
        for (int j = 0; j < chosen.Length; j++)
        {
            copy(windows, chosen[j], windows.Scales(chosen[j]), column);
            for (int i = 0; i < rows; i++)
            {
                values[(j * rows) + i] = T.CreateTruncating(column[i]);
            }
        }

        return matrix;
    }

    private delegate void CopyColumn(WindowSet windows, int window, ColumnScale[] scales, Span<double> column);
}
