using System.Globalization;
using System.Numerics;
using NeuralNet.Training;

namespace NeuralNet.Callbacks;

/// <summary>
/// Writes a row per epoch to a CSV file: epoch, samples, seconds, learning rate, loss and metrics of training and
/// validation. Each row is on disk when its epoch ends. A new run begins a new file; a resumed one keeps the rows of
/// its epochs.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class CsvLog<T> : ITrainingCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly string _path;

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
        file.WriteLine(string.Join(',', columns.Select(Quote)));
        foreach (EpochResult result in context.Results)
        {
            Write(file, context, result);
        }
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(result);
        using StreamWriter file = new(_path, append: true);
        Write(file, context, result);
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

        file.WriteLine(string.Join(',', values.Select(Text)));
    }

    private static string Text(double value) =>
        double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
