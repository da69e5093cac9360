using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text.Json;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Optimizers;
using NeuralNet.Preprocessing;
using NeuralNet.Regularization;
using NeuralNet.Schedules;

namespace NeuralNet.Kinds;

/// <summary>
/// The kinds of layers, activations, penalties and so on that a model file may hold: for each a name, a type, a function
/// that writes its settings and one that makes it again. Those of the library are always there; add your own to save
/// and load them. Immutable, so one instance may serve any number of threads.
/// </summary>
/// <remarks>
/// Nothing is found by reflection, so a file can only ever make what stands here. Parameters are not settings: they
/// are tensors, which are saved and loaded without any doing of the kind.
/// </remarks>
/// <example><code>
/// ModelKinds&lt;float&gt; kinds = new ModelKinds&lt;float&gt;()
///     .WithActivation("sine", (a, s) =&gt; s.Number("frequency", a.Frequency), s =&gt; new Sine(s.Number("frequency")))
///     .WithLayer("scale", (layer, s) =&gt; { }, s =&gt; new Scale(s.InputSize));
/// network.Save("model.safetensors", kinds);
/// </code></example>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ModelKinds<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<(KindRole Role, string Name), Kind<T>> _byName = [];
    private readonly Dictionary<(KindRole Role, Type Type), Kind<T>> _byType = [];

    /// <summary>The kinds of the library.</summary>
    public ModelKinds()
        : this([.. BuiltInLayers.Kinds<T>(), .. BuiltInStrategies.Kinds<T>(), .. BuiltInTransforms.Kinds<T>()])
    {
    }

    private ModelKinds(IEnumerable<Kind<T>> kinds)
    {
        foreach (Kind<T> kind in kinds)
        {
            if (!_byName.TryAdd((kind.Role, kind.Name), kind))
            {
                throw new ArgumentException(
                    $"There is a {RoleName(kind.Role)} of the kind '{kind.Name}' already: {_byName[(kind.Role, kind.Name)].Type}.", nameof(kinds));
            }

            if (!_byType.TryAdd((kind.Role, kind.Type), kind))
            {
                throw new ArgumentException(
                    $"The type {kind.Type} is registered already, as '{_byType[(kind.Role, kind.Type)].Name}'.", nameof(kinds));
            }
        }
    }

    /// <summary>All types, for tests.</summary>
    internal IEnumerable<Type> Types => _byType.Keys.Select(key => key.Type);

    /// <summary>These kinds and a layer of your own.</summary>
    /// <typeparam name="TLayer">Its type.</typeparam>
    /// <param name="kind">Its <see cref="Layer{T}.Kind"/>, which also names its parameters.</param>
    /// <param name="write">Writes its settings, but not its input size, nor its parameters.</param>
    /// <param name="read">Makes it from <see cref="SettingsReader{T}.InputSize"/> and its settings, in the same order.</param>
    /// <returns>New kinds.</returns>
    /// <exception cref="ArgumentException">The kind or the type is registered already.</exception>
    public ModelKinds<T> WithLayer<TLayer>(
        string kind, Action<TLayer, SettingsWriter<T>> write, Func<SettingsReader<T>, TLayer> read)
        where TLayer : Layer<T> => With(KindRole.Layer, kind, write, read);

    /// <summary>These kinds and an activation of your own.</summary>
    /// <typeparam name="TActivation">Its type.</typeparam>
    /// <param name="kind">Its name in files.</param>
    /// <param name="write">Writes its settings.</param>
    /// <param name="read">Makes it from them.</param>
    /// <returns>New kinds.</returns>
    /// <exception cref="ArgumentException">The kind or the type is registered already.</exception>
    public ModelKinds<T> WithActivation<TActivation>(
        string kind, Action<TActivation, SettingsWriter<T>> write, Func<SettingsReader<T>, TActivation> read)
        where TActivation : class, IActivation => With(KindRole.Activation, kind, write, read);

    /// <summary>These kinds and a penalty of your own.</summary>
    /// <typeparam name="TPenalty">Its type.</typeparam>
    /// <param name="kind">Its name in files.</param>
    /// <param name="write">Writes its settings.</param>
    /// <param name="read">Makes it from them.</param>
    /// <returns>New kinds.</returns>
    /// <exception cref="ArgumentException">The kind or the type is registered already.</exception>
    public ModelKinds<T> WithPenalty<TPenalty>(
        string kind, Action<TPenalty, SettingsWriter<T>> write, Func<SettingsReader<T>, TPenalty> read)
        where TPenalty : class, IPenalty => With(KindRole.Penalty, kind, write, read);

    /// <summary>These kinds and a constraint of your own.</summary>
    /// <typeparam name="TConstraint">Its type.</typeparam>
    /// <param name="kind">Its name in files.</param>
    /// <param name="write">Writes its settings.</param>
    /// <param name="read">Makes it from them.</param>
    /// <returns>New kinds.</returns>
    /// <exception cref="ArgumentException">The kind or the type is registered already.</exception>
    public ModelKinds<T> WithConstraint<TConstraint>(
        string kind, Action<TConstraint, SettingsWriter<T>> write, Func<SettingsReader<T>, TConstraint> read)
        where TConstraint : class, IConstraint => With(KindRole.Constraint, kind, write, read);

    /// <summary>These kinds and a loss of your own.</summary>
    /// <typeparam name="TLoss">Its type.</typeparam>
    /// <param name="kind">Its name in descriptions.</param>
    /// <param name="write">Writes its settings.</param>
    /// <param name="read">Makes it from them.</param>
    /// <returns>New kinds.</returns>
    /// <exception cref="ArgumentException">The kind or the type is registered already.</exception>
    public ModelKinds<T> WithLoss<TLoss>(
        string kind, Action<TLoss, SettingsWriter<T>> write, Func<SettingsReader<T>, TLoss> read)
        where TLoss : class, ILoss => With(KindRole.Loss, kind, write, read);

    /// <summary>These kinds and an optimizer of your own.</summary>
    /// <typeparam name="TOptimizer">Its type.</typeparam>
    /// <param name="kind">Its name in descriptions.</param>
    /// <param name="write">Writes its settings.</param>
    /// <param name="read">Makes it from them.</param>
    /// <returns>New kinds.</returns>
    /// <exception cref="ArgumentException">The kind or the type is registered already.</exception>
    public ModelKinds<T> WithOptimizer<TOptimizer>(
        string kind, Action<TOptimizer, SettingsWriter<T>> write, Func<SettingsReader<T>, TOptimizer> read)
        where TOptimizer : class, IOptimizer => With(KindRole.Optimizer, kind, write, read);

    /// <summary>These kinds and a learning-rate schedule of your own.</summary>
    /// <typeparam name="TSchedule">Its type.</typeparam>
    /// <param name="kind">Its name in descriptions.</param>
    /// <param name="write">Writes its settings.</param>
    /// <param name="read">Makes it from them.</param>
    /// <returns>New kinds.</returns>
    /// <exception cref="ArgumentException">The kind or the type is registered already.</exception>
    public ModelKinds<T> WithSchedule<TSchedule>(
        string kind, Action<TSchedule, SettingsWriter<T>> write, Func<SettingsReader<T>, TSchedule> read)
        where TSchedule : class, ILearningRateSchedule => With(KindRole.Schedule, kind, write, read);

    /// <summary>These kinds and a gradient clipping of your own.</summary>
    /// <typeparam name="TClipping">Its type.</typeparam>
    /// <param name="kind">Its name in descriptions.</param>
    /// <param name="write">Writes its settings.</param>
    /// <param name="read">Makes it from them.</param>
    /// <returns>New kinds.</returns>
    /// <exception cref="ArgumentException">The kind or the type is registered already.</exception>
    public ModelKinds<T> WithClipping<TClipping>(
        string kind, Action<TClipping, SettingsWriter<T>> write, Func<SettingsReader<T>, TClipping> read)
        where TClipping : class, IGradientClipping => With(KindRole.Clipping, kind, write, read);

    /// <summary>These kinds and a feature transform of your own.</summary>
    /// <typeparam name="TTransform">Its type.</typeparam>
    /// <param name="kind">Its name in files.</param>
    /// <param name="write">Writes what was fitted.</param>
    /// <param name="read">Makes it from that.</param>
    /// <returns>New kinds.</returns>
    /// <exception cref="ArgumentException">The kind or the type is registered already.</exception>
    public ModelKinds<T> WithTransform<TTransform>(
        string kind, Action<TTransform, SettingsWriter<T>> write, Func<SettingsReader<T>, TTransform> read)
        where TTransform : class, IFeatureTransform => With(KindRole.Transform, kind, write, read);

    /// <summary>
    /// Kind and settings as a text that is the same for two things exactly if both are, such as
    /// <c>Sgd {"learningRate":0.01,"momentum":0.9,…}</c>; parameters are no part of it.
    /// </summary>
    /// <param name="component">A layer, activation, penalty, constraint, loss, optimizer, schedule, clipping or transform; or null.</param>
    /// <returns>The text; of what is not registered, the full name of its type; of null, <c>none</c>.</returns>
    public string Describe(object? component)
    {
        if (component is null)
        {
            return "none";
        }

        foreach (KindRole role in Enum.GetValues<KindRole>())
        {
            if (TryFind(role, component.GetType(), out Kind<T>? kind))
            {
                return $"{kind.Name} {SettingsWriter<T>.Write(this, isLenient: true, writer => kind.Write(component, writer))}";
            }
        }

        return TypeName(component);
    }

    /// <summary>What <see cref="Describe"/> described.</summary>
    /// <exception cref="InvalidDataException">It is no description, or of something that is not registered.</exception>
    internal object Parse(KindRole role, string description)
    {
        int space = description.IndexOf(' ', StringComparison.Ordinal);
        string name = space < 0 ? description : description[..space];
        string path = RoleName(role);
        var reading = new ModelReading<T>(this, "description", tensors: null);
        using JsonDocument settings = reading.Parse(space < 0 ? "" : description[space..]);
        return reading.Create(role, name, new SettingsReader<T>(reading, settings.RootElement, path));
    }

    internal bool TryFind(KindRole role, string name, [NotNullWhen(true)] out Kind<T>? kind) =>
        _byName.TryGetValue((role, name), out kind);

    internal bool TryFind(KindRole role, Type type, [NotNullWhen(true)] out Kind<T>? kind) =>
        _byType.TryGetValue((role, type), out kind);

    internal static string TypeName(object component) => component.GetType().FullName ?? component.GetType().Name;

    internal static string RoleName(KindRole role) => role switch
    {
        KindRole.Layer => "layer",
        KindRole.Activation => "activation",
        KindRole.Penalty => "penalty",
        KindRole.Constraint => "constraint",
        KindRole.Loss => "loss",
        KindRole.Optimizer => "optimizer",
        KindRole.Schedule => "schedule",
        KindRole.Clipping => "clipping",
        _ => "feature transform",
    };

    /// <summary>What to do about something that is not registered, for messages.</summary>
    internal static string HowToRegister(KindRole role, string kind) =>
        $"register it, new ModelKinds<{(typeof(T) == typeof(float) ? "float" : "double")}>()"
        + $".With{role}(\"{kind}\", …), and pass these kinds";

    private ModelKinds<T> With<TKind>(
        KindRole role, string kind, Action<TKind, SettingsWriter<T>> write, Func<SettingsReader<T>, TKind> read)
        where TKind : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(read);
        return new([.. _byName.Values, Kind<T>.Of(role, kind, write, read)]);
    }
}
