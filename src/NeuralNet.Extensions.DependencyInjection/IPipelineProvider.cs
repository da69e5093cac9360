using System.Numerics;
using NeuralNet.Pipelines;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>
/// A pipeline, a network with its preprocessing and the names of its classes, that a host has loaded from its model file,
/// and that a newer file may take the place of while the program runs. Inject it where you predict, and take
/// <see cref="Current"/> once per request.
/// </summary>
/// <remarks>
/// Any number of threads may use it at once, without a lock. A pipeline that was taken from <see cref="Current"/> never
/// changes: a request that has begun with it ends with it, and its memory is given back after the last such request.
/// The pipelines are shared; do not train their networks.
/// </remarks>
/// <example><code>
/// app.MapPost("/species", (float[] lengths, [FromKeyedServices("iris")] IPipelineProvider&lt;float&gt; iris) =&gt;
///     iris.Current.PredictLabel(lengths));
/// </code></example>
/// <typeparam name="T">float or double.</typeparam>
public interface IPipelineProvider<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The name it was registered with; empty if without.</summary>
    string Name { get; }

    /// <summary>The pipeline now loaded. A host loads it at start-up; without a host, the first use does.</summary>
    /// <exception cref="NetworkLoadException">There is none yet, and the file cannot be loaded.</exception>
    /// <exception cref="ObjectDisposedException">There is none yet, and there will be none.</exception>
    Pipeline<T> Current { get; }

    /// <summary>The pipeline now loaded, together with what is known of it.</summary>
    /// <exception cref="NetworkLoadException">There is none yet, and the file cannot be loaded.</exception>
    /// <exception cref="ObjectDisposedException">There is none yet, and there will be none.</exception>
    LoadedPipeline<T> Loaded { get; }

    /// <summary>
    /// Why the file as it is now was refused, the pipeline loaded before being still in use; null if all is well. It is
    /// what a health check wants to know.
    /// </summary>
    NetworkLoadException? LastError { get; }

    /// <summary>Reads the file now, whether or not it looks changed, and puts the new pipeline in place.</summary>
    /// <returns>True; false if the file was refused, for the reason in <see cref="LastError"/>.</returns>
    /// <exception cref="ObjectDisposedException">The host has ended.</exception>
    bool Reload();
}
