using NeuralNet.Guards;

namespace NeuralNet.Schedules;

/// <summary>
/// Raises the learning rate and lowers it again, once: along half a cosine from 1/d of the rate to the whole rate, and
/// along another down to 1/(d·e) of it in the last step. The optimizer's rate is the highest of the run.
/// </summary>
/// <remarks>
/// Smith and Topin, "Super-convergence: very fast training of neural networks using large learning rates" (2018), in
/// the two phases of PyTorch's <c>OneCycleLR</c>, whose defaults these are: pct_start, div_factor and final_div_factor.
/// With n steps, counted from 0, the top is at step r·n − 1, which need not be a whole number. The momentum does not
/// change.
/// </remarks>
public sealed class OneCycle : ILearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="riseShare">r, the share of the steps in which the rate rises: at least 0 and below 1.</param>
    /// <param name="initialDivisor">d, at least 1: the run begins with 1/d of the rate.</param>
    /// <param name="finalDivisor">e, at least 1: the run ends with 1/(d·e) of the rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public OneCycle(double riseShare = 0.3, double initialDivisor = 25, double finalDivisor = 1e4)
    {
        RiseShare = Require.Fraction(riseShare);
        InitialDivisor = Require.AtLeastOne(initialDivisor);
        FinalDivisor = Require.AtLeastOne(finalDivisor);
    }

    /// <summary>r, the share of the steps in which the rate rises.</summary>
    public double RiseShare { get; }

    /// <summary>d: the run begins with 1/d of the rate.</summary>
    public double InitialDivisor { get; }

    /// <summary>e: the run ends with 1/(d·e) of the rate.</summary>
    public double FinalDivisor { get; }

    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        Course.Check(step, totalSteps);
        double last = totalSteps - 1;
        double top = (RiseShare * totalSteps) - 1;
        double position = Math.Min(step, last);
        return position < top
            ? Course.HalfCosine(1 - (position / top), 1 / InitialDivisor)
            : Course.HalfCosine((position - top) / (last - top), 1 / InitialDivisor / FinalDivisor);
    }
}
