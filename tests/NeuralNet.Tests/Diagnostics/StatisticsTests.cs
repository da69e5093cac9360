using NeuralNet.Diagnostics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Diagnostics;

/// <summary>The sums of the diagnostics keep their digits and do not overflow.</summary>
public sealed class StatisticsTests
{
    [Fact]
    public void Skill_is_the_same_wherever_the_targets_lie()
    {
        foreach (double offset in (double[])[0, 1e8, -1e12])
        {
            // Errors of ½ where targets differ from their mean by 1: a skill of 1 − ¼.
            double[] targets = [.. Enumerable.Range(0, 10).Select(j => offset + (j % 2 == 0 ? 1 : -1))];
            double[] outputs = [.. targets.Select(target => target + 0.5)];
            Network<double> network = Network.Create<double>(1, seed: 1).Dense(1).Build();
            var skill = new Skill<double>(network.Heads(new MeanSquaredError()).Single());
            skill.Add(new ReadOnlyMatrixSpan<double>(outputs, 1, 10), new ReadOnlyMatrixSpan<double>(targets, 1, 10));
            skill.Value.Should().BeApproximately(0.75, 1e-9);
        }
    }

    [Fact]
    public void Root_mean_squares_of_floats_neither_overflow_nor_vanish()
    {
        foreach (float scale in (float[])[1e-30f, 1, 1e30f])
        {
            var rows = new RowStatistics<float>(2);
            rows.Add(new ReadOnlyMatrixSpan<float>([3 * scale, 1 * scale, 4 * scale, -1 * scale], 2, 2));
            (rows.RootMeanSquare(0) / scale).Should().BeApproximately(Math.Sqrt(12.5), 1e-5);
            (rows.RootMeanSquare(1) / scale).Should().BeApproximately(1, 1e-5);
        }
    }
}
