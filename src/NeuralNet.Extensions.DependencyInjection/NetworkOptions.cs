using System.Numerics;
using NeuralNet.Networks;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>Where a network comes from, and what may take its place.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class NetworkOptions<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// The model file, as <c>network.Save(path)</c> writes it. A relative path starts at the host's content root; without a
    /// host, at the current directory.
    /// </summary>
    public string? Path { get; set; }

    /// <summary>
    /// Whether a new file under the same path takes the place of the network that is loaded, while the program runs; false
    /// unless set. The new network is loaded beside the old one, so for a moment there is memory for both.
    /// </summary>
    public bool ReloadOnChange { get; set; }

    /// <summary>
    /// How often is looked whether the file has changed, with <see cref="ReloadOnChange"/>; every second unless set. A file
    /// is read when it was found the same twice, so that one that is still being written is left alone.
    /// </summary>
    /// <remarks>
    /// What is looked at are length, time and both ends of the file that the path leads to in the end, not notices of the
    /// operating system: those do not come from network drives and some container volumes, and are limited in number. So a
    /// file may be renamed into its place, as <c>network.Save</c> does, or be behind symbolic links that change, as in a
    /// ConfigMap of Kubernetes.
    /// </remarks>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many inputs a network must have; any number if null.</summary>
    public int? InputSize { get; set; }

    /// <summary>How many outputs a network must have; any number if null.</summary>
    public int? OutputSize { get; set; }

    /// <summary>
    /// Whether a new file may have another number of inputs or outputs than the network in use; false unless set, for
    /// those who predict have arrays of that size.
    /// </summary>
    public bool AllowShapeChange { get; set; }

    /// <summary>
    /// Reads a network from the file's stream; <c>Network.Load</c> with the layers and activations of the library if null.
    /// Set it for kinds of your own, <c>stream =&gt; Network.Load(stream, kinds)</c>, or for a file of parameters alone.
    /// </summary>
    public Func<Stream, Network<T>>? Load { get; set; }

    /// <summary>
    /// A last look at a network before it is used, the first one too, such as a prediction whose result is known; what it
    /// throws refuses the file. None if null.
    /// </summary>
    public Action<Network<T>>? Check { get; set; }
}
