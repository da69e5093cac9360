using NeuralNet.Guards;

namespace NeuralNet.Schedules;

/// <summary>
/// Warms up and then follows another schedule: for w steps the rate grows linearly from a share s of the rate that the
/// other schedule begins with. In step t &lt; w the factor is (s + (1 − s)·t/w)·F(0), after that it is F(t − w), where
/// F is the other schedule over the steps that are left.
/// </summary>
/// <remarks>
/// Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour" (2017). PyTorch's <c>LinearLR</c> with
/// start_factor = s and total_iters = w, in a <c>SequentialLR</c> with another; the default of s is PyTorch's. The
/// other schedule does not see the warm-up: its step 0 is step w, and its total number of steps is w less.
/// </remarks>
public sealed class LinearWarmup : ILearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="steps">w, at least 1; for epochs, times the steps of an epoch.</param>
    /// <param name="then">The schedule that follows; the whole rate if null.</param>
    /// <param name="startFactor">s, the share of the rate that the warm-up begins with: at least 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public LinearWarmup(long steps, ILearningRateSchedule? then = null, double startFactor = 1.0 / 3)
    {
        Steps = Require.AtLeast(steps, 1);
        Then = then ?? new ConstantRate();
        StartFactor = Require.Fraction(startFactor);
    }

    /// <summary>w, the number of warm-up steps.</summary>
    public long Steps { get; }

    /// <summary>The schedule that follows.</summary>
    public ILearningRateSchedule Then { get; }

    /// <summary>s, the share of the rate that the warm-up begins with.</summary>
    public double StartFactor { get; }

    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        Course.Check(step, totalSteps);
        long stepsLeft = Math.Max(1, totalSteps - Steps);
        double warmth = StartFactor + ((1 - StartFactor) * Course.Progress(step, Steps));
        return step < Steps ? warmth * Then.Factor(0, stepsLeft) : Then.Factor(step - Steps, stepsLeft);
    }
}
