using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Calibrations;
using NeuralNet.Data;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Optimizers;
using NeuralNet.Preprocessing;
using NeuralNet.Regularization;
using NeuralNet.Schedules;

namespace NeuralNet.Kinds;

/// <summary>
/// The kinds of layers and strategies that model files and checkpoints may hold: each has a name, a type, and one
/// expression by which its settings are both written and read. The kinds of the library are always there; add your own
/// to save and load them, and to resume a training that uses them. Immutable and safe for any number of threads.
/// </summary>
/// <remarks>
/// Nothing is found by reflection, so a file can only make what is registered here. Parameters are no settings: they
/// are tensors, which are saved and loaded for every layer.
/// </remarks>
/// <example><code>
/// ModelKinds kinds = new ModelKinds()
///     .WithActivation&lt;Sine&gt;("sine", s =&gt; new(s.Number("frequency", sine =&gt; sine.Frequency)))
///     .WithLayer&lt;float, Scale&gt;("scale", s =&gt; () =&gt; new(s.InputShape));
/// network.Save("model.safetensors", kinds);
/// </code></example>
public sealed class ModelKinds
{
    private static readonly KindTable<StrategyKind> _builtIn = new(
    [
        .. BuiltInActivations.Kinds, .. BuiltInLosses.Kinds, .. BuiltInRegularization.Kinds, .. BuiltInOptimizers.Kinds,
        .. BuiltInSchedules.Kinds, .. BuiltInClippings.Kinds, .. BuiltInAugmentations.Kinds, .. BuiltInTransforms.Kinds,
        .. BuiltInMerges.Kinds, .. BuiltInCalibrations.Kinds,
    ]);

    private readonly KindTable<StrategyKind> _strategies;
    private readonly Dictionary<Type, object> _layers;

    /// <summary>The kinds of the library.</summary>
    public ModelKinds()
        : this(_builtIn, [])
    {
    }

    // The tables of layers by the type of their numbers, where there are others than those of the library.
    private ModelKinds(KindTable<StrategyKind> strategies, Dictionary<Type, object> layers)
    {
        _strategies = strategies;
        _layers = layers;
    }

    /// <summary>The types of all strategies, for tests.</summary>
    internal IEnumerable<Type> StrategyTypes => _strategies.All.Select(kind => kind.Type);

