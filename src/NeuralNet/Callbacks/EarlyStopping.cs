using System.Globalization;
using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.Training;

namespace NeuralNet.Callbacks;

/// <summary>
/// Ends training when a figure has not improved for a number of epochs, and restores the parameters of the best one.
/// </summary>
/// <remarks>Prechelt, "Early stopping — but when?" (1998). One instance serves one trainer.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class EarlyStopping<T> : ITrainingCallback<T>, IResumableCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BestParameters<T> _bestParameters = new();
    private double _best = double.NaN;
    private int _bestEpoch;
    private int _waited;

    /// <summary>Makes the callback.</summary>
    /// <param name="patience">Epochs without improvement after which training ends, at least 1.</param>
    /// <param name="monitor">The figure to watch; the loss if null.</param>
    /// <param name="minImprovement">The least difference that counts as an improvement, at least 0.</param>
    /// <param name="restoreBest">Whether the parameters of the best epoch are restored when training ends.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public EarlyStopping(
        int patience = 10, MonitoredValue? monitor = null, double minImprovement = 0, bool restoreBest = true)
    {
        Patience = Require.AtLeast(patience, 1);
        Monitor = monitor ?? MonitoredValue.Loss;
        MinImprovement = Require.NotNegative(minImprovement);
        RestoreBest = restoreBest;
    }

    /// <summary>Epochs without improvement after which training ends.</summary>
    public int Patience { get; }

    /// <summary>The figure to watch.</summary>
    public MonitoredValue Monitor { get; }

    /// <summary>The least difference that counts as an improvement.</summary>
    public double MinImprovement { get; }

    /// <summary>True if training ends with the parameters of the best epoch.</summary>
    public bool RestoreBest { get; }

    /// <summary>The best epoch so far, from 1; 0 if there is none.</summary>
    public int BestEpoch => _bestEpoch;

    /// <summary>The figure of the best epoch; NaN if there is none.</summary>
    public double Best => _best;

    /// <inheritdoc/>
    public string Key => "earlyStopping";

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
        if (Monitor.Read(result, context.HasValidation) is not { } value)
        {
            return;
        }

        if (Monitor.IsBetter(value, _best, MinImprovement))
        {
            (_best, _bestEpoch, _waited) = (value, context.Epoch, 0);
            if (RestoreBest)
            {
                _bestParameters.Take(context.Network);
            }
        }
        else if (++_waited >= Patience)
        {
            context.Stop(string.Create(
                CultureInfo.InvariantCulture,
                $"{Monitor.Name} has not improved for {Patience} epochs; its best was {_best:G6} "
                + $"in epoch {_bestEpoch}"));
        }
    }

    /// <inheritdoc/>
    public void OnTrainingEnd(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (RestoreBest && _bestEpoch > 0)
        {
            _bestParameters.PutBack(context.Network);
        }
    }

    /// <inheritdoc/>
    public void WriteSettings(SettingsWriter settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Integer("patience", Patience)
            .Text("monitor", Monitor.ToString())
            .Number("minImprovement", MinImprovement)
            .Flag("restoreBest", RestoreBest);
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
}
