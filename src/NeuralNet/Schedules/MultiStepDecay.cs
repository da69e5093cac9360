using NeuralNet.Guards;

namespace NeuralNet.Schedules;

/// <summary>
/// Multiplies the learning rate by f at each milestone: in step t the factor is fᵏ, where k milestones are ≤ t.
/// </summary>
/// <remarks>
/// PyTorch's <c>MultiStepLR</c> with gamma = f and the same default; PyTorch's steps are those of its scheduler, mostly
/// one per epoch, not one per batch as here.
/// </remarks>
public sealed class MultiStepDecay : ILearningRateSchedule
{
    private readonly long[] _milestones;

    /// <summary>Makes the schedule.</summary>
    /// <param name="milestones">
    /// The steps, counted from 0, from which on the rate is lower: at least one, each at least 1 and above the one
    /// before; for epochs, times the steps of an epoch.
    /// </param>
    /// <param name="decayFactor">f, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">There are no milestones, or they do not ascend.</exception>
    public MultiStepDecay(IEnumerable<long> milestones, double decayFactor = 0.1)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        DecayFactor = Require.Share(decayFactor);
        _milestones = Course.Ascending(milestones);
        Milestones = Array.AsReadOnly(_milestones);
    }

    /// <summary>The milestones: steps, counted from 0, from which on the rate is lower.</summary>
    public IReadOnlyList<long> Milestones { get; }

    /// <summary>f, the factor that each milestone multiplies the rate by.</summary>
    public double DecayFactor { get; }

    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        Course.Check(step, totalSteps);
        return Math.Pow(DecayFactor, Course.Passed(_milestones, step));
    }
}
