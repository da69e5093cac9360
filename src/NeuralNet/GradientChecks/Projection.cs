using NeuralNet.Randomness;

namespace NeuralNet.GradientChecks;

/// <summary>
/// Random weights rᵢⱼ that make one number of many outputs, Σ rᵢⱼ·outputᵢⱼ, in which each of them matters.
/// </summary>
internal static class Projection
{
    /// <summary>Numbers of random sign and of a size from 0.5 to 1.5, so that none is lost beside the others.</summary>
    public static double[] Draw(int count, GradientCheckOptions options)
    {
        Random random = RandomStream.FromSeed(options.Seed)
            .Derive((long)GradientCheckPurpose.Projection).CreateGenerator();
        double[] weights = new double[count];
        foreach (ref double weight in weights.AsSpan())
        {
            weight = (0.5 + random.NextDouble()) * (random.Next(2) == 0 ? -1 : 1);
        }

        return weights;
    }
}
