namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>A model with its version, its file and the time of loading.</summary>
/// <typeparam name="TModel">A network or a pipeline, of float or double.</typeparam>
public sealed class LoadedModel<TModel>
    where TModel : class
{
    /// <summary>Makes a loaded model, such as for a test of your own.</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">
    /// The version: 1 for the first model that was loaded, and one more for each after it.
    /// </param>
    /// <param name="path">The full path of the file.</param>
    /// <param name="loadedAt">The time of loading.</param>
    /// <exception cref="ArgumentOutOfRangeException">The version is below 1.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public LoadedModel(TModel model, long version, string path, DateTimeOffset loadedAt)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Model = model;
        Version = version;
        Path = path;
        LoadedAt = loadedAt;
    }

    /// <summary>The model.</summary>
    public TModel Model { get; }

    /// <summary>
    /// The version: 1 for the first model that was loaded, and one more for each after it. It can be the key of a cache
    /// of predictions.
    /// </summary>
    public long Version { get; }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>The time of loading.</summary>
    public DateTimeOffset LoadedAt { get; }
}
