using NeuralNet.Guards;

namespace NeuralNet.Schedules;

/// <summary>Checks and formulas that the schedules share.</summary>
internal static class Course
{
    /// <summary>Refuses a step before the first, and a run without steps.</summary>
    public static void Check(long step, long totalSteps)
    {
        Require.AtLeast(step, 0);
        Require.AtLeast(totalSteps, 1);
    }

    /// <summary>A copy of milestones, of which there must be one, and which must ascend.</summary>
    public static long[] Ascending(IEnumerable<long> milestones)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        long[] copy = milestones.ToArray();
        if (copy.Length == 0)
        {
            throw new ArgumentException("There must be at least one milestone.", nameof(milestones));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(copy[0], 1, nameof(milestones));
        for (int i = 1; i < copy.Length; i++)
        {
            if (copy[i] <= copy[i - 1])
            {
                throw new ArgumentException(
                    $"Milestones must ascend, but {copy[i]} follows {copy[i - 1]}.", nameof(milestones));
            }
        }

        return copy;
    }

    /// <summary>The number of milestones that are at a step or before it.</summary>
    public static int Passed(long[] milestones, long step)
    {
        int place = Array.BinarySearch(milestones, step);
        return place >= 0 ? place + 1 : ~place;
    }

    /// <summary>The share of the run that is over, from 0 to 1; 1 after its end.</summary>
    public static double Progress(long step, long totalSteps) => Math.Min(1, (double)step / totalSteps);

    /// <summary>The factor on half a cosine that goes from 1 to <paramref name="finalFactor"/>.</summary>
    public static double HalfCosine(double progress, double finalFactor) =>
        finalFactor + ((1 - finalFactor) * (1 + Math.Cos(Math.PI * progress)) / 2);
}
