using System.Globalization;
using System.Numerics;
using NeuralNet.Training;

namespace NeuralNet.Callbacks;

/// <summary>
/// Writes a row per epoch to a CSV file: epoch, samples, seconds, learning rate, loss and metrics of training and
/// validation, and how the run ended. Each row is on disk when its epoch ends. A new run begins a new file; a resumed
/// one keeps the rows of its epochs.
/// </summary>
/// <remarks>
/// The last column, <c>outcome</c>, is empty but in the last row, where it says how the run ended: the name of its
/// <see cref="TrainingOutcome"/>. If an exception ended the run within an epoch, that epoch has a row of its number and
/// the outcome alone.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class CsvLog<T> : ITrainingCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly string _path;

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
    public void OnTrainingStart(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string[] metrics = [.. context.Metrics.Keys];
        IEnumerable<string> columns =
            ["epoch", "samples", "seconds", "learning_rate", "loss", .. metrics];
        if (context.HasValidation)
        {
            columns = [.. columns, "validation_loss", .. metrics.Select(metric => "validation_" + metric)];
        }

        using StreamWriter file = new(_path, append: false);
        file.WriteLine(string.Join(',', columns.Append("outcome").Select(Quote)));
        foreach (EpochResult result in context.Results)
        {
            Write(file, context, result);
        }

        _lastRow = context.Results is [.., { } last] ? last.Epoch : 0;
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(result);
        using StreamWriter file = new(_path, append: true);
        Write(file, context, result);
        _lastRow = result.Epoch;
    }

    /// <inheritdoc/>
    public void OnTrainingEnd(TrainingContext<T> context) => WriteOutcome(context);

    /// <inheritdoc/>
    public void OnTrainingFailed(TrainingContext<T> context, Exception exception) => WriteOutcome(context);

    private void WriteOutcome(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_lastRow is not { } lastRow || context.Epoch == 0)
        {
            return;
        }

        _lastRow = null;
        using FileStream stream = new(_path, FileMode.OpenOrCreate);
        using StreamWriter file = new(stream);
        if (context.Epoch == lastRow)
        {
            // The row ends in the empty outcome of an epoch after which the run went on.
            stream.SetLength(Math.Max(0, stream.Length - file.NewLine.Length));
            stream.Seek(0, SeekOrigin.End);
            file.WriteLine(context.Outcome.ToString());
        }
        else
        {
            stream.Seek(0, SeekOrigin.End);
            int figures = (context.HasValidation ? 2 : 1) * (context.Metrics.Count + 1);
            file.WriteLine(Text(context.Epoch) + new string(',', 4 + figures) + context.Outcome.ToString());
        }
    }

    private static void Write(StreamWriter file, TrainingContext<T> context, EpochResult result)
    {
        string[] metrics = [.. context.Metrics.Keys];
        List<double> values =
        [
            result.Epoch, result.Samples, result.Duration.TotalSeconds, result.LearningRate, result.Loss,
            .. metrics.Select(metric => result.Metrics[metric]),
        ];
        if (context.HasValidation)
        {
            values.Add(result.Validation?.Loss ?? double.NaN);
            values.AddRange(metrics.Select(metric => result.Validation?.Metrics[metric] ?? double.NaN));
        }

        file.WriteLine(string.Join(',', values.Select(Text)) + ',');
    }

    private static string Text(double value) =>
        double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
