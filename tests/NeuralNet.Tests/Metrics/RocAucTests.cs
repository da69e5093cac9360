using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Metrics;

namespace NeuralNet.Tests.Metrics;

public sealed class RocAucTests
{
    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 0, 0, 1, 1 }, 1.0)]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 1, 1, 0, 0 }, 0.0)]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 0, 1, 0, 1 }, 0.75)]
    [InlineData(new double[] { 1, 1, 1, 1 }, new double[] { 0, 1, 0, 1 }, 0.5)]
    [InlineData(new double[] { 1, 2, 2, 3 }, new double[] { 0, 0, 1, 1 }, 0.875)]
    [InlineData(
        new double[] { double.NegativeInfinity, -0.0, 0.0, double.PositiveInfinity },
        new double[] { 0, 0, 1, 1 },
        0.875)]
    public void It_is_the_share_of_pairs_in_the_right_order_with_ties_counting_half(
        double[] scores, double[] targets, double expected) =>
        Measure(new RocAuc(), Row(scores), Row(targets)).Should().Be(expected);

    [Fact]
    public void Samples_of_one_kind_only_and_scores_that_are_NaN_have_no_curve()
    {
        Measure(new RocAuc(), Row(1, 2, 3), Row(1, 1, 1)).Should().Be(double.NaN);
        Measure(new RocAuc(), Row(1, 2, 3), Row(0, 0, 0)).Should().Be(double.NaN);
        IMetricAccumulator accumulator = new RocAuc().Start();
        accumulator.Add<double>(Row(1, double.NaN, 3), Row(0, 1, 1));
        accumulator.Value.Should().Be(double.NaN);
        accumulator.Reset();
        accumulator.Add<double>(Row(1, 3), Row(0, 1));
        accumulator.Value.Should().Be(1);
    }

    [Fact]
    public void It_is_what_counting_all_pairs_gives()
    {
        Prop.ForAll(
            Gen.Choose(0, 6).ArrayOf().ToArbitrary(),
            Gen.Choose(0, 6).ArrayOf().ToArbitrary(),
            (negatives, positives) =>
            {
                if (positives.Length == 0 || negatives.Length == 0)
                {
                    return true;
                }

                double pairs = positives.Sum(p => negatives.Sum(n => p > n ? 1 : p == n ? 0.5 : 0));
                double[] scores = [.. negatives, .. positives];
                double[] targets = [.. negatives.Select(_ => 0.0), .. positives.Select(_ => 1.0)];
                return Measure(new RocAuc(), Row(scores), Row(targets))
                    .Equals(pairs / ((double)positives.Length * negatives.Length));
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Only_the_order_counts_and_turning_it_round_turns_the_figure_round()
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find("roc_auc of 1");
        Prop.ForAll(Gen.Choose(10, 60).ToArbitrary(), ArbMap.Default.ArbFor<int>(), (samples, seed) =>
        {
            (Matrix<double> scores, Matrix<double> targets) = entry.Example<double>(samples, seed);
            double area = Measure(new RocAuc(), scores, targets);
            return Measure(new RocAuc(), scores.Map(x => (8 * x) - 3), targets).Equals(area)
                && (double.IsNaN(area) || Math.Abs(Measure(new RocAuc(), -scores, targets) - (1 - area)) <= 1e-15);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Of_several_classes_it_is_the_mean_of_each_against_the_rest_without_those_that_do_not_occur()
    {
        // Class 0: ½ and ¾ against ½, ¼, 0. Class 1: ½ ties. Class 2 does not occur.
        Matrix<double> outputs = Matrix<double>.Build.DenseOfColumnArrays(
            [0.5, 0.5, 0], [0.75, 0.25, 0], [0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0, 0.5, 0.5]);
        Matrix<double> targets = OneHot.Encode<double>([0, 0, 1, 1, 1], 3);
        const double Zero = 5.5 / 6;
        const double One = (0 + 0.5 + 0.5 + 1 + 0.5 + 1) / 6;
        Measure(RocAuc.OfClass(0), outputs, targets).Should().Be(Zero);
        Measure(RocAuc.OfClass(1), outputs, targets).Should().Be(One);
        Measure(RocAuc.OfClass(2), outputs, targets).Should().Be(double.NaN);
        Measure(new RocAuc(), outputs, targets).Should().BeApproximately((Zero + One) / 2, 1e-15);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Logits_are_ordered_as_their_softmax(int classes)
    {
        Matrix<double> logits = TestData.Uniform<double>(classes, 300, seed: 5, from: -4, to: 4);
        Matrix<double> targets = OneHot.Encode<double>(
            Enumerable.Range(0, 300).Select(i => (i * i) % classes).ToArray(), classes);
        Matrix<double> probabilities = Matrix<double>.Build.Dense(classes, 300);
        new Softmax().Forward<double>(logits, new MatrixSpan<double>(probabilities.AsColumnMajorArray(), classes, 300));
        for (int c = 0; c < classes; c++)
        {
            Measure(RocAuc.OfClass(c, fromLogits: true), logits, targets)
                .Should().Be(Measure(RocAuc.OfClass(c), probabilities, targets));
        }

        Measure(new RocAuc(fromLogits: true), logits, targets)
            .Should().Be(Measure(new RocAuc(), probabilities, targets));
    }

    [Fact]
    public void Logits_stay_apart_where_their_softmax_rounds_to_the_same()
    {
        // p(class 1) rounds to 1 in all but the first sample, and in the last the other class is impossible.
        Matrix<double> logits = Matrix<double>.Build.DenseOfColumnArrays(
            [0, 1], [0, 100], [0, 200], [-900, 900], [double.NegativeInfinity, 0.0]);
        Matrix<double> targets = OneHot.Encode<double>([0, 0, 1, 1, 1], 2);
        Measure(new RocAuc(fromLogits: true), logits, targets).Should().Be(1);
        Measure(RocAuc.OfClass(0, fromLogits: true), logits, targets).Should().Be(1);
        Matrix<double> three = logits.InsertRow(2, Vector<double>.Build.Dense(5, -1000));
        Measure(RocAuc.OfClass(1, fromLogits: true), three, targets.InsertRow(2, Vector<double>.Build.Dense(5)))
            .Should().Be(1);
    }

    [Fact]
    public void Logits_are_not_taken_for_probabilities_of_several_classes()
    {
        IMetricAccumulator accumulator = new RocAuc().Start();
        Matrix<double> targets = OneHot.Encode<double>([0, 1], 2);
        accumulator.Invoking(
            a => a.Add<double>(Matrix<double>.Build.DenseOfColumnArrays([0.5, 0.5], [1, 1.5]), targets))
            .Should().Throw<ArgumentException>().WithMessage("*'roc_auc'*sample 1*2.5*fromLogits: true*");
        accumulator.Invoking(
            a => a.Add<double>(Matrix<double>.Build.DenseOfColumnArrays([-1, 2.0], [0.5, 0.5]), targets))
            .Should().Throw<ArgumentException>().WithMessage("*sample 0*-1*");
        accumulator.Value.Should().Be(double.NaN, "nothing was added");
        RocAuc.OfClass(2).Start().Invoking(a => a.Add<double>(targets, targets))
            .Should().Throw<ArgumentException>().WithMessage("*class 2*2 outputs*");
        FluentActions.Invoking(() => RocAuc.OfClass(-1))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("classIndex");
    }

    [Fact]
    public void A_million_samples_are_counted_exactly()
    {
        // Scores 0 to 999 999, every third positive: positive 3m has 2m negatives below it.
        const int Samples = 999_999;
        IMetricAccumulator accumulator = new RocAuc().Start();
        accumulator.Add<double>(
            Matrix<double>.Build.Dense(1, Samples, (_, j) => Score(j)),
            Matrix<double>.Build.Dense(1, Samples, (_, j) => Score(j) % 3 == 0 ? 1 : 0));
        const double Positives = Samples / 3;
        accumulator.Value.Should().Be(Positives * (Positives - 1) / (2 * Positives * Positives));

        static long Score(int j) => (long)j * 700_001 % Samples;
    }

    private static Matrix<double> Row(params double[] values) => Matrix<double>.Build.DenseOfRowArrays(values);

    private static double Measure(RocAuc metric, Matrix<double> outputs, Matrix<double> targets)
    {
        IMetricAccumulator accumulator = metric.Start();
        accumulator.Add<double>(outputs, targets);
        return accumulator.Value;
    }
}
