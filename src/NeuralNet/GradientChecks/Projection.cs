using NeuralNet.Randomness;

namespace NeuralNet.GradientChecks;

/// <summary>
/// Random weights rᵢⱼ that combine outputs into one number, Σ rᵢⱼ·outputᵢⱼ, to which each of them contributes.
/// </summary>
internal static class Projection
{
    /// <summary>Draws numbers of random sign and of a magnitude from 0.5 to 1.5, so that none is negligible.</summary>
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
