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

/// <content>Settings that are strategies, each with a kind and settings of its own.</content>
public abstract partial class Settings<TKind>
{
    /// <summary>An activation.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The activation.</returns>
    public IActivation Activation(string name, Func<TKind, IActivation> get) =>
        Strategy(name, KindRole.Activation, get);

    /// <summary>An activation, if there is one.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written; null leaves it out.</param>
    /// <returns>The activation; null if there is none.</returns>
    public IActivation? OptionalActivation(string name, Func<TKind, IActivation?> get) =>
        OptionalStrategy(name, KindRole.Activation, get);

    /// <summary>A penalty.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The penalty.</returns>
    public IPenalty Penalty(string name, Func<TKind, IPenalty> get) =>
        Strategy(name, KindRole.Penalty, get);

    /// <summary>A penalty, if there is one.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written; null leaves it out.</param>
    /// <returns>The penalty; null if there is none.</returns>
    public IPenalty? OptionalPenalty(string name, Func<TKind, IPenalty?> get) =>
        OptionalStrategy(name, KindRole.Penalty, get);

    /// <summary>A constraint.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The constraint.</returns>
    public IConstraint Constraint(string name, Func<TKind, IConstraint> get) =>
        Strategy(name, KindRole.Constraint, get);

    /// <summary>A constraint, if there is one.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written; null leaves it out.</param>
    /// <returns>The constraint; null if there is none.</returns>
    public IConstraint? OptionalConstraint(string name, Func<TKind, IConstraint?> get) =>
        OptionalStrategy(name, KindRole.Constraint, get);

    /// <summary>A merge of branches.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The merge.</returns>
    public Merge Merge(string name, Func<TKind, Merge> get) => Strategy(name, KindRole.Merge, get);

    /// <summary>A loss.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The loss.</returns>
    public ILoss Loss(string name, Func<TKind, ILoss> get) =>
        Strategy(name, KindRole.Loss, get);

    /// <summary>A loss, if there is one.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written; null leaves it out.</param>
    /// <returns>The loss; null if there is none.</returns>
    public ILoss? OptionalLoss(string name, Func<TKind, ILoss?> get) =>
        OptionalStrategy(name, KindRole.Loss, get);

    /// <summary>Losses.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The losses.</returns>
    public IReadOnlyList<ILoss> Losses(string name, Func<TKind, IReadOnlyList<ILoss>> get) =>
        Strategies(name, KindRole.Loss, get);

    /// <summary>An optimizer.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The optimizer.</returns>
    public IOptimizer Optimizer(string name, Func<TKind, IOptimizer> get) =>
        Strategy(name, KindRole.Optimizer, get);

    /// <summary>An optimizer, if there is one.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written; null leaves it out.</param>
    /// <returns>The optimizer; null if there is none.</returns>
    public IOptimizer? OptionalOptimizer(string name, Func<TKind, IOptimizer?> get) =>
        OptionalStrategy(name, KindRole.Optimizer, get);

    /// <summary>A learning-rate schedule.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The schedule.</returns>
    public ILearningRateSchedule Schedule(string name, Func<TKind, ILearningRateSchedule> get) =>
        Strategy(name, KindRole.Schedule, get);

    /// <summary>A learning-rate schedule, if there is one.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written; null leaves it out.</param>
    /// <returns>The schedule; null if there is none.</returns>
    public ILearningRateSchedule? OptionalSchedule(string name, Func<TKind, ILearningRateSchedule?> get) =>
        OptionalStrategy(name, KindRole.Schedule, get);

    /// <summary>Learning-rate schedules.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The schedules.</returns>
    public IReadOnlyList<ILearningRateSchedule> Schedules(
        string name, Func<TKind, IReadOnlyList<ILearningRateSchedule>> get) =>
        Strategies(name, KindRole.Schedule, get);

    /// <summary>A gradient clipping.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The clipping.</returns>
    public IGradientClipping Clipping(string name, Func<TKind, IGradientClipping> get) =>
        Strategy(name, KindRole.Clipping, get);

    /// <summary>A gradient clipping, if there is one.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written; null leaves it out.</param>
    /// <returns>The clipping; null if there is none.</returns>
    public IGradientClipping? OptionalClipping(string name, Func<TKind, IGradientClipping?> get) =>
        OptionalStrategy(name, KindRole.Clipping, get);

    /// <summary>An augmentation.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The augmentation.</returns>
    public IAugmentation Augmentation(string name, Func<TKind, IAugmentation> get) =>
        Strategy(name, KindRole.Augmentation, get);

    /// <summary>An augmentation, if there is one.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written; null leaves it out.</param>
    /// <returns>The augmentation; null if there is none.</returns>
    public IAugmentation? OptionalAugmentation(string name, Func<TKind, IAugmentation?> get) =>
        OptionalStrategy(name, KindRole.Augmentation, get);

    /// <summary>Augmentations.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The augmentations.</returns>
    public IReadOnlyList<IAugmentation> Augmentations(string name, Func<TKind, IReadOnlyList<IAugmentation>> get) =>
        Strategies(name, KindRole.Augmentation, get);

    /// <summary>A feature transform.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The feature transform.</returns>
    public IFeatureTransform Transform(string name, Func<TKind, IFeatureTransform> get) =>
        Strategy(name, KindRole.Transform, get);

    /// <summary>A feature transform, if there is one.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written; null leaves it out.</param>
    /// <returns>The feature transform; null if there is none.</returns>
    public IFeatureTransform? OptionalTransform(string name, Func<TKind, IFeatureTransform?> get) =>
        OptionalStrategy(name, KindRole.Transform, get);

    /// <summary>Feature transforms.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The transforms.</returns>
    public IReadOnlyList<IFeatureTransform> Transforms(
        string name, Func<TKind, IReadOnlyList<IFeatureTransform>> get) =>
        Strategies(name, KindRole.Transform, get);

    /// <summary>A calibration, if there is one.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written; null leaves it out.</param>
    /// <returns>The calibration; null if there is none.</returns>
    public ICalibration? OptionalCalibration(string name, Func<TKind, ICalibration?> get) =>
        OptionalStrategy(name, KindRole.Calibration, get);

    /// <summary>Calibrations.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The calibrations.</returns>
    public IReadOnlyList<ICalibration> Calibrations(string name, Func<TKind, IReadOnlyList<ICalibration>> get) =>
        Strategies(name, KindRole.Calibration, get);

    private IReadOnlyList<TStrategy> Strategies<TStrategy>(
        string name, KindRole role, Func<TKind, IReadOnlyList<TStrategy>> get)
        where TStrategy : class =>
        Setting<IReadOnlyList<TStrategy>>(
            name,
            get,
            (writer, name, strategies) => writer.Strategies(name, role, strategies),
            (reader, name) => [.. reader.Strategies(name, role).Cast<TStrategy>()]);

    private TStrategy Strategy<TStrategy>(string name, KindRole role, Func<TKind, TStrategy> get)
        where TStrategy : class =>
        Setting(
            name,
            get,
            (writer, name, strategy) => writer.Strategy(name, role, strategy),
            (reader, name) => (TStrategy)reader.Strategy(name, role));

    private TStrategy? OptionalStrategy<TStrategy>(string name, KindRole role, Func<TKind, TStrategy?> get)
        where TStrategy : class =>
        OptionalSetting(
            name,
            get,
            (writer, name, strategy) => writer.Strategy(name, role, strategy),
            (reader, name) => (TStrategy)reader.Strategy(name, role));
}
