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
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private Dictionary<string, Queue<string>>? _free;
    private int _layers;

    /// <summary>Parses JSON within the limits.</summary>
    public JsonPart Parse(string json)
    {
        try
        {
            return JsonPart.Parse(json);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw NoJson(exception);
        }
    }

    /// <summary>The members of an object by name.</summary>
    public JsonMembers Members(JsonPart part)
    {
        try
        {
            return part.Members();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw NoJson(exception);
        }
    }

    /// <summary>Makes a strategy of the kind that its settings name.</summary>
    public object Create(KindRole role, SettingsReader settings) => Create(role, settings.Text("kind"), settings);

    /// <summary>Makes a strategy of a kind from its settings.</summary>
    public object Create(KindRole role, string kind, SettingsReader settings)
    {
        StrategyKind found = kinds.Find(role, kind)
            ?? throw NotRegistered(role, kind, settings, kinds.Names<float>(role));
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

        LayerKind<T> found = kinds.FindLayer<T>(kind) ?? throw NotRegistered(
            KindRole.Layer, kind, settings, kinds.Names<T>(KindRole.Layer));
        return Make(settings, () => found.Read(settings, place));
    }

    /// <summary>
    /// Refuses a file that holds no such tensor, or one fewer than are asked for: so no layer takes memory for numbers
    /// that are not there.
    /// </summary>
    /// <param name="layer">
    /// The name that the layer will have; one within a layer of the user's own may get another, and then any tensor of
    /// that name within its layer will do. Which is whose is checked when all names are known.
    /// </param>
    /// <param name="local">The name of the tensor within its layer.</param>
    /// <param name="path">The place of the layer in the description, for messages.</param>
    /// <param name="shape">The dimensions.</param>
    public void RequireTensor(string layer, string local, string path, params ReadOnlySpan<long> shape)
    {
        if (tensors is null)
        {
            return;
        }

        string tensor = $"{layer}.{local}";
        bool isThere = tensors.TryGetValue(tensor, out TensorEntry? entry);
        if ((isThere && entry!.Shape.AsSpan().SequenceEqual(shape) && _taken.Add(tensor)) || TakeAnother(local, shape))
        {
            return;
        }

        string expected = $"'{MessageText.Shortened(tensor)}' of {TensorEntry.Shown(shape)}";
        throw Error(isThere
            ? $"{path} needs the tensor {expected}, but the file holds {entry}"
            : $"{path} needs the tensor {expected}, which the file does not hold");
    }

    private bool TakeAnother(string local, ReadOnlySpan<long> shape)
    {
        if (_free is null)
        {
            _free = [];
            foreach (TensorEntry entry in tensors!.Values)
            {
                string key = Key(entry.Name[(entry.Name.LastIndexOf('.') + 1)..], entry.Shape);
                if (!_free.TryGetValue(key, out Queue<string>? names))
                {
                    _free.Add(key, names = new());
                }

                names.Enqueue(entry.Name);
            }
        }

        if (_free.TryGetValue(Key(local, shape), out Queue<string>? candidates))
        {
            while (candidates.TryDequeue(out string? name))
            {
                if (_taken.Add(name))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static string Key(string local, ReadOnlySpan<long> shape) => $"{local} {string.Join('×', shape.ToArray())}";

    /// <summary>A refusal that names the file.</summary>
    public InvalidDataException Error(string message, Exception? inner = null) =>
        new($"'{name}' cannot be loaded: {message.TrimEnd('.')}.", inner);

    private InvalidDataException NoJson(Exception exception) => Error(
        $"the description of the model is no JSON that is read: {MessageText.Reason(exception)}",
        MessageText.Cause(exception));

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
            throw Error(
                $"{settings.Path} cannot be made: {MessageText.Reason(exception)}", MessageText.Cause(exception));
        }

        settings.RequireAllRead();
        return made;
    }

    private InvalidDataException NotRegistered(
        KindRole role, string kind, SettingsReader settings, IEnumerable<string> known)
    {
        string shown = MessageText.Shortened(kind);
        return Error(
            $"{settings.Path} is {KindText.WithArticle(role)} of the kind '{shown}', which is not registered."
            + $"{NearestName.Question(kind, known)} If it is your own, {KindText.HowToRegister(role, shown)}, and pass "
            + "these kinds to Load");
    }
}
