using NeuralNet.Guards;

namespace NeuralNet.Schedules;

/// <summary>
/// From the whole rate down to a share f of it, in step t of n the factor f + (1 − f)·(1 − t/n)^p; a straight line for
/// p = 1.
/// </summary>
/// <remarks>
/// PyTorch's <c>PolynomialLR</c> with total_iters = n, which ends at f = 0; Keras's <c>PolynomialDecay</c>. The default
/// p is that of both, f PyTorch's.
/// </remarks>
public sealed class PolynomialDecay : ILearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="power">p, above 0.</param>
    /// <param name="finalFactor">f, the factor it ends at: at least 0 and below 1.</param>
    /// <param name="steps">n, at least 1; all steps of the run if null. Behind it, the factor stays f.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public PolynomialDecay(double power = 1, double finalFactor = 0, long? steps = null)
    {
        Power = Require.Positive(power);
        FinalFactor = Require.Fraction(finalFactor);
        Steps = steps is { } count ? Require.AtLeast(count, 1, nameof(steps)) : null;
    }

    /// <summary>p.</summary>
    public double Power { get; }

    /// <summary>f, the factor it ends at.</summary>
    public double FinalFactor { get; }

    /// <summary>n; all steps of the run if null.</summary>
    public long? Steps { get; }

    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        Course.Check(step, totalSteps);
        double left = 1 - Course.Progress(step, Steps ?? totalSteps);
        return FinalFactor + ((1 - FinalFactor) * Math.Pow(left, Power));
    }
}
