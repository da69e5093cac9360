using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>
/// Loads a model and, if wished, looks again and again whether there is a newer file. Readers take one reference, which a
/// reload exchanges when the new model is whole; all that loads holds the gate.
/// </summary>
/// <typeparam name="TModel">What is loaded.</typeparam>
/// <typeparam name="TLoaded">The model together with what is known of it.</typeparam>
internal abstract class ModelProvider<TModel, TLoaded>(
    string name, string path, ModelOptions options, ILogger logger, TimeProvider time)
    : IDisposable
    where TModel : class
    where TLoaded : class, ILoadedModel<TModel>
{
    private readonly Lock _gate = new();
    private volatile TLoaded? _loaded;
    private volatile NetworkLoadException? _lastError;
    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>The file that the model in use came from.</summary>
    private FileStamp? _inUse;

    /// <summary>The file that was refused for what it holds: it would be again.</summary>
    private FileStamp? _refused;

    /// <summary>A file not seen before, which is read when it is still the same at the next look.</summary>
    private FileStamp? _arriving;

    public string Name => name;

    /// <summary>What the model is, as a log begins.</summary>
    private string LogKind => string.Concat(options.Kind[..1].ToUpperInvariant(), options.Kind.AsSpan(1));

    public TModel Current => Loaded.Model;

    public TLoaded Loaded => _loaded ?? LoadFirst();

    public NetworkLoadException? LastError => _lastError;

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

    /// <summary>Reads a model; null if a delegate of the user's gave that.</summary>
    protected abstract TModel? Read(Stream stream, string fileName);

    /// <summary>Lets the user have a last look; what that throws refuses the model.</summary>
    protected abstract void Check(TModel model);

    /// <summary>What those who use a model rely on.</summary>
    protected abstract ModelShape Shape(TModel model);

    /// <summary>Puts a model together with what is known of it.</summary>
    protected abstract TLoaded Put(TModel model, long version, string path, DateTimeOffset loadedAt);

    private TLoaded LoadFirst()
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
                static provider => ((ModelProvider<TModel, TLoaded>)provider!).Look(), this, options.PollInterval, Timeout.InfiniteTimeSpan);
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
                ModelLog.Restored(logger, LogKind, name, path, _loaded!.Version);
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
        try
        {
            using SafeFileHandle file = FileStamp.Open(path);
            stamp = FileStamp.Of(file);
            using var stream = new FileStream(file, FileAccess.Read);
            model = Read(stream, Path.GetFileName(path)) ?? throw new InvalidOperationException("Load gave null");
            if (!file.IsClosed && FileStamp.Of(file) != stamp)
            {
                throw new IOException("it was written to while it was read");
            }

            ModelShape shape = Shape(model);
            RequireSize("inputs", shape.Inputs, options.InputSize);
            RequireSize("outputs", shape.Outputs, options.OutputSize);
            if (_loaded is { } inUse && !options.AllowShapeChange)
            {
                RequireReplacement(shape, Shape(inUse.Model));
            }

            Check(model);
        }
        catch (Exception exception)
        {
            // Whatever it was, of the file or of the code that looked at it: the model in use stays.
            Refuse(exception, stamp);
            return false;
        }

        TLoaded loaded = Put(model, (_loaded?.Version ?? 0) + 1, path, time.GetUtcNow());
        _loaded = loaded;
        _lastError = null;
        _inUse = stamp;
        _refused = null;
        _arriving = null;
        ModelShape of = Shape(model);
        ModelLog.Loaded(logger, LogKind, name, loaded.Version, path, of.Inputs, of.Outputs, of.Parameters);
        StartLooking();
        return true;
    }

    private static void RequireSize(string what, int found, int? expected)
    {
        if (expected is { } size && found != size)
        {
            throw new InvalidDataException($"it has {found} {what}, but {size} are expected");
        }
    }

    /// <summary>Refuses a model that those who use the one before could not go on with.</summary>
    private void RequireReplacement(ModelShape found, ModelShape inUse)
    {
        string? difference = found.Inputs != inUse.Inputs ? $"{found.Inputs} inputs, but the {options.Kind} in use has {inUse.Inputs}"
            : found.Outputs != inUse.Outputs ? $"{found.Outputs} outputs, but the {options.Kind} in use has {inUse.Outputs}"
            : inUse.Parts.Except(found.Parts).FirstOrDefault() is { } part ? $"no {part}, but the {options.Kind} in use has"
            : null;
        if (difference is not null)
        {
            throw new InvalidDataException($"it has {difference}; set {nameof(options.AllowShapeChange)} if that is meant");
        }
    }

    private void Refuse(Exception exception, FileStamp? stamp)
    {
        // What hinders the reading may pass without a change of the file; what is in the file stays.
        bool isTransient = stamp is null || exception is IOException or UnauthorizedAccessException or OutOfMemoryException;
        _refused = isTransient ? null : stamp;
        _arriving = isTransient ? stamp : null;

        string reason = $"{options.Shown(name)} was not loaded from '{path}': {exception.Message.TrimEnd('.')}."
            + (_loaded is { } loaded ? $" Version {loaded.Version} stays in use." : "");
        bool isKnown = isTransient && reason == _lastError?.Message;
        _lastError = new NetworkLoadException(reason, exception);
        if (!isKnown)
        {
            ModelLog.Refused(logger, reason, exception);
        }
    }
}
