using NeuralNet.Guards;

namespace NeuralNet.Schedules;

/// <summary>Multiplies the learning rate by f every k steps: in step t the factor is f^⌊t/k⌋.</summary>
/// <remarks>PyTorch's <c>StepLR</c> with step_size = k and gamma = f, and the same default of f; PyTorch's steps are
/// those of its scheduler, mostly one per epoch, not one per batch as here.</remarks>
public sealed class StepDecay : ILearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="everySteps">k, in steps, at least 1; for epochs, times the steps of an epoch.</param>
    /// <param name="decayFactor">f, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public StepDecay(long everySteps, double decayFactor = 0.1)
    {
        EverySteps = Require.AtLeast(everySteps, 1);
        DecayFactor = Require.Share(decayFactor);
    }

    /// <summary>k, the number of steps between two changes of the rate.</summary>
    public long EverySteps { get; }

    /// <summary>f, the factor that each change multiplies the rate by.</summary>
    public double DecayFactor { get; }

    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        Course.Check(step, totalSteps);
        return Math.Pow(DecayFactor, step / EverySteps);
    }
}
