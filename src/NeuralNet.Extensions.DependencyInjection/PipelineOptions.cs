using System.Numerics;
using NeuralNet.Pipelines;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>Where a pipeline comes from, and what may take its place.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class PipelineOptions<T> : ModelOptions
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// Reads a pipeline from the file's stream; <c>Pipeline.Load</c> with the layers, activations and transforms of the
    /// library if null. Set it for kinds of your own, <c>stream =&gt; Pipeline.Load&lt;float&gt;(stream, kinds)</c>.
    /// </summary>
    public Func<Stream, Pipeline<T>>? Load { get; set; }

    /// <summary>
    /// A last look at a pipeline before it is used, the first one too, such as a prediction whose result is known; what it
    /// throws refuses the file. None if null.
    /// </summary>
    public Action<Pipeline<T>>? Check { get; set; }

    internal override string Kind => "pipeline";
}
