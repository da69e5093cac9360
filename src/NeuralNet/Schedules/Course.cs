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

    /// <summary>The share of the run that is over, from 0 to 1; 1 after its end.</summary>
    public static double Progress(long step, long totalSteps) => Math.Min(1, (double)step / totalSteps);

    /// <summary>The factor on half a cosine that goes from 1 to <paramref name="finalFactor"/>.</summary>
    public static double HalfCosine(double progress, double finalFactor) =>
        finalFactor + ((1 - finalFactor) * (1 + Math.Cos(Math.PI * progress)) / 2);
}
