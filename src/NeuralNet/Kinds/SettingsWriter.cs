using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.Preprocessing;
using NeuralNet.Regularization;
using NeuralNet.Schedules;

namespace NeuralNet.Kinds;

/// <summary>
/// Where a kind writes the settings of a layer or strategy, by name; <see cref="SettingsReader{T}"/> gives them back.
/// What is null is left out.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class SettingsWriter<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ModelKinds<T> _kinds;
    private readonly Utf8JsonWriter _json;
    private readonly bool _isLenient;
    private int _layers;

    private SettingsWriter(ModelKinds<T> kinds, Utf8JsonWriter json, bool isLenient)
    {
        _kinds = kinds;
        _json = json;
        _isLenient = isLenient;
    }

    /// <summary>Writes a number, to the bit.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The number.</param>
    /// <returns>This writer.</returns>
    public SettingsWriter<T> Number(string name, double value)
    {
        _json.WritePropertyName(name);
        WriteNumber(value);
        return this;
    }

    /// <summary>Writes a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The number; nothing is written if null.</param>
    /// <returns>This writer.</returns>
    public SettingsWriter<T> Integer(string name, long? value)
    {
        if (value is not null)
        {
            _json.WriteNumber(name, value.Value);
        }

        return this;
    }

    /// <summary>Writes true or false.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Which of them.</param>
    /// <returns>This writer.</returns>
    public SettingsWriter<T> Flag(string name, bool value)
    {
        _json.WriteBoolean(name, value);
        return this;
    }

    /// <summary>Writes a text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The text; nothing is written if null.</param>
    /// <returns>This writer.</returns>
    public SettingsWriter<T> Text(string name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }

        return this;
    }

    /// <summary>Writes numbers, to the bit.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="values">The numbers; nothing is written if null.</param>
    /// <returns>This writer.</returns>
    public SettingsWriter<T> Numbers(string name, IEnumerable<double>? values)
    {
        if (values is not null)
        {
            _json.WriteStartArray(name);
            foreach (double value in values)
            {
                WriteNumber(value);
            }

            _json.WriteEndArray();
        }

        return this;
    }

    /// <summary>Writes whole numbers.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="values">The numbers; nothing is written if null.</param>
    /// <returns>This writer.</returns>
    public SettingsWriter<T> Integers(string name, IEnumerable<long>? values)
    {
        if (values is not null)
        {
            _json.WriteStartArray(name);
            foreach (long value in values)
            {
                _json.WriteNumberValue(value);
            }

            _json.WriteEndArray();
        }

        return this;
    }

    /// <summary>Writes an activation, kind and settings.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The activation; nothing is written if null.</param>
    /// <returns>This writer.</returns>
    /// <exception cref="InvalidOperationException">Its type is not registered.</exception>
    public SettingsWriter<T> Activation(string name, IActivation? value) => Component(name, KindRole.Activation, value);

    /// <summary>Writes a penalty, kind and settings.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The penalty; nothing is written if null.</param>
    /// <returns>This writer.</returns>
    /// <exception cref="InvalidOperationException">Its type is not registered.</exception>
    public SettingsWriter<T> Penalty(string name, IPenalty? value) => Component(name, KindRole.Penalty, value);

    /// <summary>Writes a constraint, kind and settings.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The constraint; nothing is written if null.</param>
    /// <returns>This writer.</returns>
    /// <exception cref="InvalidOperationException">Its type is not registered.</exception>
    public SettingsWriter<T> Constraint(string name, IConstraint? value) => Component(name, KindRole.Constraint, value);

    /// <summary>Writes a schedule, kind and settings.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The schedule; nothing is written if null.</param>
    /// <returns>This writer.</returns>
    /// <exception cref="InvalidOperationException">Its type is not registered.</exception>
    public SettingsWriter<T> Schedule(string name, ILearningRateSchedule? value) => Component(name, KindRole.Schedule, value);

    /// <summary>Writes a feature transform, kind and settings.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The transform; nothing is written if null.</param>
    /// <returns>This writer.</returns>
    /// <exception cref="InvalidOperationException">Its type is not registered.</exception>
    public SettingsWriter<T> Transform(string name, IFeatureTransform? value) => Component(name, KindRole.Transform, value);

    /// <summary>Writes feature transforms, kinds and settings.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="values">The transforms.</param>
    /// <returns>This writer.</returns>
    /// <exception cref="InvalidOperationException">The type of one is not registered.</exception>
    public SettingsWriter<T> Transforms(string name, IEnumerable<IFeatureTransform> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _json.WriteStartArray(name);
        foreach (IFeatureTransform value in values)
        {
            Component(null, KindRole.Transform, value);
        }

        _json.WriteEndArray();
        return this;
    }

    /// <summary>Writes layers, such as those within another, with all their settings.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="layers">The layers, each taking as many inputs as the one before it has outputs.</param>
    /// <returns>This writer.</returns>
    /// <exception cref="InvalidOperationException">The type of one is not registered, or there are too many.</exception>
    public SettingsWriter<T> Layers(string name, IEnumerable<Layer<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        _json.WriteStartArray(name);
        foreach (Layer<T> layer in layers)
        {
            if (++_layers > ModelLimits.Layers)
            {
                throw new InvalidOperationException($"A model file holds at most {ModelLimits.Layers} layers; this network has more.");
            }

            Component(null, KindRole.Layer, layer);
        }

        _json.WriteEndArray();
        return this;
    }

    /// <summary>
    /// The JSON object that an action writes the members of; if lenient, what is not registered is written as the name of
    /// its type, else refused.
    /// </summary>
    internal static string Write(ModelKinds<T> kinds, bool isLenient, Action<SettingsWriter<T>> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(new SettingsWriter<T>(kinds, json, isLenient));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes texts.</summary>
    internal SettingsWriter<T> Texts(string name, IEnumerable<string> values)
    {
        _json.WriteStartArray(name);
        foreach (string value in values)
        {
            _json.WriteStringValue(value);
        }

        _json.WriteEndArray();
        return this;
    }

    private SettingsWriter<T> Component(string? name, KindRole role, object? component)
    {
        if (component is null)
        {
            return this;
        }

        if (name is not null)
        {
            _json.WritePropertyName(name);
        }

        if (_json.CurrentDepth >= ModelLimits.Depth)
        {
            throw new InvalidOperationException(
                $"A model file holds at most {ModelLimits.Depth} levels of layers within layers; this network is deeper.");
        }

        _json.WriteStartObject();
        if (_kinds.TryFind(role, component.GetType(), out Kind<T>? kind))
        {
            RequireNameOf(kind, component);
            _json.WriteString("kind", kind.Name);
            kind.Write(component, this);
        }
        else
        {
            _json.WriteString("kind", _isLenient ? ModelKinds<T>.TypeName(component) : throw NotRegistered(role, component));
        }

        _json.WriteEndObject();
        return this;
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

    // The names of parameters begin with it, and are looked up before the layer is made.
    private static void RequireNameOf(Kind<T> kind, object component)
    {
        if (component is Layer<T> layer && layer.Kind != kind.Name)
        {
            throw new InvalidOperationException(
                $"The layer {component.GetType()} is registered as '{kind.Name}', but its own kind is '{layer.Kind}'; they must be the same.");
        }
    }

    private static InvalidOperationException NotRegistered(KindRole role, object component)
    {
        string kind = component is Layer<T> layer ? layer.Kind : component.GetType().Name;
        return new(
            $"The {ModelKinds<T>.RoleName(role)} {component.GetType()} cannot be saved, as it is not registered: "
            + $"{ModelKinds<T>.HowToRegister(role, kind)} to Save and Load; "
            + "or save the parameters alone with SaveParameters.");
    }
}
