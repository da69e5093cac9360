using NeuralNet.Guards;

namespace NeuralNet.Schedules;

/// <summary>Multiplies the learning rate by f in every step: in step t the factor is fᵗ.</summary>
/// <remarks>
/// PyTorch's <c>ExponentialLR</c> with gamma = f, whose steps are mostly epochs; Keras's <c>ExponentialDecay</c> with
/// decay_rate γ and decay_steps k for f = γ^(1/k). For a smooth decay by γ per epoch, take f = γ^(1 / steps of an
/// epoch).
/// </remarks>
public sealed class ExponentialDecay : ILearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="decayFactor">f, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decayFactor"/> is out of its range.</exception>
    public ExponentialDecay(double decayFactor)
    {
        DecayFactor = Require.Share(decayFactor);
    }

    /// <summary>f, the factor that each step multiplies the rate by.</summary>
    public double DecayFactor { get; }

    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        Course.Check(step, totalSteps);
        return Math.Pow(DecayFactor, step);
    }
}
