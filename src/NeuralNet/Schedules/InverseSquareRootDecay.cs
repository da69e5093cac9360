using NeuralNet.Guards;

namespace NeuralNet.Schedules;

/// <summary>
/// Lowers the learning rate with the square root of the number of steps: in step t the factor is √(k / (k + t)).
/// </summary>
/// <remarks>
/// Vaswani et al., "Attention is all you need" (2017), for transformers, after a linear warm-up of k steps:
/// <c>new LinearWarmup(k, then: new InverseSquareRootDecay(k), startFactor: 0)</c>, whose factor is t/k in step t &lt;
/// k and √(k/t) after that. There the rate is d^(−½)·min(t^(−½), t·k^(−3/2)) for a width d and t counted from 1, so the
/// optimizer's rate, the highest of the run, is (d·k)^(−½). The same as Hugging Face's
/// <c>get_inverse_sqrt_schedule</c> and fairseq's <c>inverse_sqrt</c>.
/// </remarks>
public sealed class InverseSquareRootDecay : ILearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="timescale">k, at least 1: after 3·k steps the rate has halved; mostly that of a warm-up.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timescale"/> is below 1.</exception>
    public InverseSquareRootDecay(long timescale)
    {
        Timescale = Require.AtLeast(timescale, 1);
    }

    /// <summary>k: after 3·k steps the rate has halved.</summary>
    public long Timescale { get; }

    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        Course.Check(step, totalSteps);
        return Math.Sqrt(Timescale / ((double)Timescale + step));
    }
}
