using System.Numerics;
using System.Text.Json;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.Networks;
using NeuralNet.Safetensors;
using NeuralNet.Streams;

namespace NeuralNet.Serialization;

/// <summary>
/// A whole network in a safetensors file: every parameter under its name, such as <c>dense1.weights</c>, which other
/// programs read as they are, and the layers with all their settings, which <c>Network.Load</c> builds again.
/// </summary>
/// <remarks>
/// <para>
/// The format. A safetensors file: 8 bytes with the length of the header, little-endian; the header, JSON with a name,
/// an element type, a shape and a place for every tensor; the tensors, row by row, a weight matrix having the shape
/// (outputs, inputs). The entry <c>neuralnet.model</c> of the header's <c>__metadata__</c> is a text, itself JSON:
/// <c>version</c>, <c>seed</c>, <c>inputSize</c>, <c>layers</c>, each with its <c>kind</c> and settings, and
/// <c>frozen</c>, the names of the parameters that training leaves alone; of a pipeline, also <c>pipeline</c> and what it
/// has of <c>inputs</c>, <c>outputs</c>, <c>labels</c>, <c>threshold</c> and <c>columns</c>, the last with
/// <c>categoryCounts</c>, 0 for a number, and <c>categories</c>, one column's after the other's. Initializers are no part of it.
/// </para>
/// <para>
/// Compatibility. This version writes and reads format version 1. Every later version of the library will read it, and
/// compute the same from it. A file of a later format version is refused, and so is, within a version, a member
/// that is not known: it would change what the network computes, which must not be passed over in silence. Other
/// entries of <c>__metadata__</c> are not looked at.
/// </para>
/// <para>
/// Exactness. A file loaded in the precision it was saved in gives the same bits; the other precision is rounded or
/// widened to (what is beyond float becomes infinite). Element types that can be read are F64, F32, F16 and BF16.
/// </para>
/// <para>
/// Files from others. Loading makes nothing but the registered <see cref="ModelKinds{T}"/>, runs no code
/// from the file, follows no nesting deeper than 64 levels, and takes memory only for tensors that are there; from a
/// stream that cannot seek, the bytes are gathered first, at twice the memory. A file that is damaged, or made
/// to do harm, gives an <see cref="InvalidDataException"/> that says what is wrong, and where.
/// </para>
/// </remarks>
public static class ModelFile
{
    /// <summary>The entry of the header's metadata that holds the model.</summary>
    internal const string MetadataKey = "neuralnet.model";

    private const int Version = 1;

    extension(Network)
    {
        /// <summary>Loads a network that <c>Save</c> saved.</summary>
        /// <typeparam name="T">float or double, whatever the file holds.</typeparam>
        /// <param name="path">The file.</param>
        /// <param name="kinds">What layers and activations it may hold; those of the library if null.</param>
        /// <returns>A new network.</returns>
        /// <exception cref="InvalidDataException">The file is damaged, holds no model, or holds a kind that is not registered.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
        public static Network<T> Load<T>(string path, ModelKinds<T>? kinds = null)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            using FileStream stream = File.OpenRead(path);
            return Network.Load(stream, kinds, path);
        }

