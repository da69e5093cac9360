using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Metrics;

namespace NeuralNet.Tests.Metrics;

/// <summary>What a weight of a sample means, for every metric.</summary>
public sealed class SampleWeightTests
{
    private const int Samples = 60;

    [Theory]
    [MemberData(nameof(MetricCatalogue.Labels), MemberType = typeof(MetricCatalogue))]
    public void Weights_of_1_change_nothing(string label)
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find(label);
        (Matrix<double> outputs, Matrix<double> targets) = entry.Example<double>(Samples, seed: 11);
        double[] weights = new double[Samples];
        Array.Fill(weights, 1);
        Measure(entry, outputs, targets, weights).Should().Be(Measure(entry, outputs, targets));
    }

    [Theory]
    [MemberData(nameof(MetricCatalogue.Labels), MemberType = typeof(MetricCatalogue))]
    public void A_whole_weight_is_that_many_samples(string label)
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find(label);
        bool isSeen = false;
        for (int seed = 12; seed < 16; seed++)
        {
            (double weighted, double repeated, double unweighted) = Repeat(entry, seed);
            weighted.Should().BeApproximately(repeated, 1e-13 * Math.Max(1, Math.Abs(repeated)));
            isSeen |= weighted != unweighted;
        }

        (isSeen || entry.Metric is MaximumError).Should().BeTrue("the weights must count");
    }

    [Theory]
    [MemberData(nameof(MetricCatalogue.Labels), MemberType = typeof(MetricCatalogue))]
    public void A_sample_that_weighs_0_is_not_there_whatever_its_numbers(string label)
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find(label);
        (Matrix<double> outputs, Matrix<double> targets) = entry.Example<double>(Samples, seed: 13);
        double[] weights = MetricCatalogue.Entry.Weights(Samples, seed: 13);
        int[] there = [.. Enumerable.Range(0, Samples).Where(j => weights[j] > 0)];
        double expected = Measure(
            entry,
            Matrix<double>.Build.DenseOfColumns(there.Select(outputs.Column)),
            Matrix<double>.Build.DenseOfColumns(there.Select(targets.Column)),
            [.. there.Select(j => weights[j])]);
        foreach (double odd in (double[])[double.NaN, -7, double.PositiveInfinity])
        {
            for (int j = 0; j < Samples; j++)
            {
                for (int i = 0; i < entry.Outputs && weights[j] == 0; i++)
                {
                    outputs[i, j] = odd;
                    targets[i, j] = odd;
                }
            }

            Measure(entry, outputs, targets, weights).Should().Be(expected);
        }
    }

    [Theory]
    [MemberData(nameof(MetricCatalogue.Labels), MemberType = typeof(MetricCatalogue))]
    public void Weights_that_are_none_are_refused_and_change_nothing(string label)
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find(label);
        (Matrix<double> outputs, Matrix<double> targets) = entry.Example<double>(4, seed: 14);
        IMetricAccumulator accumulator = entry.Metric.Start();
        (Matrix<double> more, Matrix<double> moreTargets) = entry.Example<double>(Samples, seed: 14);
        accumulator.Add<double>(more, moreTargets);
        double before = accumulator.Value;
        foreach (double bad in (double[])[-1, double.NaN, double.PositiveInfinity])
        {
            accumulator.Invoking(a => a.Add<double>(outputs, targets, [1, 1, bad, 1]))
                .Should().Throw<ArgumentException>().WithMessage("*weight of sample 2*at least 0*")
                .WithParameterName("weights");
        }

        accumulator.Invoking(a => a.Add<double>(outputs, targets, [1, 1, 1]))
            .Should().Throw<ArgumentException>().WithMessage("*4 samples and 3 weights*").WithParameterName("weights");
        accumulator.Invoking(a => a.Add<double>(outputs, targets, [1, 1, 1, 1, 1, 1, 1, 1]))
            .Should().Throw<ArgumentException>().WithMessage("*2 for each sample*ForOutput*")
            .WithParameterName("weights");
        accumulator.Value.Should().Be(before);
    }

    [Theory]
    [MemberData(nameof(MetricCatalogue.Labels), MemberType = typeof(MetricCatalogue))]
    public void Nothing_but_samples_that_weigh_0_is_nothing(string label)
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find(label);
        (Matrix<double> outputs, Matrix<double> targets) = entry.Example<double>(4, seed: 15);
        Measure(entry, outputs, targets, 0, 0, 0, 0).Should().Be(double.NaN);
    }

    private static (double Weighted, double Repeated, double Unweighted) Repeat(MetricCatalogue.Entry entry, int seed)
    {
        (Matrix<double> outputs, Matrix<double> targets) = entry.Example<double>(Samples, seed);
        double[] weights = [.. Enumerable.Range(0, Samples).Select(j => (double)((j * j) % 4))];
        int[] repeated = [.. Enumerable.Range(0, Samples).SelectMany(j => Enumerable.Repeat(j, (int)weights[j]))];
        double expected = Measure(
            entry,
            Matrix<double>.Build.DenseOfColumns(repeated.Select(outputs.Column)),
            Matrix<double>.Build.DenseOfColumns(repeated.Select(targets.Column)));
        return (Measure(entry, outputs, targets, weights), expected, Measure(entry, outputs, targets));
    }

    private static double Measure(
        MetricCatalogue.Entry entry, Matrix<double> outputs, Matrix<double> targets, params double[] weights)
    {
        IMetricAccumulator accumulator = entry.Metric.Start();
        accumulator.Add<double>(outputs, targets, weights);
        return accumulator.Value;
    }
}
