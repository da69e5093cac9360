using NeuralNet.Guards;

namespace NeuralNet.Schedules;

/// <summary>
/// Lowers the learning rate along half a cosine, from the whole rate to a share f of it, and starts again in every
/// period: t steps into a period of n steps the factor is f + (1 − f)·(1 + cos(π·t/n)) / 2, and the next period has k·n
/// steps.
/// </summary>
/// <remarks>
/// Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts" (2017); PyTorch's
/// <c>CosineAnnealingWarmRestarts</c> with T_0 = n and T_mult = k, and the same defaults of k and f. The length of the
/// run does not matter; with k = 2, runs of n, 3n, 7n, … steps end with a whole period.
/// </remarks>
public sealed class CosineWarmRestarts : ILearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="firstPeriod">
    /// n of the first period, in steps, at least 1; for epochs, times the steps of an epoch.
    /// </param>
    /// <param name="periodMultiplier">k, at least 1: each period is k times as long as the one before.</param>
    /// <param name="finalFactor">f, the last factor of a period: at least 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public CosineWarmRestarts(long firstPeriod, int periodMultiplier = 1, double finalFactor = 0)
    {
        FirstPeriod = Require.AtLeast(firstPeriod, 1);
        PeriodMultiplier = Require.AtLeast(periodMultiplier, 1);
        FinalFactor = Require.Fraction(finalFactor);
    }

    /// <summary>n of the first period, in steps.</summary>
    public long FirstPeriod { get; }

    /// <summary>k, the length of each period divided by that of the one before.</summary>
    public int PeriodMultiplier { get; }

    /// <summary>f, the last factor of a period.</summary>
    public double FinalFactor { get; }

    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        Course.Check(step, totalSteps);
        Int128 period = FirstPeriod;
        Int128 position = PeriodMultiplier == 1 ? step % FirstPeriod : step;
        while (position >= period)
        {
            position -= period;
            period *= PeriodMultiplier;
        }

        return Course.HalfCosine((double)position / (double)period, FinalFactor);
    }
}
