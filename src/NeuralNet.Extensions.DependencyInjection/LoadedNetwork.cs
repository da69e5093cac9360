using System.Numerics;
using NeuralNet.Networks;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>A network, and which of the files that came one after the other it is from.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class LoadedNetwork<T> : ILoadedModel<Network<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Puts it together, as a test of your own may want to.</summary>
    /// <param name="network">The network.</param>
    /// <param name="version">1 for the first that was loaded, and one more for each after it.</param>
    /// <param name="path">The full path of the file.</param>
    /// <param name="loadedAt">When it took its place.</param>
    /// <exception cref="ArgumentOutOfRangeException">The version is below 1.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public LoadedNetwork(Network<T> network, long version, string path, DateTimeOffset loadedAt)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Network = network;
        Version = version;
        Path = path;
        LoadedAt = loadedAt;
    }

    /// <summary>The network.</summary>
    public Network<T> Network { get; }

    Network<T> ILoadedModel<Network<T>>.Model => Network;

    /// <summary>1 for the first that was loaded, and one more for each after it; a key for what is kept of its results.</summary>
    public long Version { get; }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>When it took its place.</summary>
    public DateTimeOffset LoadedAt { get; }
}
