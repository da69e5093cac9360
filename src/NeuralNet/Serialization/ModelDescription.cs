using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Safetensors;

namespace NeuralNet.Serialization;

/// <summary>Writes and reads the description of a network, beside which its parameters stand as tensors.</summary>
internal static class ModelDescription
{
    /// <summary>The entry of the header's metadata that holds the model.</summary>
    public const string MetadataKey = "neuralnet.model";

    private const int Version = 1;

    private const string Inputs = "namedInputs";
    private const string Outputs = "namedOutputs";

    /// <summary>Saves a network, and what else an action writes about it.</summary>
    public static void Save<T>(
        Network<T> network,
        Stream stream,
        ModelKinds? kinds,
        TensorElementType? elementType,
        Action<SettingsWriter> writeMore)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string model = SettingsWriter.Write(
            kinds ?? new(),
            KindUse.Saving,
            writer => writeMore(writer
                .Integer("version", Version)
                .Integer("seed", network.Seed)
                .Integer("inputSize", network.InputShape.IsFlat ? network.InputSize : null)
                .Integers(
                    "inputShape", network.InputShape.IsFlat ? null : network.InputShape.Dimensions.Select(d => (long)d))
                .Layout(Inputs, NamesOf(network.Inputs, Network<T>.UnnamedInput))
                .Layout(Outputs, NamesOf(network.Outputs, Network<T>.UnnamedOutput))
                .Layers("layers", network.Layers, network.InputShape)
                .Texts("frozen", network.Parameters.Where(p => p.IsFrozen).Select(p => p.Name))));
        TensorArchive.Write(
            stream,
            new Dictionary<string, string> { [MetadataKey] = model },
            [.. network.Parameters.Select(p => new NamedTensor<T>(p.Name, p.Array, p.Shape))],
            elementType);
    }

    /// <summary>Loads a network, and what else a function reads about it.</summary>
    public static (Network<T> Network, TMore More) Load<T, TMore>(
        Stream stream, ModelKinds? kinds, string name, bool allowNonFinite, Func<SettingsReader, TMore> readMore)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var source = new TensorSource(stream, name);
        source.RequireComplete();
        (Network<T> network, TMore more) = Read<T, TMore>(source, kinds ?? new(), readMore);
        foreach ((Parameter<T> parameter, TensorEntry entry) in ParameterMatch.Pair(network, source))
        {
            source.Read(entry, parameter.View);
            if (!allowNonFinite)
            {
                FiniteParameters.Require<T>(parameter, parameter.Values, source.Name);
            }
        }

        return (network, more);
    }

    private static (Network<T> Network, TMore More) Read<T, TMore>(
        TensorSource source, ModelKinds kinds, Func<SettingsReader, TMore> readMore)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var reading = new ModelReading(kinds, source.Name, source.ByName);
        if (!source.Header.Metadata.TryGetValue(MetadataKey, out string? model))
        {
            throw reading.Error(CheckpointNames.IsCheckpoint(source)
                ? "it is a checkpoint. Build the network first and fill it with LoadParameters, or train on with "
                + "trainer.Resume"
                : $"its metadata have no entry '{MetadataKey}': it holds tensors only. Build the network first and "
                + "fill it with LoadParameters, or with LoadStateDict if PyTorch wrote it");
        }

        JsonPart description = reading.Parse(model);
        try
        {
            return Read<T, TMore>(new SettingsReader(reading, description, path: ""), readMore);
        }
        catch (InvalidOperationException exception)
        {
            // A text or a name that is no Unicode, such as half a surrogate pair, is found when it is asked for.
            throw reading.Error(
                $"the description of the model is damaged: {MessageText.Reason(exception)}",
                MessageText.Cause(exception));
        }
    }

    private static (Network<T> Network, TMore More) Read<T, TMore>(
        SettingsReader settings, Func<SettingsReader, TMore> readMore)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long version = settings.Integer("version");
        if (version != Version)
        {
            throw settings.Reading.Error(
                $"it has the format version {version}, but this version of the library reads {Version}"
                + (version > Version ? "; update it" : ""));
        }

        int seed = (int)long.Clamp(settings.Integer("seed"), int.MinValue, int.MaxValue);
        if (seed != settings.Integer("seed"))
        {
            throw settings.Reading.Error($"expected a seed of 32 bits, but found {settings.Integer("seed")}");
        }

        FeatureShape inputShape = settings.Has("inputShape")
            ? settings.Shape("inputShape")
            : settings.Size("inputSize");
        Network<T> network = Build<T>(settings, inputShape, seed);
        Freeze(network, settings.Texts("frozen"), settings.Reading);
        TMore more = readMore(settings);
        settings.RequireAllRead();
        return (network, more);
    }

    private static Network<T> Build<T>(SettingsReader settings, FeatureShape inputShape, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<Layer<T>> layers = LayerReader.Read<T>(settings, "layers", inputShape, prefix: "");
        try
        {
            NetworkBuilder<T> builder = Network.Create<T>(inputShape, seed);
            foreach (Layer<T> layer in layers)
            {
                builder.Add(layer);
            }

            return builder.Build(
                drawParameters: false,
                settings.Layout(Inputs, inputShape.Size),
                settings.Layout(Outputs, builder.OutputSize));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw settings.Reading.Error(
                $"its layers make no network: {MessageText.Reason(exception)}", MessageText.Cause(exception));
        }
    }

    private static FeatureLayout? NamesOf(FeatureLayout layout, string unnamed) =>
        layout.Count == 1 && layout[0].Name == unnamed ? null : layout;

    private static void Freeze<T>(Network<T> network, string[] frozen, ModelReading reading)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Dictionary<string, Parameter<T>> parameters =
            network.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        foreach (string name in frozen)
        {
            if (!parameters.TryGetValue(name, out Parameter<T>? parameter))
            {
                throw reading.Error($"'{MessageText.Shortened(name)}' is said to be frozen, but is no parameter");
            }

            parameter.IsFrozen = true;
        }
    }
}
