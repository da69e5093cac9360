using NeuralNet.Guards;

namespace NeuralNet.Schedules;

/// <summary>The same learning rate in every step: a constant factor on the optimizer's own rate.</summary>
public sealed class ConstantRate : ILearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="factor">The factor, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is out of its range.</exception>
    public ConstantRate(double factor = 1)
    {
        Value = Require.NotNegative(factor);
    }

    /// <summary>The factor.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        Course.Check(step, totalSteps);
        return Value;
    }
}
