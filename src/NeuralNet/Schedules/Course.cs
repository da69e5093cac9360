using NeuralNet.Guards;

namespace NeuralNet.Schedules;

/// <summary>Checks of where in a training run a schedule is asked about.</summary>
internal static class Course
{
    /// <summary>Refuses a step before the first, and a run without steps.</summary>
    public static void Check(long step, long totalSteps)
    {
        Require.AtLeast(step, 0);
        Require.AtLeast(totalSteps, 1);
    }

    /// <summary>How much of the run is over: from 0 to 1, and 1 behind its end.</summary>
    public static double Progress(long step, long totalSteps) => Math.Min(1, (double)step / totalSteps);

    /// <summary>From 1 to <paramref name="finalFactor"/> along half a cosine.</summary>
    public static double HalfCosine(double progress, double finalFactor) =>
        finalFactor + ((1 - finalFactor) * (1 + Math.Cos(Math.PI * progress)) / 2);
}
