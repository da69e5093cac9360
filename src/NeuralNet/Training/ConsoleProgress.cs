using System.Globalization;
using NeuralNet.Evaluation;
using static System.FormattableString;

namespace NeuralNet.Training;

/// <summary>
/// Shows how far training is: in a terminal as a line that changes, with a bar, and a line for each epoch; elsewhere,
/// as in a file, as plain lines.
/// </summary>
/// <remarks>
/// It writes on the training thread, and nothing after Fit has returned, so that what the program writes next stands
/// below. Of many short epochs some are left out, but never the last. It serves one run after another, such as the
/// folds of a cross-validation, but not several at once.
/// </remarks>
/// <example><code>
/// trainer.Fit(training, new() { Epochs = 10, Progress = ConsoleProgress.Create() });
/// // epoch 1 of 10: loss 0.4178, accuracy 0.8830; validation: loss 0.43, accuracy 0.8750 (1.2 s)
/// // epoch 2 of 10 [=========&gt;          ] loss 0.2113, accuracy 0.9382, 9 s left
/// </code></example>
public sealed class ConsoleProgress : ITrainingProgress
{
    private const int BarWidth = 20;
    private const int UsualWidth = 80;

    // So many lines are no flood, however fast they come.
    private const int FewEpochs = 25;

    private static readonly TimeSpan _betweenEpochs = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _betweenPlainLines = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly TextWriter _output;
    private readonly int? _width;
    private int _shown;
    private string? _leftOut;
    private TimeSpan? _lastLine;

    /// <summary>Makes one that writes elsewhere.</summary>
    /// <param name="output">Where to write.</param>
    /// <param name="lineWidth">
    /// The characters of a line of the terminal that shows the output, where the last line can be written over; null
    /// where it cannot, as in a file.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The width is below 1.</exception>
    public ConsoleProgress(TextWriter output, int? lineWidth = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (lineWidth is { } width)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(width, 1, nameof(lineWidth));
        }

        (_output, _width) = (output, lineWidth);
    }

    /// <summary>Makes one for the console: live in a terminal, plain where the output is redirected.</summary>
    /// <returns>What to set as <see cref="FitOptions{T}.Progress"/>.</returns>
    public static ConsoleProgress Create() => new(Console.Out, Console.IsOutputRedirected ? null : TerminalWidth());

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
        {
            if (_width is not null)
            {
                Show(Live(value));
            }
            else if (value.Batch != value.Batches && value.Elapsed - (_lastLine ?? TimeSpan.Zero) >= _betweenPlainLines)
            {
                Keep(value.ToString(), value.Elapsed);
            }
        }
    }

    /// <inheritdoc/>
    public void ReportEpoch(TrainingProgress progress, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(progress);
        ArgumentNullException.ThrowIfNull(result);
        lock (_lock)
        {
            string line = OfEpoch(progress, result);
            if (progress.Epochs <= FewEpochs
                || _lastLine is not { } last
                || progress.Elapsed - last >= _betweenEpochs)
            {
                Keep(line, progress.Elapsed);
                return;
            }

            Show(line);
            _leftOut = line;
        }
    }

    /// <inheritdoc/>
    public void ReportEnd(TrainingOutcome outcome)
    {
        lock (_lock)
        {
            if (_leftOut is not null)
            {
                Keep(_leftOut, TimeSpan.Zero);
            }
            else if (_shown > 0)
            {
                // The run ended within an epoch: what it had reached stays, and what follows begins a line.
                _output.WriteLine();
                _output.Flush();
            }

            (_shown, _lastLine) = (0, null);
        }
    }

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and int width ? width : UsualWidth;
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
        {
            return UsualWidth;
        }
    }

    private static string OfEpoch(TrainingProgress progress, EpochResult result)
    {
        string validation = result.Validation is { } figures ? $"; validation: {figures}" : "";
        return $"{Epoch(progress)}: {EvaluationResult.Describe(result.Loss, result.Metrics)}{validation} "
            + Invariant($"({result.Duration.TotalSeconds:0.0} s{(result.IsComplete ? "" : ", ended early")})");
    }

    private static string Live(TrainingProgress progress)
    {
        string figures = EvaluationResult.Describe(progress.Loss, progress.Metrics);
        string remaining = progress.Remaining is { } time ? $", {Duration(time)} left" : "";
        return $"{Epoch(progress)} {Bar(progress)} {figures}{remaining}";
    }

    private static string Bar(TrainingProgress progress)
    {
        if (progress.Batches is not { } batches)
        {
            return Invariant($"batch {progress.Batch}");
        }

        int done = (int)((long)BarWidth * progress.Batch / Math.Max(1, batches));
        return $"[{new string('=', done)}{(done < BarWidth ? ">" : "")}".PadRight(BarWidth + 1) + "]";
    }

    // A run that is limited by its steps alone has no number of epochs.
    private static string Epoch(TrainingProgress progress) => progress.Epochs == int.MaxValue
        ? Invariant($"epoch {progress.Epoch}")
        : Invariant($"epoch {progress.Epoch} of {progress.Epochs}");

    private static string Duration(TimeSpan time) => time.TotalSeconds < 60
        ? Invariant($"{Math.Ceiling(time.TotalSeconds):0} s")
        : time.ToString(time.TotalHours < 1 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    /// <summary>Writes over the last line, if that is possible.</summary>
    private void Show(string text)
    {
        if (_width is not { } width)
        {
            return;
        }

        // In the last column, some terminals begin a new line.
        string line = text.Length < width ? text : text[..(width - 1)];
        _output.Write('\r' + line.PadRight(Math.Min(_shown, width - 1)));
        _output.Flush();
        (_shown, _leftOut) = (line.Length, null);
    }

    /// <summary>Writes a line that stays, in the place of one that does not.</summary>
    private void Keep(string text, TimeSpan elapsed)
    {
        _output.WriteLine(_width is null ? text : '\r' + text.PadRight(_shown));
        _output.Flush();
        (_shown, _leftOut, _lastLine) = (0, null, elapsed);
    }
}
