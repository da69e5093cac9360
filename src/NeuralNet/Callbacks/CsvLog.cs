using System.Globalization;
using System.Numerics;
using NeuralNet.Files;
using NeuralNet.Training;

namespace NeuralNet.Callbacks;

/// <summary>
/// Writes a row per epoch to a CSV file: epoch, samples, seconds, learning rate, loss and metrics of training and
/// validation. Each row is on disk when its epoch ends. A new run begins a new file; a resumed one keeps the rows of
/// its epochs.
/// </summary>
/// <remarks>
/// In the log of a run that is resumed with another metric, or with validation data that it did not have, each has a
/// column, which is empty in the rows of the epochs without it; a metric that is no longer measured keeps its column.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class CsvLog<T> : ITrainingCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly string _path;
    private string[] _metrics = [];
    private string[] _validationMetrics = [];
    private bool _hasValidation;

    // A pipe, say, whose reader would take the end of a row for the end of all.
    private FileStream? _open;

    /// <summary>Makes the callback.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public CsvLog(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = path;
    }

    /// <inheritdoc/>
    public void Check(TrainingContext<T> context) => AtomicFile.RequireWritable(_path);

    /// <inheritdoc/>
    public void OnTrainingStart(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        IReadOnlyList<EpochResult> results = context.Results;
        _metrics = Union(context, results.Select(result => result.Metrics));
        _hasValidation = context.HasValidation || results.Any(result => result.Validation is not null);
        _validationMetrics = _hasValidation
            ? Union(context, results.Select(result => result.Validation?.Metrics))
            : [];
        Close();
        _open = AtomicFile.OpenSpecial(_path);
        if (_open is not null)
        {
            WriteAll(_open, results);
        }
        else
        {
            AtomicFile.Write(_path, stream => WriteAll(stream, results));
        }
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(result);
        using StreamWriter file = _open is null ? new(_path, append: true) : new(_open, leaveOpen: true);
        Write(file, result);
    }

    /// <inheritdoc/>
    public void OnTrainingEnd(TrainingContext<T> context) => Close();

    /// <inheritdoc/>
    public void OnTrainingFailed(TrainingContext<T> context, Exception exception) => Close();

    private void Close()
    {
        _open?.Dispose();
        _open = null;
    }

    private void WriteAll(Stream stream, IReadOnlyList<EpochResult> results)
    {
        string[] columns = ["epoch", "samples", "seconds", "learning_rate", "loss", .. _metrics];
        if (_hasValidation)
        {
            columns =
            [
                .. columns, "validation_loss", .. _validationMetrics.Select(metric => "validation_" + metric),
            ];
        }

        using StreamWriter file = new(stream, leaveOpen: true);
        file.WriteLine(string.Join(',', columns.Select(Quote)));
        foreach (EpochResult result in results)
        {
            Write(file, result);
        }
    }

    private void Write(StreamWriter file, EpochResult result)
    {
        List<double> values =
        [
            result.Epoch, result.Samples, result.Duration.TotalSeconds, result.LearningRate, result.Loss,
            .. _metrics.Select(metric => result.Metrics.GetValueOrDefault(metric, double.NaN)),
        ];
        if (_hasValidation)
        {
            values.Add(result.Validation?.Loss ?? double.NaN);
            values.AddRange(_validationMetrics.Select(
                metric => result.Validation?.Metrics.GetValueOrDefault(metric, double.NaN) ?? double.NaN));
        }

        file.WriteLine(string.Join(',', values.Select(Text)));
    }

    /// <summary>The metrics of the run, then those that only epochs before it have.</summary>
    private static string[] Union(
        TrainingContext<T> context, IEnumerable<IReadOnlyDictionary<string, double>?> measured) =>
        [.. context.Metrics.Keys.Union(measured.OfType<IReadOnlyDictionary<string, double>>().SelectMany(m => m.Keys))];

    private static string Text(double value) =>
        double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
