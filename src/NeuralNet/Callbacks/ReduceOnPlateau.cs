using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.Training;

namespace NeuralNet.Callbacks;

/// <summary>Lowers the learning rate by a factor when a figure has not improved for a number of epochs.</summary>
/// <remarks>
/// <para>Keras's <c>ReduceLROnPlateau</c> with its defaults: an improvement must exceed 10⁻⁴ in the unit of the figure.
/// PyTorch's differs in three ways. Its threshold of 10⁻⁴ is a share of the best figure by default: choose
/// <see cref="ImprovementMode.Relative"/>. It waits one epoch longer, as it acts when <em>more</em> than its patience
/// has passed: a patience of 10 there is one of 11 here. And it leaves out reductions by less than its eps,
/// 10⁻⁸.</para>
/// <para>Epochs count as for <see cref="EarlyStopping{T}"/>: with <see cref="FitOptions{T}.ValidationEvery"/>, patience
/// and cooldown are numbers of validations. It sets <see cref="Trainer{T}.LearningRateFactor"/>, besides any schedule.
/// One instance serves one trainer.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ReduceOnPlateau<T> : ITrainingCallback<T>, IResumableCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private double _best = double.NaN;
    private int _waited;
    private int _cooling;

    /// <summary>Makes the callback.</summary>
    /// <param name="factor">The factor on the learning rate: above 0 and below 1.</param>
    /// <param name="patience">
    /// Epochs without improvement before a reduction, at least 1; validations, if not every epoch has one.
    /// </param>
    /// <param name="monitor">The figure to watch; the loss if null.</param>
    /// <param name="minImprovement">
    /// The difference that a figure must exceed to count as an improvement, at least 0.
    /// </param>
    /// <param name="cooldown">
    /// Epochs after a reduction that do not count, at least 0; validations, if not every epoch has one.
    /// </param>
    /// <param name="minLearningRateFactor">
    /// The least value of <see cref="Trainer{T}.LearningRateFactor"/>, at least 0.
    /// </param>
    /// <param name="mode">
    /// The unit of <paramref name="minImprovement"/>: that of the figure, or a share of the best.
    /// </param>
    /// <param name="startFromEpoch">The first epoch of the run that counts, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public ReduceOnPlateau(
        double factor = 0.1,
        int patience = 10,
        MonitoredValue? monitor = null,
        double minImprovement = 1e-4,
        int cooldown = 0,
        double minLearningRateFactor = 0,
        ImprovementMode mode = ImprovementMode.Absolute,
        int startFromEpoch = 1)
    {
        Factor = Require.Fraction(Require.Positive(factor), nameof(factor));
        Patience = Require.AtLeast(patience, 1);
        Monitor = monitor ?? MonitoredValue.Loss;
        MinImprovement = Require.NotNegative(minImprovement);
        Cooldown = Require.AtLeast(cooldown, 0);
        MinLearningRateFactor = Require.NotNegative(minLearningRateFactor);
        Mode = Require.Defined(mode);
        StartFromEpoch = Require.AtLeast(startFromEpoch, 1);
    }

    /// <summary>The factor on the learning rate.</summary>
    public double Factor { get; }

    /// <summary>
    /// Epochs without improvement before a reduction; validations, if not every epoch has one.
    /// </summary>
    public int Patience { get; }

    /// <summary>The figure to watch.</summary>
    public MonitoredValue Monitor { get; }

    /// <summary>The difference that a figure must exceed to count as an improvement.</summary>
    public double MinImprovement { get; }

    /// <summary>Epochs after a reduction that do not count; validations, if not every epoch has one.</summary>
    public int Cooldown { get; }

    /// <summary>The least value of the trainer's factor.</summary>
    public double MinLearningRateFactor { get; }

    /// <summary>The unit of <see cref="MinImprovement"/>: that of the figure, or a share of the best.</summary>
    public ImprovementMode Mode { get; }

    /// <summary>The first epoch of the run that counts, from 1.</summary>
    public int StartFromEpoch { get; }

    /// <inheritdoc/>
    public string Key => "reduceOnPlateau";

    /// <inheritdoc/>
    public void Check(TrainingContext<T> context) => Monitor.RequireIn(context);

    /// <inheritdoc/>
    public void OnTrainingStart(TrainingContext<T> context)
    {
        (_best, _waited, _cooling) = (double.NaN, 0, 0);
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Epoch < StartFromEpoch || Monitor.Read(result, context.HasValidation) is not { } value)
        {
            return;
        }

        bool isCooling = _cooling > 0;
        _cooling = Math.Max(0, _cooling - 1);
        if (Monitor.IsBetter(value, _best, MinImprovement, Mode))
        {
            (_best, _waited) = (value, 0);
        }
        else if (!isCooling && ++_waited >= Patience)
        {
            context.LearningRateFactor = Math.Max(
                context.LearningRateFactor * Factor, Math.Min(MinLearningRateFactor, context.LearningRateFactor));
            (_waited, _cooling) = (0, Cooldown);
        }
    }

    /// <inheritdoc/>
    public void WriteSettings(SettingsWriter settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Number("factor", Factor)
            .Integer("patience", Patience)
            .Text("monitor", Monitor.ToString())
            .Number("minImprovement", MinImprovement)
            .Integer("cooldown", Cooldown)
            .Number("minLearningRateFactor", MinLearningRateFactor);

        ImprovementSettings.Write(settings, Mode, StartFromEpoch);
    }

    /// <inheritdoc/>
    public CallbackState<T> SaveState()
    {
        var state = new CallbackState<T>();
        state.Numbers["best"] = _best;
        state.Numbers["waited"] = _waited;
        state.Numbers["cooling"] = _cooling;
        return state;
    }

    /// <inheritdoc/>
    public void RestoreState(TrainingContext<T> context, CallbackState<T> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Arrays.Count > 0)
        {
            throw new InvalidDataException($"It holds {state.Arrays.Count} arrays, but this callback has none.");
        }

        (_best, _waited, _cooling) = (state.Number("best"), state.Count("waited"), state.Count("cooling"));
    }
}
