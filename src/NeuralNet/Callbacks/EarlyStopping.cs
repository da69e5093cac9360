using System.Globalization;
using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.Training;

namespace NeuralNet.Callbacks;

/// <summary>
/// Ends training when a figure has not improved for a number of epochs, and restores the parameters of the best one.
/// </summary>
/// <remarks>
/// Prechelt, "Early stopping — but when?" (1998). An epoch counts where it has the figure: with validation data, where
/// it was validated, so that with <see cref="FitOptions{T}.ValidationEvery"/> the patience is a number of validations;
/// without them, where it was complete. The parameters of the best epoch are restored however the run ends: by this
/// callback or another, by a cancellation, or by an exception, such as one that says that training diverged. One
/// instance serves one trainer.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class EarlyStopping<T> : ITrainingCallback<T>, IResumableCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BestParameters<T> _bestParameters = new();
    private double _best = double.NaN;
    private int _bestEpoch;
    private int _waited;

    /// <summary>Makes the callback.</summary>
    /// <param name="patience">
    /// Epochs without improvement after which training ends, at least 1; validations, if not every epoch has one.
    /// </param>
    /// <param name="monitor">The figure to watch; the loss if null.</param>
    /// <param name="minImprovement">
    /// The difference that a figure must exceed to count as an improvement, at least 0.
    /// </param>
    /// <param name="restoreBest">Whether the parameters of the best epoch are restored when training ends.</param>
    /// <param name="mode">
    /// The unit of <paramref name="minImprovement"/>: that of the figure, or a share of the best.
    /// </param>
    /// <param name="startFromEpoch">
    /// The first epoch of the run that counts, from 1: those before it are not watched, and none of them is the best.
    /// (Keras's start_from_epoch is one less.)
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public EarlyStopping(
        int patience = 10,
        MonitoredValue? monitor = null,
        double minImprovement = 0,
        bool restoreBest = true,
        ImprovementMode mode = ImprovementMode.Absolute,
        int startFromEpoch = 1)
    {
        Patience = Require.AtLeast(patience, 1);
        Monitor = monitor ?? MonitoredValue.Loss;
        MinImprovement = Require.NotNegative(minImprovement);
        RestoreBest = restoreBest;
        Mode = Require.Defined(mode);
        StartFromEpoch = Require.AtLeast(startFromEpoch, 1);
    }

    /// <summary>
    /// Epochs without improvement after which training ends; validations, if not every epoch has one.
    /// </summary>
    public int Patience { get; }

    /// <summary>The figure to watch.</summary>
    public MonitoredValue Monitor { get; }

    /// <summary>The difference that a figure must exceed to count as an improvement.</summary>
    public double MinImprovement { get; }

    /// <summary>The unit of <see cref="MinImprovement"/>: that of the figure, or a share of the best.</summary>
    public ImprovementMode Mode { get; }

    /// <summary>The first epoch of the run that counts, from 1.</summary>
    public int StartFromEpoch { get; }

    /// <summary>True if training ends with the parameters of the best epoch.</summary>
    public bool RestoreBest { get; }

    /// <summary>The best epoch so far, from 1; 0 if there is none.</summary>
    public int BestEpoch => _bestEpoch;

    /// <summary>The figure of the best epoch; NaN if there is none.</summary>
    public double Best => _best;

    /// <inheritdoc/>
    public string Key => "earlyStopping";

    /// <inheritdoc/>
    public void Check(TrainingContext<T> context) => Monitor.RequireIn(context);

    /// <inheritdoc/>
    public void OnTrainingStart(TrainingContext<T> context)
    {
        (_best, _bestEpoch, _waited) = (double.NaN, 0, 0);
        _bestParameters.Clear();
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Epoch < StartFromEpoch || Monitor.Read(result, context.HasValidation) is not { } value)
        {
            return;
        }

        if (Monitor.IsBetter(value, _best, MinImprovement, Mode))
        {
            (_best, _bestEpoch, _waited) = (value, context.Epoch, 0);
            if (RestoreBest)
            {
                _bestParameters.Take(context.Network);
            }
        }
        else if (++_waited >= Patience)
        {
            string unit = context.HasValidation && context.Options.ValidationEvery > 1 ? "validation" : "epoch";
            string best = _bestEpoch == 0
                ? "it never was a number"
                : string.Create(CultureInfo.InvariantCulture, $"its best was {_best:G6} in epoch {_bestEpoch}");
            context.Stop($"{Monitor.Name} has not improved for {Quantity.Of(Patience, unit)}; {best}");
        }
    }

    /// <inheritdoc/>
    public void OnTrainingEnd(TrainingContext<T> context) => PutBestBack(context);

    /// <inheritdoc/>
    public void OnTrainingFailed(TrainingContext<T> context, Exception exception) => PutBestBack(context);

    /// <inheritdoc/>
    public void WriteSettings(SettingsWriter settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Integer("patience", Patience)
            .Text("monitor", Monitor.ToString())
            .Number("minImprovement", MinImprovement)
            .Flag("restoreBest", RestoreBest);

        ImprovementSettings.Write(settings, Mode, StartFromEpoch);
    }

    /// <inheritdoc/>
    public CallbackState<T> SaveState()
    {
        var state = new CallbackState<T>();
        state.Numbers["best"] = _best;
        state.Numbers["bestEpoch"] = _bestEpoch;
        state.Numbers["waited"] = _waited;
        _bestParameters.SaveTo(state);
        return state;
    }

    /// <inheritdoc/>
    public void RestoreState(TrainingContext<T> context, CallbackState<T> state)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(state);
        (double best, int bestEpoch, int waited) =
            (state.Number("best"), state.Count("bestEpoch"), state.Count("waited"));
        if (bestEpoch > context.Epoch || (RestoreBest && bestEpoch > 0) != (state.Arrays.Count > 0))
        {
            throw new InvalidDataException(
                $"Its best epoch is {bestEpoch} in a run that is in epoch {context.Epoch}, and it holds the parameters "
                + $"of {(state.Arrays.Count == 0 ? "none" : "one")}.");
        }

        _bestParameters.RestoreFrom(state, context.Network);
        (_best, _bestEpoch, _waited) = (best, bestEpoch, waited);
    }

    // Once: a run that fails before this callback hears of its start must not get the parameters of another.
    private void PutBestBack(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!_bestParameters.IsEmpty)
        {
            _bestParameters.PutBack(context.Network);
            _bestParameters.Clear();
        }
    }
}
