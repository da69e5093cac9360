namespace NeuralNet.Schedules;

/// <summary>
/// Schedules one after the other: from milestone mₖ on, in step t the factor is Fₖ(t − mₖ), where Fₖ is the k-th
/// schedule over the steps to the next milestone, or to the end of the run.
/// </summary>
/// <remarks>
/// PyTorch's <c>SequentialLR</c>. Each schedule sees a run of its own: its step 0 is the milestone that it begins with,
/// and its total number of steps is that to the next. The rate may jump from one to the next; a
/// <see cref="LinearWarmup"/> leads to the schedule after it without a jump.
/// </remarks>
public sealed class SequentialSchedule : ILearningRateSchedule
{
    private readonly ILearningRateSchedule[] _schedules;
    private readonly long[] _milestones;

    /// <summary>Makes the schedule.</summary>
    /// <param name="schedules">The schedules, in order.</param>
    /// <param name="milestones">
    /// The steps, counted from 0, from which on the next schedule holds: one less than schedules, each at least 1 and
    /// above the one before; for epochs, times the steps of an epoch.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The first milestone is below 1.</exception>
    /// <exception cref="ArgumentException">
    /// There are no milestones, they do not ascend, or the schedules are not one more than they.
    /// </exception>
    public SequentialSchedule(IEnumerable<ILearningRateSchedule> schedules, IEnumerable<long> milestones)
    {
        ArgumentNullException.ThrowIfNull(schedules);
        _schedules = [.. schedules];
        foreach (ILearningRateSchedule schedule in _schedules)
        {
            ArgumentNullException.ThrowIfNull(schedule, nameof(schedules));
        }

        _milestones = Course.Ascending(milestones);
        if (_schedules.Length != _milestones.Length + 1)
        {
            throw new ArgumentException(
                $"There must be one schedule more than milestones: {_milestones.Length + 1}, but there "
                + $"{(_schedules.Length == 1 ? "is" : "are")} {_schedules.Length}.",
                nameof(schedules));
        }

        Schedules = Array.AsReadOnly(_schedules);
        Milestones = Array.AsReadOnly(_milestones);
    }

    /// <summary>The schedules, in order.</summary>
    public IReadOnlyList<ILearningRateSchedule> Schedules { get; }

    /// <summary>The milestones: steps, counted from 0, from which on the next schedule holds.</summary>
    public IReadOnlyList<long> Milestones { get; }

    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        Course.Check(step, totalSteps);
        int k = Course.Passed(_milestones, step);
        long start = k == 0 ? 0 : _milestones[k - 1];
        long end = k == _milestones.Length ? totalSteps : _milestones[k];
        return _schedules[k].Factor(step - start, Math.Max(1, end - start));
    }
}