    /// <summary>Adds a layer of your own.</summary>
    /// <typeparam name="T">float or double, the numbers of the layer.</typeparam>
    /// <typeparam name="TLayer">Its type.</typeparam>
    /// <param name="kind">Its <see cref="Layer{T}.Kind"/>, with which the names of its parameters begin.</param>
    /// <param name="describe">
    /// Names the settings, but neither input shape nor parameters, and gives a function that makes the layer from
    /// them: <c>s =&gt; { double rate = s.Number("rate", layer =&gt; layer.Rate); return () =&gt; new(s.InputShape,
    /// rate); }</c>. The function is called only when a layer is read, so that writing one takes no memory for another.
    /// </param>
    /// <returns>New kinds: these and the layer.</returns>
    /// <exception cref="ArgumentException">The name is empty, or name or type are registered already.</exception>
    public ModelKinds WithLayer<T, TLayer>(string kind, Func<LayerSettings<T, TLayer>, Func<TLayer>> describe)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLayer : Layer<T>
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(describe);
        return new(
            _strategies, new(_layers) { [typeof(T)] = LayersOf<T>().With(LayerKind<T>.Of(kind, describe)) });
    }

    /// <summary>Adds an activation of your own.</summary>
    /// <typeparam name="TActivation">Its type.</typeparam>
    /// <param name="kind">Its name in files.</param>
    /// <param name="describe">Makes it from its settings, each with the property that it is read from.</param>
    /// <returns>New kinds: these and the activation.</returns>
    /// <exception cref="ArgumentException">The name is empty, or name or type are registered already.</exception>
    public ModelKinds WithActivation<TActivation>(string kind, Func<Settings<TActivation>, TActivation> describe)
        where TActivation : class, IActivation => With(KindRole.Activation, kind, describe);

    /// <summary>Adds a penalty of your own.</summary>
    /// <typeparam name="TPenalty">Its type.</typeparam>
    /// <param name="kind">Its name in files.</param>
    /// <param name="describe">Makes it from its settings, each with the property that it is read from.</param>
    /// <returns>New kinds: these and the penalty.</returns>
    /// <exception cref="ArgumentException">The name is empty, or name or type are registered already.</exception>
    public ModelKinds WithPenalty<TPenalty>(string kind, Func<Settings<TPenalty>, TPenalty> describe)
        where TPenalty : class, IPenalty => With(KindRole.Penalty, kind, describe);

    /// <summary>Adds a constraint of your own.</summary>
    /// <typeparam name="TConstraint">Its type.</typeparam>
    /// <param name="kind">Its name in files.</param>
    /// <param name="describe">Makes it from its settings, each with the property that it is read from.</param>
    /// <returns>New kinds: these and the constraint.</returns>
    /// <exception cref="ArgumentException">The name is empty, or name or type are registered already.</exception>
    public ModelKinds WithConstraint<TConstraint>(string kind, Func<Settings<TConstraint>, TConstraint> describe)
        where TConstraint : class, IConstraint => With(KindRole.Constraint, kind, describe);

    /// <summary>Adds a loss of your own.</summary>
    /// <typeparam name="TLoss">Its type.</typeparam>
    /// <param name="kind">Its name in files.</param>
    /// <param name="describe">Makes it from its settings, each with the property that it is read from.</param>
    /// <returns>New kinds: these and the loss.</returns>
    /// <exception cref="ArgumentException">The name is empty, or name or type are registered already.</exception>
    public ModelKinds WithLoss<TLoss>(string kind, Func<Settings<TLoss>, TLoss> describe)
        where TLoss : class, ILoss => With(KindRole.Loss, kind, describe);

    /// <summary>Adds an optimizer of your own.</summary>
    /// <typeparam name="TOptimizer">Its type.</typeparam>
    /// <param name="kind">Its name in files.</param>
    /// <param name="describe">Makes it from its settings, each with the property that it is read from.</param>
    /// <returns>New kinds: these and the optimizer.</returns>
    /// <exception cref="ArgumentException">The name is empty, or name or type are registered already.</exception>
    public ModelKinds WithOptimizer<TOptimizer>(string kind, Func<Settings<TOptimizer>, TOptimizer> describe)
        where TOptimizer : class, IOptimizer => With(KindRole.Optimizer, kind, describe);

    /// <summary>Adds a learning-rate schedule of your own.</summary>
    /// <typeparam name="TSchedule">Its type.</typeparam>
    /// <param name="kind">Its name in files.</param>
    /// <param name="describe">Makes it from its settings, each with the property that it is read from.</param>
    /// <returns>New kinds: these and the schedule.</returns>
    /// <exception cref="ArgumentException">The name is empty, or name or type are registered already.</exception>
    public ModelKinds WithSchedule<TSchedule>(string kind, Func<Settings<TSchedule>, TSchedule> describe)
        where TSchedule : class, ILearningRateSchedule => With(KindRole.Schedule, kind, describe);

    /// <summary>Adds a gradient clipping of your own.</summary>
    /// <typeparam name="TClipping">Its type.</typeparam>
    /// <param name="kind">Its name in files.</param>
    /// <param name="describe">Makes it from its settings, each with the property that it is read from.</param>
    /// <returns>New kinds: these and the clipping.</returns>
    /// <exception cref="ArgumentException">The name is empty, or name or type are registered already.</exception>
    public ModelKinds WithClipping<TClipping>(string kind, Func<Settings<TClipping>, TClipping> describe)
        where TClipping : class, IGradientClipping => With(KindRole.Clipping, kind, describe);

    /// <summary>Adds an augmentation of your own.</summary>
    /// <typeparam name="TAugmentation">Its type.</typeparam>
    /// <param name="kind">Its name in files.</param>
    /// <param name="describe">Makes it from its settings, each with the property that it is read from.</param>
    /// <returns>New kinds: these and the augmentation.</returns>
    /// <exception cref="ArgumentException">The name is empty, or name or type are registered already.</exception>
    public ModelKinds WithAugmentation<TAugmentation>(
        string kind, Func<Settings<TAugmentation>, TAugmentation> describe)
        where TAugmentation : class, IAugmentation => With(KindRole.Augmentation, kind, describe);

    /// <summary>Adds a feature transform of your own.</summary>
    /// <typeparam name="TTransform">Its type.</typeparam>
    /// <param name="kind">Its name in files.</param>
    /// <param name="describe">Makes it from its settings, each with the property that it is read from.</param>
    /// <returns>New kinds: these and the transform.</returns>
    /// <exception cref="ArgumentException">The name is empty, or name or type are registered already.</exception>
    public ModelKinds WithTransform<TTransform>(string kind, Func<Settings<TTransform>, TTransform> describe)
        where TTransform : class, IFeatureTransform => With(KindRole.Transform, kind, describe);

    /// <summary>Adds a merge of branches of your own.</summary>
    /// <typeparam name="TMerge">Its type.</typeparam>
    /// <param name="kind">Its name in files.</param>
    /// <param name="describe">Makes it from its settings, each with the property that it is read from.</param>
    /// <returns>New kinds: these and the merge.</returns>
    /// <exception cref="ArgumentException">The name is empty, or name or type are registered already.</exception>
    public ModelKinds WithMerge<TMerge>(string kind, Func<Settings<TMerge>, TMerge> describe)
        where TMerge : Merge => With(KindRole.Merge, kind, describe);

    /// <summary>Adds a calibration of your own.</summary>
    /// <typeparam name="TCalibration">Its type.</typeparam>
    /// <param name="kind">Its name in files.</param>
    /// <param name="describe">Makes it from its settings, each with the property that it is read from.</param>
    /// <returns>New kinds: these and the calibration.</returns>
    /// <exception cref="ArgumentException">The name is empty, or name or type are registered already.</exception>
    public ModelKinds WithCalibration<TCalibration>(
        string kind, Func<Settings<TCalibration>, TCalibration> describe)
        where TCalibration : class, ICalibration => With(KindRole.Calibration, kind, describe);

    /// <summary>
    /// Gives kind and settings as a text that is the same for two strategies only if both are, such as
    /// <c>Sgd {"learningRate":0.01,"momentum":0.9,…}</c>.
    /// </summary>
    /// <param name="strategy">
    /// An activation, penalty, constraint, loss, optimizer, schedule, clipping, augmentation, transform, merge or
    /// calibration; or null.
    /// </param>
    /// <returns>The text; <c>none</c> for null.</returns>
    /// <exception cref="InvalidOperationException">Its type, or that of a part of it, is not registered.</exception>
    public string Describe(object? strategy)
    {
        if (strategy is null)
        {
            return None;
        }

        foreach (KindRole role in Enum.GetValues<KindRole>())
        {
            if (_strategies.Find(role, strategy.GetType()) is { } kind)
            {
                return Describe(kind, KindUse.Describing, writer => kind.Write(strategy, writer));
            }
        }

        throw new InvalidOperationException(
            $"{strategy.GetType()} cannot be described, as it is not registered: register it with a method of "
            + $"{nameof(ModelKinds)}, such as {nameof(WithActivation)}.");
    }

    /// <summary>Gives the kind and settings of a layer as a text; parameters are no part of it.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="layer">The layer.</param>
    /// <returns>The text.</returns>
    /// <exception cref="InvalidOperationException">Its type, or that of a part of it, is not registered.</exception>
    public string Describe<T>(Layer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> => Describe(layer, KindUse.Describing);

    internal const string None = "none";

    /// <summary>Kind and settings of a strategy in a role.</summary>
    internal string Describe(KindRole role, object? strategy, KindUse use)
    {
        if (strategy is null)
        {
            return None;
        }

        StrategyKind kind = Find(role, strategy, use);
        return Describe(kind, use, writer => kind.Write(strategy, writer));
    }

    /// <summary>Kind and settings of a layer.</summary>
    internal string Describe<T>(Layer<T> layer, KindUse use)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LayerKind<T> kind = Find(layer, use);
        return Describe(kind, use, writer => kind.Write(layer, writer));
    }

    /// <summary>Makes the strategy that <see cref="Describe(object?)"/> described.</summary>
    /// <exception cref="InvalidDataException">It is no description, or of a kind that is not registered.</exception>
    internal object Parse(KindRole role, string description)
    {
        int space = description.IndexOf(' ', StringComparison.Ordinal);
        string name = space < 0 ? description : description[..space];
        var reading = new ModelReading(this, "description", tensors: null);
        JsonPart settings = reading.Parse(space < 0 ? "" : description[space..]);
        return reading.Create(
            role, name, new SettingsReader(reading, settings, KindText.NameOf(role)));
    }

    /// <summary>The kind of strategy of a name; null if there is none.</summary>
    internal StrategyKind? Find(KindRole role, string name) => _strategies.Find(role, name);

    /// <summary>The names of the registered kinds of a role, of layers those of a number type.</summary>
    internal IEnumerable<string> Names<T>(KindRole role)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        role == KindRole.Layer ? LayersOf<T>().Names(role) : _strategies.Names(role);

    /// <summary>The kind of layer of a name; null if there is none.</summary>
    internal LayerKind<T>? FindLayer<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T> => LayersOf<T>().Find(KindRole.Layer, name);

    /// <summary>The kind of a strategy.</summary>
    /// <exception cref="InvalidOperationException">Its type is not registered.</exception>
    internal StrategyKind Find(KindRole role, object strategy, KindUse use) =>
        _strategies.Find(role, strategy.GetType())
            ?? throw KindText.NotRegistered(role, strategy.GetType(), strategy.GetType().Name, use);

    /// <summary>The kind of a layer.</summary>
    /// <exception cref="InvalidOperationException">Its type is not registered, or as another kind.</exception>
    internal LayerKind<T> Find<T>(Layer<T> layer, KindUse use)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LayerKind<T> kind = LayersOf<T>().Find(KindRole.Layer, layer.GetType())
            ?? throw KindText.NotRegistered(KindRole.Layer, layer.GetType(), layer.Kind, use);

        // The names of parameters begin with it, and are looked up before the layer is made.
        return layer.Kind == kind.Name
            ? kind
            : throw new InvalidOperationException(
                $"The layer {layer.GetType()} is registered as '{kind.Name}', but its own kind is '{layer.Kind}'; "
                + "they must be the same.");
    }

    private KindTable<LayerKind<T>> LayersOf<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        _layers.TryGetValue(typeof(T), out object? table)
            ? (KindTable<LayerKind<T>>)table
            : BuiltInLayers<T>.Kinds;

    private string Describe(Kind kind, KindUse use, Action<SettingsWriter> write) =>
        $"{kind.Name} {SettingsWriter.Write(this, use, write)}";

    private ModelKinds With<TStrategy>(KindRole role, string kind, Func<Settings<TStrategy>, TStrategy> describe)
        where TStrategy : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(describe);
        return new(_strategies.With(StrategyKind.Of(role, kind, describe)), _layers);
    }
}
