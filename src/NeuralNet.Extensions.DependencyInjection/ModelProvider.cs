using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using NeuralNet.Guards;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>
/// Loads a model and, if asked to, looks for a newer file at every interval. Readers take one reference, which a reload
/// exchanges when the new model is complete; whoever has a model loaded holds the gate.
/// </summary>
/// <remarks>
/// A file, a check or a log may do anything: throw whatever it likes, never return, ask this provider for the model.
/// None of it may end the program, or take away the model in use. What it is is caught here, and only here.
/// </remarks>
internal sealed class ModelProvider<TModel>(
    string name, string path, ModelOptions<TModel> options, ILogger logger, TimeProvider time)
    : IModelProvider<TModel>, IDisposable
    where TModel : class
{
    private const int MostGivenUp = 4;

    /// <summary>The time in which a load that is under way may end before the provider does.</summary>
    private static readonly TimeSpan _farewell = TimeSpan.FromSeconds(5);

    private readonly ModelType<TModel> _type = ModelType.Of<TModel>();
    private readonly string _shownPath = MessageText.Printable(path);
    private readonly Lock _gate = new();
    private readonly FileWatch _watch = new();
    private readonly List<LoadAttempt<TModel>> _givenUp = [];
    private readonly CancellationTokenSource _end = new();

    /// <summary>Whether the code that runs was called by this provider: a load, a check, a log.</summary>
    private readonly AsyncLocal<Func<bool>?> _isWithin = new();

    private volatile LoadedModel<TModel>? _loaded;
    private volatile ModelLoadException? _lastError;
    private volatile ITimer? _timer;

    public string Name => name;

    public TModel Current => Loaded.Model;

    public LoadedModel<TModel> Loaded => _loaded ?? LoadFirst();

    public ModelLoadException? LastError => _lastError;

    public bool Reload()
    {
        RequireOutside();
        bool isLoaded;
        Action? tell;
        lock (_gate)
        {
            isLoaded = TryLoad(out tell);
        }

        Tell(tell);
        return isLoaded;
    }

    public void Dispose()
    {
        _end.Cancel();
        _timer?.Dispose();

        // A load that is under way normally ends here, so that nothing happens after it; one that cannot end, or that
        // this is called from, is not waited for.
        if (!IsWithin && _gate.TryEnter(_farewell))
        {
            _gate.Exit();
        }
    }

    private bool IsWithin => _isWithin.Value is { } isWithin && isWithin();

    private LoadedModel<TModel> LoadFirst()
    {
        RequireOutside();
        ModelLoadException? error;
        Action? tell;
        lock (_gate)
        {
            if (_loaded is { } loaded)
            {
                return loaded;
            }

            TryLoad(out tell);
            error = _lastError;
        }

        Tell(tell);

        // Another may have loaded it since.
        return _loaded ?? throw error!;
    }

    private void RequireOutside()
    {
        if (IsWithin)
        {
            throw new InvalidOperationException(
                $"{_type.Title(name)} is asked for from within its own {nameof(options.Load)} or "
                + $"{nameof(options.Check)}, or from a log that it writes to. Use the model that "
                + $"{nameof(options.Check)} is given; a model cannot be loaded from within its load.");
        }
    }

    private void StartLooking()
    {
        if (!options.ReloadOnChange || _timer is not null)
        {
            return;
        }

        // The timer would else keep what belongs to the request that happens to come first.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(
                static provider => ((ModelProvider<TModel>)provider!).Look(),
                this,
                options.PollInterval,
                Timeout.InfiniteTimeSpan);
        }
    }

    private void Look()
    {
        // On the thread of a timer, an exception is the end of the program. What there was to say is said.
        Try(LoadIfNew);
        Try(LookAgainLater);
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception)
        {
            // Nobody could do anything about it.
        }
    }

    private void LookAgainLater()
    {
        if (!_end.IsCancellationRequested)
        {
            _timer?.Change(options.PollInterval, Timeout.InfiniteTimeSpan);
        }
    }

    private void LoadIfNew()
    {
        FileStamp? stamp = null;
        Exception? error = null;
        try
        {
            stamp = FileStamp.Of(path);
        }
        catch (Exception exception)
        {
            error = exception;
        }

        Action? tell = null;
        lock (_gate)
        {
            if (_end.IsCancellationRequested)
            {
                return;
            }

            if (stamp is null)
            {
                bool mayFill = error is EmptyFileException && _watch.MayBeAboutToFill();
                tell = mayFill ? null : Refuse(error!, stamp: null);
            }
            else
            {
                FileNews news = _watch.Look(stamp);
                if (news == FileNews.ToRead)
                {
                    TryLoad(out tell, stamp);
                }
                else if (news == FileNews.InUse && _lastError is not null)
                {
                    _lastError = null;
                    long version = _loaded!.Version;
                    tell = () => ModelLog.Restored(logger, _type.CapitalizedName, Name, _shownPath, version);
                }
            }
        }

        Tell(tell);
    }

    /// <summary>Loads the model, in its own time, and puts it in the place of the one in use.</summary>
    /// <param name="tell">Writes to the log; to be called when the gate is open again.</param>
    /// <param name="seen">The file that was looked at; a load that does not get as far as opening one is its.</param>
    private bool TryLoad(out Action? tell, FileStamp? seen = null)
    {
        ObjectDisposedException.ThrowIf(_end.IsCancellationRequested, this);
        var attempt = new LoadAttempt<TModel>();
        Exception? error;
        try
        {
            error = TryRun(attempt);
        }
        catch (Exception exception)
        {
            // No thread could be started, or the provider was disposed meanwhile.
            error = exception;
        }

        ObjectDisposedException.ThrowIf(_end.IsCancellationRequested, this);
        if (error is not null)
        {
            tell = attempt.Stamp is { } opened
                ? Refuse(error, opened)
                : Refuse(error, seen, isOfTheFile: false);
            return false;
        }

        TModel model = attempt.Model!;
        var loaded = new LoadedModel<TModel>(model, (_loaded?.Version ?? 0) + 1, path, time.GetUtcNow());
        ModelDescription description = _type.Describe(model);
        _loaded = loaded;
        _lastError = null;
        _watch.Take(attempt.Stamp);
        tell = () => ModelLog.Loaded(
            logger,
            _type.CapitalizedName,
            Name,
            loaded.Version,
            _shownPath,
            description.Inputs,
            description.Outputs,
            description.Parameters);
        StartLooking();
        return true;
    }

    /// <summary>Loads the model; the reason why not if that fails.</summary>
    private Exception? TryRun(LoadAttempt<TModel> attempt)
    {
        _givenUp.RemoveAll(one => one.HasEnded);
        if (_givenUp.Count >= MostGivenUp)
        {
            return new TimeoutException($"{_givenUp.Count} earlier loads have not ended yet");
        }

        if (attempt.Run(Load, options.LoadTimeout, _end.Token))
        {
            return attempt.Error;
        }

        _givenUp.Add(attempt);
        return new TimeoutException(
            $"it took longer than {options.LoadTimeout:c} and is given up, see {nameof(options.LoadTimeout)}");
    }

    /// <summary>Reads and checks the model, on the thread of an attempt.</summary>
    private TModel Load(LoadAttempt<TModel> attempt)
    {
        _isWithin.Value = () => !attempt.HasEnded;
        using SafeFileHandle file = FileStamp.Open(path);
        FileStamp stamp = FileStamp.Of(file);
        attempt.Stamp = stamp;
        using var stream = new FileStream(file, FileAccess.Read);
        TModel model;
        try
        {
            model = Read(stream) ?? throw new InvalidOperationException("Load gave null");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Half a file is no damaged one.
            RequireUnchanged(file, stamp);
            throw;
        }

        RequireUnchanged(file, stamp);
        _type.RequireFinite(model);
        ModelDescription description = _type.Describe(model);
        description.RequireSizes(options.InputSize, options.OutputSize);
        if (_loaded is { } inUse && !options.AllowShapeChange)
        {
            description.RequireReplacementOf(
                _type.Describe(inUse.Model), _type.Name, nameof(options.AllowShapeChange));
        }

        options.Check?.Invoke(model);
        return model;
    }

    /// <summary>Reads a model; null if the user's own delegate returned null.</summary>
    private TModel? Read(FileStream stream) =>
        options.Load is { } load ? load(stream) : _type.Load(stream, Path.GetFileName(path));

    private static void RequireUnchanged(SafeFileHandle file, FileStamp stamp)
    {
        if (!file.IsClosed && FileStamp.Of(file) != stamp)
        {
            throw new IOException("it was written to while it was read");
        }
    }

    private Action? Refuse(Exception exception, FileStamp? stamp, bool isOfTheFile = true)
    {
        // What hinders the reading may pass without a change of the file; what is in the file stays.
        bool isTransient = stamp is null
            || !isOfTheFile
            || exception is IOException or UnauthorizedAccessException or OutOfMemoryException or TimeoutException;
        if (stamp is null)
        {
            _watch.Miss(isEmpty: exception is EmptyFileException);
        }
        else if (isTransient)
        {
            _watch.Fail(stamp);
        }
        else
        {
            _watch.Refuse(stamp);
        }

        string reason = $"{_type.Title(name)} was not loaded from '{_shownPath}': {MessageText.Reason(exception)}."
            + (_loaded is { } loaded ? $" Version {loaded.Version} stays in use." : "");
        bool isKnown = isTransient && reason == _lastError?.Message;
        _lastError = new ModelLoadException(reason, MessageText.Cause(exception));
        return isKnown ? null : () => ModelLog.Refused(logger, reason, MessageText.Cause(exception));
    }

    /// <summary>Writes to the log. If that fails, there is nobody to tell.</summary>
    private void Tell(Action? tell)
    {
        if (tell is null)
        {
            return;
        }

        // What the log leaves running in the background may ask for the model again when this is over.
        bool isTelling = true;
        Func<bool>? before = _isWithin.Value;
        try
        {
            _isWithin.Value = () => isTelling;
            tell();
        }
        catch (Exception)
        {
            // Neither the request that happens to load the model nor the program may end by it.
        }
        finally
        {
            isTelling = false;
            _isWithin.Value = before;
        }
    }
}
