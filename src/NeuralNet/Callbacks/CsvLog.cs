using System.Globalization;
using System.Numerics;
using NeuralNet.Files;
using NeuralNet.Training;

namespace NeuralNet.Callbacks;

/// <summary>
/// Writes a row per epoch to a CSV file: epoch, samples, seconds, learning rate, loss and metrics of training and
/// validation, and how the run ended. Each row is on disk when its epoch ends. A new run begins a new file; a resumed
/// one keeps the rows of its epochs.
/// </summary>
/// <remarks>
/// <para>
/// The last column, <c>outcome</c>, is empty but in the last row, where it says how the run ended: the name of its
/// <see cref="TrainingOutcome"/>. If an exception ended the run within an epoch, and in a pipe, whose rows cannot be
/// changed, there is a last row of the epoch's number and the outcome alone.
/// </para>
/// <para>
/// In the log of a run that is resumed with another metric, or with validation data that it did not have, each has a
/// column, which is empty in the rows of the epochs without it; a metric that is no longer measured keeps its column.
/// </para>
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

    // The epoch of the last row, 0 if there is none; null unless a run is under way.
    private int? _lastRow;

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

        _lastRow = results is [.., { } last] ? last.Epoch : 0;
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(result);
        using StreamWriter file = _open is null ? new(_path, append: true) : new(_open, leaveOpen: true);
        Write(file, result);
        _lastRow = result.Epoch;
    }

    /// <inheritdoc/>
    public void OnTrainingEnd(TrainingContext<T> context) => End(context);

    /// <inheritdoc/>
    public void OnTrainingFailed(TrainingContext<T> context, Exception exception) => End(context);

    private void End(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            if (_lastRow is { } lastRow && context.Epoch > 0)
            {
                WriteOutcome(context, lastRow);
            }
        }
        finally
        {
            _lastRow = null;
            Close();
        }
    }

    private void WriteOutcome(TrainingContext<T> context, int lastRow)
    {
        string outcome = context.Outcome.ToString()!;
        using FileStream? own = _open is null ? new(_path, FileMode.OpenOrCreate) : null;
        using StreamWriter file = new(own ?? _open!, leaveOpen: true);
        own?.Seek(0, SeekOrigin.End);
        if (own is not null && context.Epoch == lastRow)
        {
            // The row ends in the empty outcome of an epoch after which the run went on.
            own.SetLength(Math.Max(0, own.Length - file.NewLine.Length));
            file.WriteLine(outcome);
        }
        else
        {
            int figures = _metrics.Length + (_hasValidation ? 1 + _validationMetrics.Length : 0);
            file.WriteLine(Text(context.Epoch) + new string(',', 5 + figures) + outcome);
        }
    }

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
        file.WriteLine(string.Join(',', columns.Append("outcome").Select(Quote)));
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

        file.WriteLine(string.Join(',', values.Select(Text)) + ',');
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
