using System.Numerics;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using NeuralNet.Networks;
using NeuralNet.Serialization;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>
/// Loads a network and, if wished, looks again and again whether there is a newer file. Readers take one reference, which a
/// reload exchanges when the new network is whole; all that loads holds the gate.
/// </summary>
internal sealed class NetworkProvider<T>(string name, string path, NetworkOptions<T> options, ILogger logger, TimeProvider time)
    : INetworkProvider<T>, IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Lock _gate = new();
    private volatile LoadedNetwork<T>? _loaded;
    private volatile NetworkLoadException? _lastError;
    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>The file that the network in use came from.</summary>
    private FileStamp? _inUse;

    /// <summary>The file that was refused for what it holds: it would be again.</summary>
    private FileStamp? _refused;

    /// <summary>A file not seen before, which is read when it is still the same at the next look.</summary>
    private FileStamp? _arriving;

    public string Name => name;

    public Network<T> Current => Loaded.Network;

    public LoadedNetwork<T> Loaded => _loaded ?? LoadFirst();

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

    private LoadedNetwork<T> LoadFirst()
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
                static provider => ((NetworkProvider<T>)provider!).Look(), this, options.PollInterval, Timeout.InfiniteTimeSpan);
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
                NetworkLog.Restored(logger, name, path, _loaded!.Version);
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
        Network<T> network;
        try
        {
            using SafeFileHandle file = FileStamp.Open(path);
            stamp = FileStamp.Of(file);
            using var stream = new FileStream(file, FileAccess.Read);
            network = options.Load is { } load
                ? load(stream) ?? throw new InvalidOperationException($"{nameof(options.Load)} gave null")
                : Network.Load<T>(stream, name: Path.GetFileName(path));
            if (!file.IsClosed && FileStamp.Of(file) != stamp)
            {
                throw new IOException("it was written to while it was read");
            }

            RequireShape(network);
            options.Check?.Invoke(network);
        }
        catch (Exception exception)
        {
            // Whatever it was, of the file or of the code that looked at it: the network in use stays.
            Refuse(exception, stamp);
            return false;
        }

        var loaded = new LoadedNetwork<T>(network, (_loaded?.Version ?? 0) + 1, path, time.GetUtcNow());
        _loaded = loaded;
        _lastError = null;
        _inUse = stamp;
        _refused = null;
        _arriving = null;
        NetworkLog.Loaded(
            logger, name, loaded.Version, path, network.InputSize, network.OutputSize, network.ParameterCount);
        StartLooking();
        return true;
    }

    private void RequireShape(Network<T> network)
    {
        Network<T>? inUse = options.AllowShapeChange ? null : _loaded?.Network;
        RequireSize("inputs", network.InputSize, options.InputSize, inUse?.InputSize);
        RequireSize("outputs", network.OutputSize, options.OutputSize, inUse?.OutputSize);
    }

    private static void RequireSize(string what, int found, int? expected, int? inUse)
    {
        if (expected is { } size && found != size)
        {
            throw new InvalidDataException($"it has {found} {what}, but {size} are expected");
        }

        if (inUse is { } before && found != before)
        {
            throw new InvalidDataException(
                $"it has {found} {what}, but the network in use has {before}; set {nameof(options.AllowShapeChange)} if that is meant");
        }
    }

    private void Refuse(Exception exception, FileStamp? stamp)
    {
        // What hinders the reading may pass without a change of the file; what is in the file stays.
        bool isTransient = stamp is null || exception is IOException or UnauthorizedAccessException or OutOfMemoryException;
        _refused = isTransient ? null : stamp;
        _arriving = isTransient ? stamp : null;

        string reason = $"{NetworkName.Shown(name)} was not loaded from '{path}': {exception.Message.TrimEnd('.')}."
            + (_loaded is { } loaded ? $" Version {loaded.Version} stays in use." : "");
        bool isKnown = isTransient && reason == _lastError?.Message;
        _lastError = new NetworkLoadException(reason, exception);
        if (!isKnown)
        {
            NetworkLog.Refused(logger, reason, exception);
        }
    }
}
