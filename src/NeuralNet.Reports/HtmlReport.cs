using System.Numerics;
using System.Text;
using NeuralNet.Evaluation;
using NeuralNet.Files;
using NeuralNet.Reports.Html;
using NeuralNet.Reports.Recording;
using NeuralNet.Training;

namespace NeuralNet.Reports;

/// <summary>
/// A report of a training run as one HTML page, which is kept up to date while the run goes on: curves of the loss and
/// every metric, the learning rate, what happens in the layers, the time, the settings and, at the end, what the
/// trained network makes of the validation data. The page needs nothing else: neither network nor server.
/// </summary>
/// <remarks>
/// <para>
/// The file is there as a whole at any time. If it cannot be written during the run, or at its end, the run does not
/// suffer: it is tried again with the next update, and <see cref="LastFailure"/> has the reason. A run whose file
/// cannot be written at all is refused before it begins.
/// </para>
/// <para>
/// A resumed run continues the curves; those of the layers from the page that stands in the file. The report changes
/// no bit of the run, and looks into layers at 32 steps of each epoch only.
/// </para>
/// </remarks>
/// <example><code>
/// var report = new HtmlReport&lt;float&gt;("report.html", new() { Names = ["cat", "dog"] });
/// trainer.Fit(training, new() { Validation = validation, Callbacks = [report] });
/// </code></example>
/// <typeparam name="T">float or double.</typeparam>
public sealed class HtmlReport<T> : ITrainingCallback<T>, IRunObserver
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly string? _path;
    private readonly ReportOptions<T> _options;
    private readonly RunRecorder<T> _recorder;
    private readonly Dictionary<string, EvaluationResult> _evaluations = [];
    private long _lastUpdate;

    /// <summary>Makes the callback.</summary>
    /// <param name="path">
    /// The file of the page, whose folder must exist; null if the page is only asked for, see <see cref="ToHtml"/>.
    /// </param>
    /// <param name="options">What the page shows besides the curves.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public HtmlReport(string? path, ReportOptions<T>? options = null)
    {
        if (path is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(path);
        }

        _path = path;
        _options = options ?? new();
        _recorder = new(_options);
    }

    /// <summary>The reason why the file could not be written last; null if it could.</summary>
    public Exception? LastFailure { get; private set; }

    /// <summary>
    /// The page as it is now. It may be asked for at any time and on any thread, such as one that answers a web
    /// request.
    /// </summary>
    /// <param name="refresh">
    /// The time after which a browser loads the page again, at the place that is read, as long as the run goes on;
    /// never if null.
    /// </param>
    /// <returns>A whole HTML document.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="refresh"/> is below a second.</exception>
    public string ToHtml(TimeSpan? refresh = null)
    {
        if (refresh is { } time)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.FromSeconds(1), nameof(refresh));
        }

        return ReportPage.Write(_recorder.Current, refresh);
    }

    /// <summary>Writes the page as it is now to a stream, in UTF-8; see <see cref="ToHtml"/>.</summary>
    /// <param name="stream">The stream, which stays open.</param>
    /// <param name="refresh">The time after which a browser loads the page again; never if null.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The writing.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="refresh"/> is below a second.</exception>
    public async Task WriteAsync(
        Stream stream, TimeSpan? refresh = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(ToHtml(refresh)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Adds figures of further data to the curves, such as those of a test after every epoch: to the epoch that ends
    /// next. Another callback calls it in its <see cref="ITrainingCallback{T}.OnEpochEnd"/>, before the report's own.
    /// </summary>
    /// <param name="data">The name of the data, such as "test".</param>
    /// <param name="result">Their loss and metrics.</param>
    public void Add(string data, EvaluationResult result)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(data);
        ArgumentNullException.ThrowIfNull(result);
        _evaluations[data] = result;
    }

    /// <inheritdoc/>
    public void Check(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ReportCheck.Require(context, _options);
        if (_path is not null)
        {
            AtomicFile.RequireWritable(_path);
        }
    }

    /// <inheritdoc/>
    public void OnTrainingStart(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _evaluations.Clear();
        _recorder.Start(context, context.Epoch > 0 ? RunFile.TryRead(_path) : null);
        Update(context);
    }

    /// <inheritdoc/>
    public void OnEpochStart(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _recorder.Layers.Begin(context.Batches);
    }

    /// <inheritdoc/>
    public void OnBatchEnd(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _recorder.Layers.Look(context);
        if (IsDue)
        {
            _recorder.CaptureProgress(context);
            Update(context);
        }
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(result);
        _recorder.Add(context, result, _evaluations);
        _evaluations.Clear();
        if (IsDue || result.Epoch == 1)
        {
            Update(context);
        }
    }

    /// <inheritdoc/>
    public void OnTrainingEnd(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _recorder.Finish(context, exception: null);
        Update(context);
    }

    /// <inheritdoc/>
    public void OnTrainingFailed(TrainingContext<T> context, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(exception);
        _recorder.Finish(context, exception);
        Update(context);
    }

    // A pipe or a device, whose reader wants one page, gets that of the end. It looks empty, as a file may.
    private static bool IsReplaced(string path) =>
        LinkedPath.Target(path) is { } target && (!File.Exists(target) || new FileInfo(target).Length > 0);

    private bool IsDue => _options.Clock.GetElapsedTime(_lastUpdate) >= _options.Interval;

    private void Update(TrainingContext<T> context)
    {
        _recorder.Capture(context);
        _lastUpdate = _options.Clock.GetTimestamp();
        if (_path is null)
        {
            return;
        }

        try
        {
            if (!_recorder.IsRunning || IsReplaced(_path))
            {
                byte[] page = Encoding.UTF8.GetBytes(ToHtml(_options.FileRefresh));
                AtomicFile.Write(_path, stream => stream.Write(page));
            }

            LastFailure = null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LastFailure = exception;
        }
    }
}
