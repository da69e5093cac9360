using System.Numerics;
using System.Text.Json;
using NeuralNet.Guards;
using NeuralNet.Safetensors;

namespace NeuralNet.Kinds;

/// <summary>What the reading of one model file shares: the kinds, the tensors there are, the limits, the messages.</summary>
internal sealed class ModelReading<T>(
    ModelKinds<T> kinds, string name, IReadOnlyDictionary<string, TensorEntry>? tensors)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private int _layers;

    /// <summary>Parses JSON within the limits.</summary>
    public JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json, new() { MaxDepth = ModelLimits.Depth, AllowDuplicateProperties = false });
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw Error($"the description of the model is no JSON that is read: {MessageText.Shortened(exception.Message)}", exception);
        }
    }

    /// <summary>Makes something of a kind from its settings.</summary>
    public object Create(KindRole role, string kindName, SettingsReader<T> settings)
    {
        if (!kinds.TryFind(role, kindName, out Kind<T>? kind))
        {
            string shown = MessageText.Shortened(kindName);
            throw Error(
                $"{settings.Path} is {(role is KindRole.Activation or KindRole.Optimizer ? "an" : "a")} {ModelKinds<T>.RoleName(role)} of the kind '{shown}', which is not registered; if it is "
                + $"your own, {ModelKinds<T>.HowToRegister(role, shown)} to Load");
        }

        object made;
        try
        {
            made = kind.Read(settings);
        }
        catch (Exception exception) when (exception
            is ArgumentException or InvalidOperationException or FormatException or ArithmeticException or NotSupportedException)
        {
            throw Error($"{settings.Path} cannot be made: {exception.Message}", exception);
        }

        settings.RequireAllRead();
        return made;
    }

    /// <summary>Refuses more layers than there may be.</summary>
    public void CountLayer(string path)
    {
        if (++_layers > ModelLimits.Layers)
        {
            throw Error($"{path} is one layer more than the {ModelLimits.Layers} that a model file may hold");
        }
    }

    /// <summary>Refuses a file without such a tensor.</summary>
    public void RequireTensor(string tensor, string path, params ReadOnlySpan<long> shape)
    {
        if (tensors is null)
        {
            return;
        }

        string expected = $"'{MessageText.Shortened(tensor)}' of {TensorEntry.Shown(shape)}";
        if (!tensors.TryGetValue(tensor, out TensorEntry? entry))
        {
            throw Error($"{path} needs the tensor {expected}, which the file does not hold");
        }

        if (!entry.Shape.AsSpan().SequenceEqual(shape))
        {
            throw Error($"{path} needs the tensor {expected}, but the file holds {entry}");
        }
    }

    /// <summary>A refusal that names the file.</summary>
    public InvalidDataException Error(string message, Exception? inner = null) =>
        new($"'{name}' cannot be loaded: {message.TrimEnd('.')}.", inner);
}
