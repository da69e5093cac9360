using System.Globalization;
using System.Numerics;
using System.Text.Json;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.Preprocessing;
using NeuralNet.Regularization;
using NeuralNet.Schedules;

namespace NeuralNet.Kinds;

/// <summary>
/// Where a kind reads the settings of a layer or strategy, by name, as <see cref="SettingsWriter{T}"/> wrote them. What is
/// missing, of another type, or never asked for is refused with an <see cref="InvalidDataException"/> that says where.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class SettingsReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ModelReading<T> _reading;
    private readonly JsonElement _element;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly string _layerName;
    private readonly int _inputSize;

    internal SettingsReader(ModelReading<T> reading, JsonElement element, string path, string layerName = "", int inputSize = 0)
    {
        _reading = reading;
        _element = element;
        Path = path;
        _layerName = layerName;
        _inputSize = inputSize;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw reading.Error($"expected an object as {(path.Length == 0 ? "the model" : path)}, but found {Found(element)}");
        }
    }

    /// <summary>Number of features that the layer to be made receives: the outputs of the one before.</summary>
    /// <exception cref="InvalidOperationException">What is made is no layer.</exception>
    public int InputSize => _inputSize > 0
        ? _inputSize
        : throw new InvalidOperationException("Only a layer has an input size.");

    /// <summary>Where in the file the settings stand, for messages.</summary>
    internal string Path { get; }

    /// <summary>Whether there is a setting of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it was written.</returns>
    public bool Has(string name) => _element.TryGetProperty(name, out _);

    /// <summary>Reads a number.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The number that was written, to the bit.</returns>
    /// <exception cref="InvalidDataException">There is no number of that name.</exception>
    public double Number(string name) => ToNumber(name, Get(name));

    /// <summary>Reads a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidDataException">There is no whole number of that name.</exception>
    public long Integer(string name) => ToInteger(name, Get(name));

    /// <summary>Reads a number of features, neurons or the like: from 1 to <see cref="int.MaxValue"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidDataException">There is no such number of that name.</exception>
    public int Size(string name)
    {
        long size = Integer(name);
        return size is >= 1 and <= int.MaxValue ? (int)size : throw Error(name, $"a number from 1 to {int.MaxValue}", Get(name));
    }

    /// <summary>Reads true or false.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Which of them.</returns>
    /// <exception cref="InvalidDataException">There is neither of that name.</exception>
    public bool Flag(string name)
    {
        JsonElement value = Get(name);
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Error(name, "true or false", value),
        };
    }

    /// <summary>Reads a text.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The text.</returns>
    /// <exception cref="InvalidDataException">There is no text of that name.</exception>
    public string Text(string name) => ToText(name, Get(name));

    /// <summary>Reads numbers.</summary>
    /// <param name="name">Their name.</param>
    /// <returns>The numbers that were written, to the bit.</returns>
    /// <exception cref="InvalidDataException">There are no numbers of that name.</exception>
    public IReadOnlyList<double> Numbers(string name) => Array(name).Select(value => ToNumber(name, value)).ToArray();

    /// <summary>Reads whole numbers.</summary>
    /// <param name="name">Their name.</param>
    /// <returns>The numbers.</returns>
    /// <exception cref="InvalidDataException">There are no whole numbers of that name.</exception>
    public IReadOnlyList<long> Integers(string name) => Array(name).Select(value => ToInteger(name, value)).ToArray();

    /// <summary>Reads an activation.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The activation.</returns>
    /// <exception cref="InvalidDataException">There is none of that name, or its kind is not registered.</exception>
    public IActivation Activation(string name) => (IActivation)Component(name, KindRole.Activation);

    /// <summary>Reads a penalty.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The penalty.</returns>
    /// <exception cref="InvalidDataException">There is none of that name, or its kind is not registered.</exception>
    public IPenalty Penalty(string name) => (IPenalty)Component(name, KindRole.Penalty);

    /// <summary>Reads a constraint.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The constraint.</returns>
    /// <exception cref="InvalidDataException">There is none of that name, or its kind is not registered.</exception>
    public IConstraint Constraint(string name) => (IConstraint)Component(name, KindRole.Constraint);

    /// <summary>Reads a schedule.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="InvalidDataException">There is none of that name, or its kind is not registered.</exception>
    public ILearningRateSchedule Schedule(string name) => (ILearningRateSchedule)Component(name, KindRole.Schedule);

    /// <summary>Reads a feature transform.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The transform.</returns>
    /// <exception cref="InvalidDataException">There is none of that name, or its kind is not registered.</exception>
    public IFeatureTransform Transform(string name) => (IFeatureTransform)Component(name, KindRole.Transform);

    /// <summary>Reads feature transforms.</summary>
    /// <param name="name">Their name.</param>
    /// <returns>The transforms.</returns>
    /// <exception cref="InvalidDataException">There are none of that name, or the kind of one is not registered.</exception>
    public IReadOnlyList<IFeatureTransform> Transforms(string name)
    {
        List<IFeatureTransform> transforms = [];
        foreach (JsonElement element in Array(name))
        {
            var settings = new SettingsReader<T>(_reading, element, Below($"{name}[{transforms.Count}]"));
            transforms.Add((IFeatureTransform)_reading.Create(KindRole.Transform, settings.Text("kind"), settings));
        }

        return transforms;
    }

    /// <summary>Reads layers within the layer to be made, the first of which takes as many inputs as that layer.</summary>
    /// <param name="name">Their name.</param>
    /// <returns>New layers; there may be none.</returns>
    /// <exception cref="InvalidDataException">There are none of that name, or the kind of one is not registered.</exception>
    public IReadOnlyList<Layer<T>> Layers(string name) =>
        ReadLayers(name, InputSize, _layerName.Length == 0 ? "" : _layerName + ".");

    /// <summary>
    /// Refuses a file that does not hold a matrix of this name and shape among the tensors of the layer to be made. A kind of
    /// layer that has parameters should ask before it makes the layer: a size alone, which may be damaged, then
    /// takes no memory.
    /// </summary>
    /// <param name="name">The name within the layer, such as <c>weights</c>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <exception cref="InvalidDataException">The file holds no such tensor.</exception>
    public void RequireMatrix(string name, int rows, int columns) =>
        _reading.RequireTensor($"{_layerName}.{name}", Path, rows, columns);

    /// <summary>As <see cref="RequireMatrix"/>, for a vector.</summary>
    /// <param name="name">The name within the layer, such as <c>biases</c>.</param>
    /// <param name="length">Number of elements.</param>
    /// <exception cref="InvalidDataException">The file holds no such tensor.</exception>
    public void RequireVector(string name, int length) => _reading.RequireTensor($"{_layerName}.{name}", Path, length);

    /// <summary>Reads texts.</summary>
    internal string[] Texts(string name) => Array(name).Select(value => ToText(name, value)).ToArray();

    /// <summary>Reads layers whose first takes the inputs given.</summary>
    internal List<Layer<T>> ReadLayers(string name, int inputSize, string prefix)
    {
        List<Layer<T>> layers = [];
        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        int size = inputSize;
        foreach (JsonElement element in Array(name))
        {
            string path = Below($"{name}[{layers.Count}]");
            string kind = new SettingsReader<T>(_reading, element, path).Text("kind");

            // As it will be named within the network.
            int ordinal = ordinals[kind] = ordinals.GetValueOrDefault(kind) + 1;
            string layerName = prefix + kind + ordinal.ToString(CultureInfo.InvariantCulture);
            _reading.CountLayer(path);
            var settings = new SettingsReader<T>(_reading, element, path, layerName, size);
            settings._asked.Add("kind");
            var layer = (Layer<T>)_reading.Create(KindRole.Layer, kind, settings);
            if (layer.Kind != kind || layer.InputSize != size)
            {
                throw _reading.Error(
                    $"the layer made at {path} should be of the kind '{kind}' and take {size} inputs, "
                    + $"but it is of the kind '{layer.Kind}' and takes {layer.InputSize}");
            }

            layers.Add(layer);
            size = layer.OutputSize;
        }

        return layers;
    }

    /// <summary>Refuses settings that nobody asked for: what they say would be lost.</summary>
    internal void RequireAllRead()
    {
        foreach (JsonProperty property in _element.EnumerateObject())
        {
            if (!_asked.Contains(property.Name))
            {
                throw _reading.Error(
                    $"{(Path.Length == 0 ? "the model" : Path)} has a member '{MessageText.Shortened(property.Name)}', which this version of the library does not know; "
                    + "a newer one may have written the file");
            }
        }
    }

    private object Component(string name, KindRole role)
    {
        JsonElement element = Get(name);
        var settings = new SettingsReader<T>(_reading, element, Below(name));
        return _reading.Create(role, settings.Text("kind"), settings);
    }

    private string Below(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    private JsonElement Get(string name)
    {
        _asked.Add(name);
        return _element.TryGetProperty(name, out JsonElement value)
            ? value
            : throw _reading.Error($"{(Path.Length == 0 ? "the model" : Path)} has no member '{name}'");
    }

    private JsonElement.ArrayEnumerator Array(string name)
    {
        JsonElement value = Get(name);
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Error(name, "a list", value);
    }

    private double ToNumber(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            switch (ToText(name, value))
            {
                case "NaN":
                    return double.NaN;
                case "Infinity":
                    return double.PositiveInfinity;
                case "-Infinity":
                    return double.NegativeInfinity;
            }
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : throw Error(name, "a number", value);
    }

    private long ToInteger(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
            ? number
            : throw Error(name, "a whole number", value);

    private string ToText(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Error(name, "a text", value);

    private InvalidDataException Error(string name, string expected, JsonElement value) =>
        _reading.Error($"expected {expected} as '{name}' of {(Path.Length == 0 ? "the model" : Path)}, but found {Found(value)}");

    private static string Found(JsonElement value) => MessageText.Shortened(value.GetRawText());
}
