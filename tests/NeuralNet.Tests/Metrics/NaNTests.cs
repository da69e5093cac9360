using MathNet.Numerics.LinearAlgebra;
using NeuralNet.LinearAlgebra;
using NeuralNet.Metrics;

namespace NeuralNet.Tests.Metrics;

/// <summary>NaN is no answer: every figure over it is NaN, and a matrix refuses to count it.</summary>
public sealed class NaNTests
{
    public static TheoryData<string> Metrics { get; } = new(
        MetricCatalogue.All.Where(entry => !entry.Metric.Name.StartsWith("confusion", StringComparison.Ordinal))
            .Select(entry => entry.Label));

    [Theory]
    [MemberData(nameof(Metrics))]
    public void One_NaN_among_the_outputs_or_targets_makes_the_figure_NaN(string label)
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find(label);
        foreach (bool inTarget in (bool[])[false, true])
        {
            (Matrix<double> outputs, Matrix<double> targets) = entry.Example<double>(40, seed: 5);
            IMetricAccumulator accumulator = entry.Metric.Start();
            accumulator.Add<double>(outputs, targets);
            double before = accumulator.Value;
            before.Should().NotBe(double.NaN);

            (Matrix<double> odd, Matrix<double> oddTargets) = entry.Example<double>(3, seed: 6);
            Matrix<double> hit = inTarget ? oddTargets : odd;
            for (int i = 0; i < hit.RowCount; i++)
            {
                hit[i, 1] = double.NaN;
            }

            accumulator.Add<double>(odd, oddTargets);
            accumulator.Value.Should().Be(double.NaN, $"target: {inTarget}");
            accumulator.Add<double>(outputs, targets);
            accumulator.Value.Should().Be(double.NaN, "no later batch takes it back");
            accumulator.Reset();
            accumulator.Add<double>(outputs, targets);
            accumulator.Value.Should().Be(before);
        }
    }

    [Fact]
    public void R2_of_targets_that_are_all_the_same_is_NaN_over_a_NaN_too()
    {
        IMetricAccumulator accumulator = new R2Score().Start();
        accumulator.Add<double>(
            Matrix<double>.Build.DenseOfRowArrays([3, double.NaN, 3]), Matrix<double>.Build.DenseOfRowArrays([3, 3, 3.0]));
        accumulator.Value.Should().Be(double.NaN);
    }
}
