using System.Numerics;
using System.Text.Json;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.Safetensors;

namespace NeuralNet.Kinds;

/// <summary>
/// The state that all readers of one model file share: kinds, tensors, limits and the name in messages.
/// </summary>
internal sealed class ModelReading(ModelKinds kinds, string name, IReadOnlyDictionary<string, TensorEntry>? tensors)
{
    private int _layers;

    /// <summary>Parses JSON within the limits.</summary>
    public JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json, new() { MaxDepth = ModelLimits.Depth, AllowDuplicateProperties = false });
        }
        catch (Exception exception) when (
            exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw Error(
                $"the description of the model is no JSON that is read: {MessageText.Shortened(exception.Message)}",
                exception);
        }
    }

    /// <summary>Makes a strategy of the kind that its settings name.</summary>
    public object Create(KindRole role, SettingsReader settings) => Create(role, settings.Text("kind"), settings);

    /// <summary>Makes a strategy of a kind from its settings.</summary>
    public object Create(KindRole role, string kind, SettingsReader settings)
    {
        StrategyKind found = kinds.Find(role, kind) ?? throw NotRegistered(role, kind, settings);
        return Make(settings, () => found.Read(settings));
    }

    /// <summary>Makes a layer of a kind from its settings.</summary>
    public Layer<T> Create<T>(string kind, SettingsReader settings, LayerPlace place)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (++_layers > ModelLimits.Layers)
        {
            throw Error(
                $"{settings.Path} is one layer more than the {ModelLimits.Layers} that a model file may hold");
        }

        LayerKind<T> found = kinds.FindLayer<T>(kind) ?? throw NotRegistered(KindRole.Layer, kind, settings);
        return Make(settings, () => found.Read(settings, place));
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

    private TMade Make<TMade>(SettingsReader settings, Func<TMade> make)
    {
        TMade made;
        try
        {
            made = make();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException
            or FormatException or ArithmeticException or NotSupportedException)
        {
            throw Error($"{settings.Path} cannot be made: {exception.Message}", exception);
        }

        settings.RequireAllRead();
        return made;
    }

    private InvalidDataException NotRegistered(KindRole role, string kind, SettingsReader settings)
    {
        string shown = MessageText.Shortened(kind);
        return Error(
            $"{settings.Path} is {KindText.WithArticle(role)} of the kind '{shown}', which is not registered; if it is "
            + $"your own, {KindText.HowToRegister(role, shown)}, and pass these kinds to Load");
    }
}
