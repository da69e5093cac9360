using NeuralNet.Guards;

namespace NeuralNet.Schedules;

/// <summary>
/// Factors of one's own, each for some of the steps: in step t the factor is fₖ, where k milestones are ≤ t.
/// </summary>
/// <remarks>
/// Keras's <c>PiecewiseConstantDecay</c>, whose boundaries are one less, as its rate still holds at the boundary; as
/// <see cref="MultiStepDecay"/>, where each factor is a fixed share of the one before.
/// </remarks>
public sealed class PiecewiseConstant : ILearningRateSchedule
{
    private readonly long[] _milestones;
    private readonly double[] _factors;

    /// <summary>Makes the schedule.</summary>
    /// <param name="milestones">
    /// The steps, counted from 0, from which on the next factor holds: at least one, each at least 1 and above the one
    /// before; for epochs, times the steps of an epoch.
    /// </param>
    /// <param name="factors">
    /// The factors, each at least 0: the first from step 0 on, and one more for each milestone.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A milestone or a factor is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// There are no milestones, they do not ascend, or the factors are not one more than they.
    /// </exception>
    public PiecewiseConstant(IEnumerable<long> milestones, IEnumerable<double> factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        _milestones = Course.Ascending(milestones);
        _factors = [.. factors.Select(factor => Require.NotNegative(factor, nameof(factors)))];
        if (_factors.Length != _milestones.Length + 1)
        {
            throw new ArgumentException(
                $"There must be one factor more than milestones: {_milestones.Length + 1}, but there "
                + $"{(_factors.Length == 1 ? "is" : "are")} {_factors.Length}.",
                nameof(factors));
        }

        Milestones = Array.AsReadOnly(_milestones);
        Factors = Array.AsReadOnly(_factors);
    }

    /// <summary>The milestones: steps, counted from 0, from which on the next factor holds.</summary>
    public IReadOnlyList<long> Milestones { get; }

    /// <summary>The factors: the first from step 0 on, and one more for each milestone.</summary>
    public IReadOnlyList<double> Factors { get; }

    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        Course.Check(step, totalSteps);
        return _factors[Course.Passed(_milestones, step)];
    }
}
