using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.Training;

namespace NeuralNet.Callbacks;

/// <summary>
/// Stochastic weight averaging (SWA): from an epoch on, the mean of the parameters at the end of each epoch, ā ← ā + (θ
/// − ā)/n for the n-th. What is validated from then on, and left at the end, is ā.
/// </summary>
/// <remarks>
/// Izmailov, Podoprikhin, Garipov, Vetrov and Wilson, "Averaging weights leads to wider optima and better
/// generalization" (2018), algorithm 1; PyTorch's <c>AveragedModel</c>. It is for a learning rate that is still high: a
/// constant one, or one that restarts, such as <see cref="Schedules.CosineWarmRestarts"/>, so that the parameters of
/// the epochs differ. Running statistics, as of batch normalization, do not average with the parameters: they are
/// computed anew from samples before each validation and at the end, see <see cref="RunningStatistics"/>, even where
/// the run was cancelled.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class StochasticWeightAveraging<T> : ParameterAveraging<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private int _lastEpoch;
    private bool _areStatisticsOld;

    /// <summary>Makes the callback.</summary>
    /// <param name="startFromEpoch">
    /// The first epoch whose parameters are averaged, from 1; the paper has about three quarters of a usual run before.
    /// </param>
    /// <param name="statisticsFrom">
    /// The samples that running statistics are computed from, mostly those of training; needed only by a network that
    /// has such statistics.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="startFromEpoch"/> is below 1.</exception>
    public StochasticWeightAveraging(int startFromEpoch, DataSet<T>? statisticsFrom = null)
    {
        StartFromEpoch = Require.AtLeast(startFromEpoch, 1);
        StatisticsFrom = statisticsFrom;
    }

    /// <summary>The first epoch whose parameters are averaged, from 1.</summary>
    public int StartFromEpoch { get; }

    /// <summary>The samples that running statistics are computed from; null if there are none.</summary>
    public DataSet<T>? StatisticsFrom { get; }

    /// <inheritdoc/>
    public override string Key => "stochasticWeightAveraging";

    /// <inheritdoc/>
    public override void Check(TrainingContext<T> context)
    {
        base.Check(context);
        if (StartFromEpoch > context.Options.Epochs)
        {
            throw new InvalidOperationException(
                $"The averaging of parameters would begin in epoch {StartFromEpoch}, but the run has "
                + $"{Quantity.Of(context.Options.Epochs, "epoch")}: lower startFromEpoch, or train for longer.");
        }

        if (StatisticsFrom is not null)
        {
            DataCheck.Require(context.Network, StatisticsFrom);
        }
        else if (RunningStatistics.Has(context.Network))
        {
            throw new InvalidOperationException(
                "The network has running statistics, as of batch normalization, which do not fit averaged parameters "
                + "and must be computed anew: give StochasticWeightAveraging the training data as statisticsFrom, or "
                + "take ExponentialMovingAverage, whose average moves so slowly that the statistics follow.");
        }
    }

    /// <inheritdoc/>
    public override void WriteSettings(SettingsWriter settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Integer("startFromEpoch", StartFromEpoch).Integer("statisticsFrom", StatisticsFrom?.Count);
    }

    private protected override void Begin(TrainingContext<T> context) => (_lastEpoch, _areStatisticsOld) = (0, false);

    private protected override void AfterEpoch(TrainingContext<T> context, bool isComplete)
    {
        // A resumed epoch may lack its validation alone.
        if (isComplete && context.Epoch >= StartFromEpoch && context.Epoch > _lastEpoch)
        {
            TakeIn(context, 1.0 / (Count + 1));
            (_lastEpoch, _areStatisticsOld) = (context.Epoch, true);
        }
    }

    private protected override void Shown(TrainingContext<T> context)
    {
        if (_areStatisticsOld && StatisticsFrom is { } samples)
        {
            RunningStatistics.Recompute(
                context.Network, samples, context.Options.BatchSize, threads: context.Team.Threads);
        }

        _areStatisticsOld = false;
    }

    private protected override void SaveTo(CallbackState<T> state) => state.Numbers["lastEpoch"] = _lastEpoch;

    private protected override void RestoreFrom(TrainingContext<T> context, CallbackState<T> state)
    {
        int lastEpoch = state.Count("lastEpoch");
        if (lastEpoch > context.Epoch)
        {
            throw new InvalidDataException(
                $"It has averaged the parameters of epoch {lastEpoch} in a run that is in epoch {context.Epoch}.");
        }

        (_lastEpoch, _areStatisticsOld) = (lastEpoch, lastEpoch > 0);
    }
}
