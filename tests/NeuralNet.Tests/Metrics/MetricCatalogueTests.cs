using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.LinearAlgebra;
using NeuralNet.Metrics;

namespace NeuralNet.Tests.Metrics;

/// <summary>Properties of every metric.</summary>
public sealed class MetricCatalogueTests
{
    [Fact]
    public void The_catalogue_has_every_metric_of_the_library() =>
        typeof(IMetric).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IMetric)) && !type.IsAbstract
                && type != typeof(OutputMetric) && type != typeof(WeightedMetric) && type != typeof(StepMetric))
            .Should().BeEquivalentTo(MetricCatalogue.All.Select(entry => entry.Metric.GetType()).Distinct());

    [Fact]
    public void All_metrics_of_a_classifier_can_stand_in_one_history() =>
        MetricCatalogue.All.Where(entry => entry.Outputs == 4).Select(entry => entry.Metric)
            .Where(metric => metric is not RocAuc).Select(metric => metric.Name).Should().OnlyHaveUniqueItems();

    [Theory]
    [MemberData(nameof(MetricCatalogue.Labels), MemberType = typeof(MetricCatalogue))]
    public void Batches_of_any_sizes_give_the_very_figure_of_the_whole(string label)
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find(label);
        (Matrix<double> outputs, Matrix<double> targets) = entry.Example<double>(101, seed: 1);
        foreach (double[] weights in (double[][])[[], MetricCatalogue.Entry.Weights(101, seed: 1)])
        {
            double whole = Measure(entry, outputs, targets, weights);
            double.IsFinite(whole).Should().BeTrue();

            IMetricAccumulator streamed = entry.Metric.Start();
            int start = 0;
            foreach (int count in (int[])[0, 1, 7, 0, 32, 3, 58])
            {
                streamed.Add(
                    ((ReadOnlyMatrixSpan<double>)outputs).ColumnRange(start, count),
                    ((ReadOnlyMatrixSpan<double>)targets).ColumnRange(start, count),
                    weights.Length == 0 ? [] : weights.AsSpan(start, count));
                _ = streamed.Value;
                start += count;
            }

            streamed.Value.Should().Be(whole);
        }
    }

    [Theory]
    [MemberData(nameof(MetricCatalogue.Labels), MemberType = typeof(MetricCatalogue))]
    public void Numbers_that_both_precisions_hold_give_the_same_figure(string label)
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find(label);
        (Matrix<double> outputs, Matrix<double> targets) = entry.Example<double>(64, seed: 2);
        (Matrix<float> floatOutputs, Matrix<float> floatTargets) = entry.Example<float>(64, seed: 2);
        IMetricAccumulator accumulator = entry.Metric.Start();
        accumulator.Add<float>(floatOutputs, floatTargets);
        double inFloat = accumulator.Value;
        inFloat.Should().Be(Measure(entry, outputs, targets));
    }

    [Theory]
    [MemberData(nameof(MetricCatalogue.Labels), MemberType = typeof(MetricCatalogue))]
    public void Nothing_measured_is_NaN_before_the_first_sample_and_after_a_reset(string label)
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find(label);
        (Matrix<double> outputs, Matrix<double> targets) = entry.Example<double>(40, seed: 3);
        (Matrix<double> otherOutputs, Matrix<double> otherTargets) = entry.Example<double>(30, seed: 4);
        double second = Measure(entry, otherOutputs, otherTargets);

        IMetricAccumulator accumulator = entry.Metric.Start();
        accumulator.Value.Should().Be(double.NaN);
        accumulator.Add(
            ((ReadOnlyMatrixSpan<double>)outputs).ColumnRange(0, 0),
            ((ReadOnlyMatrixSpan<double>)targets).ColumnRange(0, 0));
        accumulator.Value.Should().Be(double.NaN);
        accumulator.Add<double>(outputs, targets);
        accumulator.Value.Should().NotBe(double.NaN);
        accumulator.Reset();
        accumulator.Value.Should().Be(double.NaN);
        accumulator.Add<double>(otherOutputs, otherTargets);
        accumulator.Value.Should().Be(second, "nothing may be left of what was before");
    }

    [Theory]
    [MemberData(nameof(MetricCatalogue.Labels), MemberType = typeof(MetricCatalogue))]
    public void Shapes_that_do_not_fit_are_refused_and_change_nothing(string label)
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find(label);
        (Matrix<double> outputs, Matrix<double> targets) = entry.Example<double>(40, seed: 5);
        IMetricAccumulator accumulator = entry.Metric.Start();
        accumulator.Add<double>(outputs, targets);
        double before = accumulator.Value;

        int rows = entry.Outputs;
        accumulator.Invoking(a => a.Add<double>(outputs, targets.SubMatrix(0, rows, 0, 39)))
            .Should().Throw<ArgumentException>().WithMessage($"*{rows} × 40 and {rows} × 39*");
        accumulator.Invoking(a => a.Add<double>(outputs, targets.Stack(targets)))
            .Should().Throw<ArgumentException>().WithMessage($"*{rows} × 40 and {2 * rows} × 40*");
        accumulator.Invoking(
            a => a.Add<double>(outputs.Stack(outputs).Stack(outputs), targets.Stack(targets).Stack(targets)))
            .Should().Throw<ArgumentException>().WithMessage($"*{3 * rows}*");
        accumulator.Invoking(a => a.Add<double>(default, default)).Should().Throw<ArgumentException>();
        accumulator.Value.Should().Be(before);
    }

    [Theory]
    [MemberData(nameof(MetricCatalogue.Labels), MemberType = typeof(MetricCatalogue))]
    public void Nothing_is_allocated_from_the_second_epoch_on(string label)
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find(label);
        (Matrix<float> outputs, Matrix<float> targets) = entry.Example<float>(32, seed: 6);
        float[] weights = Array.ConvertAll(MetricCatalogue.Entry.Weights(32, seed: 6), weight => (float)weight);
        IMetricAccumulator accumulator = entry.Metric.Start();
        double sum = 0;
        Allocations.WhenWarm(() =>
        {
            accumulator.Reset();
            for (int batch = 0; batch < 10; batch++)
            {
                accumulator.Add<float>(outputs, targets, batch % 2 == 0 ? weights : []);
                sum += accumulator.Value;
            }
        }).Should().Be(0);
        double.IsFinite(sum).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(MetricCatalogue.Labels), MemberType = typeof(MetricCatalogue))]
    public void The_order_of_the_samples_does_not_matter(string label)
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find(label);
        Prop.ForAll(Sizes(), ArbMap.Default.ArbFor<int>(), (samples, seed) =>
        {
            (Matrix<double> outputs, Matrix<double> targets) = entry.Example<double>(samples, seed);
            int[] order = Enumerable.Range(0, samples).ToArray();
            new Random(seed).Shuffle(order);
            double shuffled = Measure(
                entry,
                Matrix<double>.Build.DenseOfColumns(order.Select(outputs.Column)),
                Matrix<double>.Build.DenseOfColumns(order.Select(targets.Column)));
            double inOrder = Measure(entry, outputs, targets);
            return shuffled.Equals(inOrder)
                || (entry.IsRounded && Math.Abs(shuffled - inOrder) <= 1e-13 * Math.Max(1, Math.Abs(inOrder)));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(MetricCatalogue.Classifiers), MemberType = typeof(MetricCatalogue))]
    public void A_figure_of_a_classifier_is_within_its_range_and_the_best_if_the_outputs_are_the_targets(string label)
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find(label);
        Prop.ForAll(Sizes(), ArbMap.Default.ArbFor<int>(), (samples, seed) =>
        {
            (Matrix<double> outputs, Matrix<double> targets) = entry.Example<double>(samples, seed);
            double value = Measure(entry, outputs, targets);
            return (value >= entry.Range.Least && value <= entry.Range.Most)
                || (entry.MayBeUndefined && double.IsNaN(value));
        }).QuickCheckThrowOnFailure();

        (_, Matrix<double> all) = entry.Example<double>(200, seed: 7);
        Measure(entry, all, all).Should().Be(entry.Best);
    }

    private static Arbitrary<int> Sizes() => Gen.Choose(1, 40).ToArbitrary();

    private static double Measure(
        MetricCatalogue.Entry entry, Matrix<double> outputs, Matrix<double> targets, params double[] weights)
    {
        IMetricAccumulator accumulator = entry.Metric.Start();
        accumulator.Add<double>(outputs, targets, weights);
        return accumulator.Value;
    }
}
