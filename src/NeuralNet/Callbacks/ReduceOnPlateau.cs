using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.Training;

namespace NeuralNet.Callbacks;

/// <summary>Lowers the learning rate by a factor when a figure has not improved for a number of epochs.</summary>
/// <remarks>
/// The same as PyTorch's and Keras's <c>ReduceLROnPlateau</c>, with their defaults; PyTorch waits one epoch longer: it
/// acts when <em>more</em> than the patience has passed. It sets <see cref="Trainer{T}.LearningRateFactor"/>, besides
/// any schedule. One instance serves one trainer.
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
    /// <param name="patience">Epochs without improvement before a reduction, at least 1.</param>
    /// <param name="monitor">The figure to watch; the loss if null.</param>
    /// <param name="minImprovement">The least difference that counts as an improvement, at least 0.</param>
    /// <param name="cooldown">Epochs after a reduction that do not count, at least 0.</param>
    /// <param name="minLearningRateFactor">
    /// The least value of <see cref="Trainer{T}.LearningRateFactor"/>, at least 0.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public ReduceOnPlateau(
        double factor = 0.1,
        int patience = 10,
        MonitoredValue? monitor = null,
        double minImprovement = 1e-4,
        int cooldown = 0,
        double minLearningRateFactor = 0)
    {
        Factor = Require.Fraction(Require.Positive(factor), nameof(factor));
        Patience = Require.AtLeast(patience, 1);
        Monitor = monitor ?? MonitoredValue.Loss;
        MinImprovement = Require.NotNegative(minImprovement);
        Cooldown = Require.AtLeast(cooldown, 0);
        MinLearningRateFactor = Require.NotNegative(minLearningRateFactor);
    }

    /// <summary>The factor on the learning rate.</summary>
    public double Factor { get; }

    /// <summary>Epochs without improvement before a reduction.</summary>
    public int Patience { get; }

    /// <summary>The figure to watch.</summary>
    public MonitoredValue Monitor { get; }

    /// <summary>The least difference that counts as an improvement.</summary>
    public double MinImprovement { get; }

    /// <summary>Epochs after a reduction that do not count.</summary>
    public int Cooldown { get; }

    /// <summary>The least value of the trainer's factor.</summary>
    public double MinLearningRateFactor { get; }

    /// <inheritdoc/>
    public string Key => "reduceOnPlateau";

    /// <inheritdoc/>
    public void OnTrainingStart(TrainingContext<T> context)
    {
        (_best, _waited, _cooling) = (double.NaN, 0, 0);
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Monitor.Read(result, context.HasValidation) is not { } value)
        {
            return;
        }

        bool isCooling = _cooling > 0;
        _cooling = Math.Max(0, _cooling - 1);
        if (Monitor.IsBetter(value, _best, MinImprovement))
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
