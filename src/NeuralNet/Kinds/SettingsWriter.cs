using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kinds;

/// <summary>Writes settings by name; a setting that is null is left out.</summary>
public sealed class SettingsWriter
{
    private readonly ModelKinds _kinds;
    private readonly KindUse _use;
    private readonly Utf8JsonWriter _json;
    private int _layers;

    private SettingsWriter(ModelKinds kinds, KindUse use, Utf8JsonWriter json)
    {
        _kinds = kinds;
        _use = use;
        _json = json;
    }

    /// <summary>Writes a number, exactly.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="value">The number; nothing is written if null.</param>
    /// <returns>This writer.</returns>
    public SettingsWriter Number(string name, double? value)
    {
        if (value is { } number)
        {
            _json.WritePropertyName(name);
            WriteNumber(number);
        }

        return this;
    }

    /// <summary>Writes a whole number.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="value">The number; nothing is written if null.</param>
    /// <returns>This writer.</returns>
    public SettingsWriter Integer(string name, long? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(name, number);
        }

        return this;
    }

    /// <summary>Writes true or false.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="value">The value; nothing is written if null.</param>
    /// <returns>This writer.</returns>
    public SettingsWriter Flag(string name, bool? value)
    {
        if (value is not null)
        {
            _json.WriteBoolean(name, value.Value);
        }

        return this;
    }

    /// <summary>Writes a text.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="value">The text; nothing is written if null.</param>
    /// <returns>This writer.</returns>
    public SettingsWriter Text(string name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }

        return this;
    }

    /// <summary>Writes numbers, exactly.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="values">The numbers; nothing is written if null.</param>
    /// <returns>This writer.</returns>
    public SettingsWriter Numbers(string name, IEnumerable<double>? values) => List(name, values, WriteNumber);

    /// <summary>Writes whole numbers.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="values">The numbers; nothing is written if null.</param>
    /// <returns>This writer.</returns>
    public SettingsWriter Integers(string name, IEnumerable<long>? values) =>
        List(name, values, _json.WriteNumberValue);

    /// <summary>Writes texts.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="values">The texts; nothing is written if null.</param>
    /// <returns>This writer.</returns>
    public SettingsWriter Texts(string name, IEnumerable<string>? values) =>
        List(name, values, _json.WriteStringValue);

    /// <summary>Writes the JSON object whose members an action writes.</summary>
    internal static string Write(ModelKinds kinds, KindUse use, Action<SettingsWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(new SettingsWriter(kinds, use, json));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes a strategy: its kind and settings; nothing if null.</summary>
    internal SettingsWriter Strategy(string name, KindRole role, object? strategy)
    {
        if (strategy is not null)
        {
            _json.WritePropertyName(name);
            WriteStrategy(role, strategy);
        }

        return this;
    }

    /// <summary>Writes strategies: their kinds and settings; nothing if null.</summary>
    internal SettingsWriter Strategies(string name, KindRole role, IEnumerable<object>? strategies) =>
        List(name, strategies, strategy => WriteStrategy(role, strategy));

    /// <summary>Writes a shape, as the list of its dimensions.</summary>
    internal SettingsWriter Shape(string name, FeatureShape shape) =>
        Integers(name, shape.Dimensions.Select(dimension => (long)dimension));

    /// <summary>Writes the names and shapes of inputs or outputs; nothing if null.</summary>
    internal SettingsWriter Layout(string name, FeatureLayout? layout) => List(name, layout, range =>
    {
        _json.WriteStartObject();
        Text("name", range.Name);
        Shape("shape", range.Shape);
        _json.WriteEndObject();
    });

    /// <summary>Writes layers that follow each other, with all their settings.</summary>
    /// <param name="name">The name of the list.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="inputShape">The shape of what the first one receives.</param>
    internal SettingsWriter Layers<T>(string name, IEnumerable<Layer<T>> layers, FeatureShape inputShape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        FeatureShape received = inputShape;
        return List(name, layers, layer =>
        {
            WriteLayer(layer, received);
            received = layer.OutputShape;
        });
    }

    /// <summary>Writes layers that all receive the same, with all their settings.</summary>
    /// <param name="name">The name of the list.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="inputShape">The shape of what they receive.</param>
    internal SettingsWriter Branches<T>(string name, IEnumerable<Layer<T>> layers, FeatureShape inputShape)
        where T : unmanaged, IFloatingPointIeee754<T> => List(name, layers, layer => WriteLayer(layer, inputShape));

    private SettingsWriter List<TElement>(string name, IEnumerable<TElement>? elements, Action<TElement> write)
    {
        if (elements is not null)
        {
            _json.WriteStartArray(name);
            foreach (TElement element in elements)
            {
                write(element);
            }

            _json.WriteEndArray();
        }

        return this;
    }

    private void WriteStrategy(KindRole role, object strategy)
    {
        StrategyKind kind = _kinds.Find(role, strategy, _use);
        Start(kind);
        kind.Write(strategy, this);
        _json.WriteEndObject();
    }

    private void WriteLayer<T>(Layer<T> layer, FeatureShape received)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (++_layers > ModelLimits.Layers)
        {
            throw new InvalidOperationException(
                $"A model file holds at most {ModelLimits.Layers} layers; this network has more.");
        }

        LayerKind<T> kind = _kinds.Find(layer, _use);
        Start(kind);
        if (layer.InputShape != received)
        {
            Shape(LayerReader.InputShape, layer.InputShape);
        }

        kind.Write(layer, this);
        _json.WriteEndObject();
    }

    private void Start(Kind kind)
    {
        if (_json.CurrentDepth >= ModelLimits.Depth)
        {
            throw new InvalidOperationException(
                $"A model file holds at most {ModelLimits.Depth} levels of layers within layers; this network is "
                + "deeper.");
        }

        _json.WriteStartObject();
        _json.WriteString("kind", kind.Name);
    }

    private void WriteNumber(double value)
    {
        if (double.IsFinite(value))
        {
            _json.WriteNumberValue(value);
        }
        else
        {
            _json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
