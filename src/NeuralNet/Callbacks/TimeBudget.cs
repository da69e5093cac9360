using System.Diagnostics;
using System.Numerics;
using NeuralNet.Training;

namespace NeuralNet.Callbacks;

/// <summary>
/// Ends training after the batch in which a given time since the start of the run, or its resumption, has passed.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TimeBudget<T> : ITrainingCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private long _start;

    /// <summary>Makes the callback.</summary>
    /// <param name="budget">The time, above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above zero.</exception>
    public TimeBudget(TimeSpan budget)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(budget, TimeSpan.Zero);
        Budget = budget;
    }

    /// <summary>The time.</summary>
    public TimeSpan Budget { get; }

    /// <inheritdoc/>
    public void OnTrainingStart(TrainingContext<T> context) => _start = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public void OnBatchEnd(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Stopwatch.GetElapsedTime(_start) >= Budget)
        {
            context.Stop($"the time of {Budget} is used up");
        }
    }
}
