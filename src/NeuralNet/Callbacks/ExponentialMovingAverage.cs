using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.Training;

namespace NeuralNet.Callbacks;

/// <summary>
/// An exponential moving average (EMA) of the parameters over the steps of a run: ā ← β·ā + (1 − β)·θ after every step,
/// beginning with ā = θ after the first. What is validated, and left at the end, is ā.
/// </summary>
/// <remarks>
/// Polyak and Juditsky, "Acceleration of stochastic approximation by averaging" (1992), in the exponential form of
/// PyTorch's <c>AveragedModel</c> with <c>get_ema_multi_avg_fn(β)</c>, whose default of β is 0.999, and of timm's
/// <c>ModelEmaV2</c>. As in timm, the running statistics of batch normalization are averaged with the parameters. The
/// average looks back on about 1/(1 − β) steps: choose β so that these are a small part of the run.
/// </remarks>
/// <example><code>
/// trainer.Fit(training, new() { Validation = validation, Callbacks = [new ExponentialMovingAverage&lt;float&gt;()] });
/// // the network now has the averaged parameters
/// </code></example>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ExponentialMovingAverage<T> : ParameterAveraging<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private long _lastStep;

    /// <summary>Makes the callback.</summary>
    /// <param name="decay">β, at least 0 and below 1: how slowly the average changes.</param>
    /// <param name="start">How the average comes away from the parameters it begins with.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public ExponentialMovingAverage(double decay = 0.999, AverageStart start = AverageStart.FirstParameters)
    {
        Decay = Require.Fraction(decay);
        Start = Require.Defined(start);
    }

    /// <summary>β, how slowly the average changes.</summary>
    public double Decay { get; }

    /// <summary>The way an average loses the weight of the parameters that it begins with.</summary>
    public AverageStart Start { get; }

    /// <inheritdoc/>
    public override string Key => "exponentialMovingAverage";

    /// <inheritdoc/>
    public override void WriteSettings(SettingsWriter settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Number("decay", Decay).Text("start", Start.ToString());
    }

    private protected override void Begin(TrainingContext<T> context) => _lastStep = context.StepCount;

    private protected override void AfterBatch(TrainingContext<T> context)
    {
        // Of several batches that make a step, all but the last change no parameter.
        if (context.StepCount != _lastStep)
        {
            TakeIn(context, WeightOf(Count + 1L));
            _lastStep = context.StepCount;
        }
    }

    // The last step of an epoch may come after its last batch, with the batches left.
    private protected override void AfterEpoch(TrainingContext<T> context, bool isComplete) => AfterBatch(context);

    /// <summary>The part of the parameters in the average when they are taken in as the t-th.</summary>
    private double WeightOf(long t) => Start switch
    {
        AverageStart.BiasCorrected => (1 - Decay) / (1 - Math.Pow(Decay, t)),
        AverageStart.GrowingDecay => 1 - Math.Min(Decay, (1.0 + t) / (10.0 + t)),
        _ => 1 - Decay,
    };
}
