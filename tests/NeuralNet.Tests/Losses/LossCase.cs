using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Randomness;

namespace NeuralNet.Tests.Losses;

/// <summary>A loss for samples of a number of outputs, and data that suit it.</summary>
internal sealed class LossCase(string name, ILoss loss, int outputs, bool isNonNegative, LossCase.Sample draw)
{
    /// <summary>Fills the outputs and the targets of one sample, away from the loss's kinks.</summary>
    public delegate void Sample(Random random, Span<double> outputs, Span<double> targets);

    public string Name => name;

    public ILoss Loss => loss;

    /// <summary>The number of outputs of a sample: as many as were asked for, or more if the loss needs them.</summary>
    public int Outputs => outputs;

    /// <summary>True if the loss is never below 0 for targets as drawn here.</summary>
    public bool IsNonNegative => isNonNegative;

    /// <summary>
    /// Outputs that a network may give and targets that suit the loss, outputs × samples; the same for the same seed.
    /// </summary>
    public (Matrix<double> Outputs, Matrix<double> Targets) Draw(int samples, int seed)
    {
        Random random = RandomStream.FromSeed(seed).CreateGenerator();
        double[] o = new double[outputs * samples];
        double[] t = new double[outputs * samples];
        for (int j = 0; j < samples; j++)
        {
            draw(random, o.AsSpan(j * outputs, outputs), t.AsSpan(j * outputs, outputs));
        }

        return (Matrix<double>.Build.Dense(outputs, samples, o), Matrix<double>.Build.Dense(outputs, samples, t));
    }
}
