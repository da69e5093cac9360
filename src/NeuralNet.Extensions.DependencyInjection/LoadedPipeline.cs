using System.Numerics;
using NeuralNet.Pipelines;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>A pipeline, and which of the files that came one after the other it is from.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class LoadedPipeline<T> : ILoadedModel<Pipeline<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Puts it together, as a test of your own may want to.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="version">1 for the first that was loaded, and one more for each after it.</param>
    /// <param name="path">The full path of the file.</param>
    /// <param name="loadedAt">When it took its place.</param>
    public LoadedPipeline(Pipeline<T> pipeline, long version, string path, DateTimeOffset loadedAt)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Pipeline = pipeline;
        Version = version;
        Path = path;
        LoadedAt = loadedAt;
    }

    /// <summary>The pipeline.</summary>
    public Pipeline<T> Pipeline { get; }

    Pipeline<T> ILoadedModel<Pipeline<T>>.Model => Pipeline;

    /// <summary>1 for the first that was loaded, and one more for each after it; a key for what is kept of its results.</summary>
    public long Version { get; }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>When it took its place.</summary>
    public DateTimeOffset LoadedAt { get; }
}
