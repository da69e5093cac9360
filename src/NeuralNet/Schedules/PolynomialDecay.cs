using NeuralNet.Guards;

namespace NeuralNet.Schedules;

/// <summary>
/// Lowers the learning rate from the whole rate to a share f of it: in step t of n the factor is f + (1 − f)·(1 −
/// t/n)^p, which is a straight line for p = 1.
/// </summary>
/// <remarks>
/// PyTorch's <c>PolynomialLR</c> with total_iters = n, which ends at f = 0; Keras's <c>PolynomialDecay</c>. Both have
/// the same default of p; that of f is PyTorch's.
/// </remarks>
public sealed class PolynomialDecay : ILearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="power">p, above 0.</param>
    /// <param name="finalFactor">f, the last factor: at least 0 and below 1.</param>
    /// <param name="steps">n, at least 1; all steps of the run if null. After n steps the factor stays f.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public PolynomialDecay(double power = 1, double finalFactor = 0, long? steps = null)
    {
        Power = Require.Positive(power);
        FinalFactor = Require.Fraction(finalFactor);
        Steps = steps is { } count ? Require.AtLeast(count, 1, nameof(steps)) : null;
    }

    /// <summary>p, the power.</summary>
    public double Power { get; }

    /// <summary>f, the last factor.</summary>
    public double FinalFactor { get; }

    /// <summary>n, the number of steps of the decay; all steps of the run if null.</summary>
    public long? Steps { get; }

    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        Course.Check(step, totalSteps);
        double left = 1 - Course.Progress(step, Steps ?? totalSteps);
        return FinalFactor + ((1 - FinalFactor) * Math.Pow(left, Power));
    }
}
