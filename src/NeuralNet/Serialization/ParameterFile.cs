using System.Numerics;
using NeuralNet.Files;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Safetensors;

namespace NeuralNet.Serialization;

/// <summary>
/// The parameters of a network in a safetensors file, under their names, such as <c>dense1.weights</c>, which Python's
/// safetensors and PyTorch read as they are: a weight matrix has the shape (outputs, inputs) there.
/// </summary>
/// <remarks>
/// The file holds the parameters, not the architecture: to load it, build the same network first. The bits are kept;
/// a file of the other precision is rounded or widened to the network's (what is beyond float becomes infinite, and is
/// refused).
/// </remarks>
public static class ParameterFile
{
    /// <summary>Saves the parameters to a file, which is replaced only when the new one is whole.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public static void SaveParameters<T>(this Network<T> network, string path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, network.SaveParameters);
    }

    /// <summary>Saves the parameters to a stream, which stays open.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">Where to.</param>
    public static void SaveParameters<T>(this Network<T> network, Stream stream)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        TensorArchive.Write(
            stream,
            new Dictionary<string, string>(),
            [.. network.Parameters.Select(p => new NamedTensor<T>(p.Name, p.Array, p.Shape))]);
    }

    /// <summary>
    /// Loads the parameters from a file, which may be a checkpoint; on any error the network keeps its own.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">A network with the parameters the file holds, by name and shape.</param>
    /// <param name="path">The file.</param>
    /// <param name="allowNonFinite">
    /// Whether parameters may be NaN or infinite, as to look at a network whose training diverged; otherwise such a
    /// file is refused.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, holds other parameters, or one that is not finite.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static void LoadParameters<T>(this Network<T> network, string path, bool allowNonFinite = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        network.LoadParameters(stream, path, allowNonFinite);
    }

    /// <summary>
    /// Loads the parameters from a stream, which is read to its end; on any error the network keeps its own.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">A network with the parameters the file holds, by name and shape.</param>
    /// <param name="stream">Where from; it stays open.</param>
    /// <param name="name">What to call the stream in messages.</param>
    /// <param name="allowNonFinite">
    /// Whether parameters may be NaN or infinite, as to look at a network whose training diverged; otherwise such a
    /// file is refused.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// The data are damaged, hold other parameters, or one that is not finite.
    /// </exception>
    public static void LoadParameters<T>(
        this Network<T> network, Stream stream, string name = "stream", bool allowNonFinite = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        var source = new TensorSource(stream, name);
        List<(Parameter<T> Parameter, TensorEntry Entry)> pairs = ParameterMatch.Pair(network, source);
        source.RequireComplete();

        // All of it is read before any of it is taken over.
        List<T[]> values = [];
        foreach ((Parameter<T> parameter, TensorEntry entry) in pairs)
        {
            T[] array = new T[parameter.Count];
            source.Read(entry, new MatrixSpan<T>(array, parameter.Rows, parameter.Columns));
            if (!allowNonFinite)
            {
                FiniteParameters.Require<T>(parameter, array, source.Name);
            }

            values.Add(array);
        }

        for (int i = 0; i < pairs.Count; i++)
        {
            values[i].CopyTo(pairs[i].Parameter.Values);
        }
    }
}