        /// <summary>Loads a network that <c>Save</c> saved from a stream, which is read to its end and stays open.</summary>
        /// <typeparam name="T">float or double, whatever the stream holds.</typeparam>
        /// <param name="stream">Where from.</param>
        /// <param name="kinds">What layers and activations it may hold; those of the library if null.</param>
        /// <param name="name">What to call the stream in messages.</param>
        /// <returns>A new network.</returns>
        /// <exception cref="InvalidDataException">The data are damaged, hold no model, or hold a kind that is not registered.</exception>
        public static Network<T> Load<T>(Stream stream, ModelKinds<T>? kinds = null, string name = "stream")
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(stream);
            return Load(stream, kinds, name, NoPipeline).Network;
        }
    }

    /// <summary>Saves the network to a file, which is replaced only when the new one is whole.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="kinds">What layers and activations there are; those of the library if null.</param>
    /// <param name="elementType">The numbers of the file; those of the network if null. Fewer bits round.</param>
    /// <exception cref="InvalidOperationException">
    /// The network holds a kind that is not registered, is nested too deeply, or has numbers beyond the element type.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public static void Save<T>(
        this Network<T> network, string path, ModelKinds<T>? kinds = null, TensorElementType? elementType = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => network.Save(stream, kinds, elementType));
    }

    /// <summary>Saves the network to a stream, which stays open.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="kinds">What layers and activations there are; those of the library if null.</param>
    /// <param name="elementType">The numbers of the stream; those of the network if null. Fewer bits round.</param>
    /// <exception cref="InvalidOperationException">
    /// The network holds a kind that is not registered, is nested too deeply, or has numbers beyond the element type.
    /// </exception>
    public static void Save<T>(
        this Network<T> network, Stream stream, ModelKinds<T>? kinds = null, TensorElementType? elementType = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        Save(network, stream, kinds, elementType, _ => { });
    }

    /// <summary>Saves a network, and what else an action writes about it.</summary>
    internal static void Save<T>(
        Network<T> network,
        Stream stream,
        ModelKinds<T>? kinds,
        TensorElementType? elementType,
        Action<SettingsWriter<T>> writeMore)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string model = SettingsWriter<T>.Write(
            kinds ?? new(),
            isLenient: false,
            writer => writeMore(writer
                .Integer("version", Version)
                .Integer("seed", network.Seed)
                .Integer("inputSize", network.InputSize)
                .Layers("layers", network.Layers)
                .Texts("frozen", network.Parameters.Where(parameter => parameter.IsFrozen).Select(parameter => parameter.Name))));
        TensorArchive.Write(
            stream,
            new Dictionary<string, string> { [MetadataKey] = model },
            [.. network.Parameters.Select(p => new NamedTensor<T>(p.Name, p.Array, p.Rows, p.Columns, p.IsVector))],
            elementType);
    }

    /// <summary>Loads a network, and what else a function reads about it.</summary>
    internal static (Network<T> Network, TMore More) Load<T, TMore>(
        Stream stream, ModelKinds<T>? kinds, string name, Func<SettingsReader<T>, ModelReading<T>, TMore> readMore)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var source = new TensorSource(stream, name);
        source.RequireComplete();
        (Network<T> network, TMore more) = Read(source, kinds ?? new(), readMore);
        Fill(network, source);
        return (network, more);
    }

    /// <summary>Refuses preprocessing: a network without it would compute something else.</summary>
    private static bool NoPipeline<T>(SettingsReader<T> settings, ModelReading<T> reading)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        settings.Has(PipelineFile.Member)
            ? throw reading.Error(
                "it holds a pipeline, a network with what was fitted on its data: load it with Pipeline.Load, or in a host with "
                + "AddNeuralNetPipeline")
            : false;

    private static (Network<T> Network, TMore More) Read<T, TMore>(
        TensorSource source, ModelKinds<T> kinds, Func<SettingsReader<T>, ModelReading<T>, TMore> readMore)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var reading = new ModelReading<T>(kinds, source.Name, source.ByName);
        if (!source.Header.Metadata.TryGetValue(MetadataKey, out string? model))
        {
            throw reading.Error(CheckpointNames.IsCheckpoint(source)
                ? "it is a checkpoint. Build the network first and fill it with LoadParameters, or train on with trainer.Resume"
                : $"its metadata have no entry '{MetadataKey}': it holds tensors only. Build the network first and fill it with "
                + "LoadParameters, or with LoadStateDict if PyTorch wrote it");
        }

        using JsonDocument document = reading.Parse(model);
        try
        {
            return Read(reading, document.RootElement, readMore);
        }
        catch (InvalidOperationException exception)
        {
            // A text or a name that is no Unicode, such as half a surrogate pair, is found when it is asked for.
            throw reading.Error($"the description of the model is damaged: {MessageText.Shortened(exception.Message)}", exception);
        }
    }

    private static (Network<T> Network, TMore More) Read<T, TMore>(
        ModelReading<T> reading, JsonElement model, Func<SettingsReader<T>, ModelReading<T>, TMore> readMore)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var settings = new SettingsReader<T>(reading, model, path: "");
        long version = settings.Integer("version");
        if (version != Version)
        {
            throw reading.Error(
                $"it has the format version {version}, but this version of the library reads {Version}"
                + (version > Version ? "; update it" : ""));
        }

        int seed = (int)long.Clamp(settings.Integer("seed"), int.MinValue, int.MaxValue);
        if (seed != settings.Integer("seed"))
        {
            throw reading.Error($"expected a seed of 32 bits, but found {settings.Integer("seed")}");
        }

        int inputSize = settings.Size("inputSize");
        Network<T> network = Build(reading, settings, inputSize, seed);
        Freeze(network, settings.Texts("frozen"), reading);
        TMore more = readMore(settings, reading);
        settings.RequireAllRead();
        return (network, more);
    }

    private static Network<T> Build<T>(ModelReading<T> reading, SettingsReader<T> settings, int inputSize, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<Layer<T>> layers = settings.ReadLayers("layers", inputSize, prefix: "");
        try
        {
            NetworkBuilder<T> builder = Network.Create<T>(inputSize, seed);
            foreach (Layer<T> layer in layers)
            {
                builder.Add(layer);
            }

            return builder.Build(drawParameters: false);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw reading.Error($"its layers make no network: {exception.Message}", exception);
        }
    }

    private static void Freeze<T>(Network<T> network, string[] frozen, ModelReading<T> reading)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Dictionary<string, Parameter<T>> parameters = network.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        foreach (string name in frozen)
        {
            if (!parameters.TryGetValue(name, out Parameter<T>? parameter))
            {
                throw reading.Error($"'{MessageText.Shortened(name)}' is said to be frozen, but is no parameter");
            }

            parameter.IsFrozen = true;
        }
    }

    private static void Fill<T>(Network<T> network, TensorSource source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach ((Parameter<T> parameter, TensorEntry entry) in ParameterMatch.Pair(network, source))
        {
            source.Read(entry, parameter.View);
        }
    }
}
