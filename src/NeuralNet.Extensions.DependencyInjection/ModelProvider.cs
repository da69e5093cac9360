using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>
/// Loads a model and, if asked to, looks for a newer file at every interval. Readers take one reference, which a reload
/// exchanges when the new model is complete; all that loads holds the gate.
/// </summary>
internal sealed class ModelProvider<TModel>(
    string name, string path, ModelOptions<TModel> options, ILogger logger, TimeProvider time)
    : IModelProvider<TModel>, IDisposable
    where TModel : class
{
    private readonly ModelType<TModel> _type = ModelType.Of<TModel>();
    private readonly Lock _gate = new();
    private volatile LoadedModel<TModel>? _loaded;
    private volatile ModelLoadException? _lastError;
    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>The file that the model in use came from.</summary>
    private FileStamp? _inUse;

    /// <summary>The file that was refused because of its contents; it is not read again.</summary>
    private FileStamp? _refused;

    /// <summary>A new file, which is read if it is still the same at the next check.</summary>
    private FileStamp? _arriving;

    public string Name => name;

    public TModel Current => Loaded.Model;

    public LoadedModel<TModel> Loaded => _loaded ?? LoadFirst();

    public ModelLoadException? LastError => _lastError;

    public bool Reload()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return TryLoad();
        }
    }

    public void Dispose()
    {
        // Waits for a load that is under way, so that nothing happens after it.
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
            _timer = null;
        }
    }

    private LoadedModel<TModel> LoadFirst()
    {
        lock (_gate)
        {
            if (_loaded is { } loaded)
            {
                return loaded;
            }

            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return TryLoad() ? _loaded! : throw _lastError!;
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
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            try
            {
                LoadIfNew();
            }
            finally
            {
                _timer?.Change(options.PollInterval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void LoadIfNew()
    {
        FileStamp stamp;
        try
        {
            stamp = FileStamp.Of(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _arriving = null;
            Refuse(exception, stamp: null);
            return;
        }

        if (stamp == _inUse)
        {
            _arriving = null;
            _refused = null;
            if (_lastError is not null)
            {
                _lastError = null;
                ModelLog.Restored(logger, _type.CapitalizedName, name, path, _loaded!.Version);
            }
        }
        else if (stamp == _arriving)
        {
            TryLoad();
        }
        else if (stamp != _refused)
        {
            _arriving = stamp;
        }
    }

    private bool TryLoad()
    {
        FileStamp? stamp = null;
        TModel model;
        ModelDescription description;
        try
        {
            using SafeFileHandle file = FileStamp.Open(path);
            stamp = FileStamp.Of(file);
            using var stream = new FileStream(file, FileAccess.Read);
            model = Read(stream) ?? throw new InvalidOperationException("Load gave null");
            if (!file.IsClosed && FileStamp.Of(file) != stamp)
            {
                throw new IOException("it was written to while it was read");
            }

            _type.RequireFinite(model);
            description = _type.Describe(model);
            description.RequireSizes(options.InputSize, options.OutputSize);
            if (_loaded is { } inUse && !options.AllowShapeChange)
            {
                description.RequireReplacementOf(
                    _type.Describe(inUse.Model), _type.Name, nameof(options.AllowShapeChange));
            }

            options.Check?.Invoke(model);
        }
        catch (Exception exception)
        {
            // Whatever it was, of the file or of the code that looked at it: the model in use stays.
            Refuse(exception, stamp);
            return false;
        }

        var loaded = new LoadedModel<TModel>(model, (_loaded?.Version ?? 0) + 1, path, time.GetUtcNow());
        _loaded = loaded;
        _lastError = null;
        _inUse = stamp;
        _refused = null;
        _arriving = null;
        ModelLog.Loaded(
            logger,
            _type.CapitalizedName,
            name,
            loaded.Version,
            path,
            description.Inputs,
            description.Outputs,
            description.Parameters);
        StartLooking();
        return true;
    }

    /// <summary>Reads a model; null if the user's own delegate returned null.</summary>
    private TModel? Read(FileStream stream) =>
        options.Load is { } load ? load(stream) : _type.Load(stream, Path.GetFileName(path));

    private void Refuse(Exception exception, FileStamp? stamp)
    {
        // What hinders the reading may pass without a change of the file; what is in the file stays.
        bool isTransient =
            stamp is null || exception is IOException or UnauthorizedAccessException or OutOfMemoryException;
        _refused = isTransient ? null : stamp;
        _arriving = isTransient ? stamp : null;

        string reason = $"{_type.Title(name)} was not loaded from '{path}': {exception.Message.TrimEnd('.')}."
            + (_loaded is { } loaded ? $" Version {loaded.Version} stays in use." : "");
        bool isKnown = isTransient && reason == _lastError?.Message;
        _lastError = new ModelLoadException(reason, exception);
        if (!isKnown)
        {
            ModelLog.Refused(logger, reason, exception);
        }
    }
}
