namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>
/// Provides a model that a host has loaded from its file, and that a newer file may replace while the program runs.
/// Inject it where you predict, and take <see cref="Current"/> once per request.
/// </summary>
/// <remarks>
/// Any number of threads may use it at once, without a lock. A model that was taken from <see cref="Current"/> never
/// changes: a request that has begun with it ends with it, and its memory is freed after the last such request.
/// The models are shared; do not train them.
/// </remarks>
/// <example><code>
/// app.MapPost("/species", (
///     float[]? lengths, [FromKeyedServices("iris")] IModelProvider&lt;Pipeline&lt;float&gt;&gt; iris) =&gt;
/// {
///     Pipeline&lt;float&gt; pipeline = iris.Current;
///     return lengths?.Length == pipeline.InputSize
///         &amp;&amp; lengths.All(length =&gt; length is &gt;= 0 and &lt;= 100)
///         ? Results.Ok(pipeline.PredictLabel(lengths))
///         : Results.Problem($"Expected {pipeline.InputSize} lengths from 0 to 100 centimeters.", statusCode: 400);
/// });
/// </code></example>
/// <typeparam name="TModel">A network or a pipeline, of float or double.</typeparam>
public interface IModelProvider<TModel>
    where TModel : class
{
    /// <summary>The name that the model was registered with; empty if without one.</summary>
    string Name { get; }

    /// <summary>
    /// The model that is loaded now. A host loads it at start-up; without a host, the first use does.
    /// </summary>
    /// <exception cref="ModelLoadException">No model is loaded yet, and the file cannot be loaded.</exception>
    /// <exception cref="ObjectDisposedException">The host has ended before a model was loaded.</exception>
    TModel Current { get; }

    /// <summary>The model that is loaded now, with its version, its file and the time of loading.</summary>
    /// <exception cref="ModelLoadException">No model is loaded yet, and the file cannot be loaded.</exception>
    /// <exception cref="ObjectDisposedException">The host has ended before a model was loaded.</exception>
    LoadedModel<TModel> Loaded { get; }

    /// <summary>
    /// The reason why the latest file was refused, while the model loaded before stays in use; null if all is well. A
    /// health check can report it.
    /// </summary>
    ModelLoadException? LastError { get; }

    /// <summary>Reads the file now, whether or not it has changed, and replaces the model with what it holds.</summary>
    /// <returns>True; false if the file was refused, for the reason in <see cref="LastError"/>.</returns>
    /// <exception cref="ObjectDisposedException">The host has ended.</exception>
    /// <exception cref="InvalidOperationException">
    /// It is called from within <see cref="ModelOptions{TModel}.Load"/> or <see cref="ModelOptions{TModel}.Check"/> of
    /// this very model, or from a log that it writes to.
    /// </exception>
    bool Reload();
}
