using NeuralNet.Guards;

namespace NeuralNet.Schedules;

/// <summary>
/// Divides the learning rate by a number that grows evenly: in step t the factor is 1 / (1 + r·t/k). In stairs, t/k is
/// rounded down, so that the rate falls every k steps.
/// </summary>
/// <remarks>
/// Keras's <c>InverseTimeDecay</c> with decay_rate = r, decay_steps = k and staircase; with k = 1 the <c>decay</c> of
/// its older optimizers, and with r = 1/t₀ the rate of Robbins and Monro, "A stochastic approximation method" (1951),
/// which falls as t₀/(t₀ + t).
/// </remarks>
public sealed class InverseTimeDecay : ILearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="decayRate">r, at least 0.</param>
    /// <param name="decaySteps">k, at least 1; for epochs, times the steps of an epoch.</param>
    /// <param name="staircase">True to round t/k down.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public InverseTimeDecay(double decayRate, long decaySteps = 1, bool staircase = false)
    {
        DecayRate = Require.NotNegative(decayRate);
        DecaySteps = Require.AtLeast(decaySteps, 1);
        Staircase = staircase;
    }

    /// <summary>r, how fast the divisor grows.</summary>
    public double DecayRate { get; }

    /// <summary>k, the steps in which the divisor grows by r.</summary>
    public long DecaySteps { get; }

    /// <summary>True if the rate falls in stairs.</summary>
    public bool Staircase { get; }

    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        Course.Check(step, totalSteps);
        double time = Staircase ? step / DecaySteps : (double)step / DecaySteps;
        return 1 / (1 + (DecayRate * time));
    }
}
