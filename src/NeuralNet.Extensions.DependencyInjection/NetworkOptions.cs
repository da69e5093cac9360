using System.Numerics;
using NeuralNet.Networks;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>Where a network comes from, and what may take its place.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class NetworkOptions<T> : ModelOptions
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// Reads a network from the file's stream; <c>Network.Load</c> with the layers and activations of the library if
    /// null. Set it for kinds of your own, <c>stream =&gt; Network.Load&lt;float&gt;(stream, kinds)</c>, or for a file
    /// of parameters alone.
    /// </summary>
    public Func<Stream, Network<T>>? Load { get; set; }

    /// <summary>
    /// A last look at a network before it is used, the first one too, such as a prediction whose result is known; what
    /// it throws refuses the file. None if null.
    /// </summary>
    public Action<Network<T>>? Check { get; set; }

    internal override string Kind => "network";
}
