using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.LinearAlgebra;
using NeuralNet.Metrics;

namespace NeuralNet.Tests.Metrics;

public sealed class RegressionMetricTests
{
    // Errors 1, 0 | −2, 1 | 0, 2.
    private static readonly Matrix<double> _outputs = Matrix<double>.Build.DenseOfColumnArrays(
        [2, 5.0], [0, 8.0], [3, 9.0]);
    private static readonly Matrix<double> _targets = Matrix<double>.Build.DenseOfColumnArrays(
        [1, 5.0], [2, 7.0], [3, 7.0]);

    [Fact]
    public void Figures_are_those_of_the_formulas()
    {
        Measure(new MeanAbsoluteErrorMetric(), _outputs, _targets).Should().BeApproximately(1, 1e-15);
        Measure(new MeanSquaredErrorMetric(), _outputs, _targets).Should().BeApproximately(10 / 6.0, 1e-15);
        Measure(new RootMeanSquaredError(), _outputs, _targets).Should().BeApproximately(Math.Sqrt(10 / 6.0), 1e-15);

        // 1 − 5/2 and 1 − 5/(8/3).
        Measure(new R2Score(), _outputs, _targets).Should().BeApproximately((-1.5 - 0.875) / 2, 1e-15);
        new[]
        {
            new MeanAbsoluteErrorMetric().Name,
            new MeanSquaredErrorMetric().Name,
            new RootMeanSquaredError().Name,
            new R2Score().Name,
        }
            .Should().Equal("mae", "mse", "rmse", "r2");
    }

    [Fact]
    public void Robust_and_logarithmic_errors_are_those_of_the_formulas()
    {
        // Errors 1, 2, 0 and 0, 1, 2.
        Measure(new MedianAbsoluteError(), _outputs, _targets).Should().Be(1);
        Measure(new MaximumError(), _outputs, _targets).Should().Be(2);
        Matrix<double> two = Matrix<double>.Build.DenseOfRowArrays([3, 8.0]);
        Matrix<double> none = Matrix<double>.Build.DenseOfRowArrays([0, 0.0]);
        Measure(new MedianAbsoluteError(), two, none).Should().Be(5.5, "it lies between the two in the middle");
        Measure(new MeanSquaredLogarithmicError(), two, none)
            .Should().BeApproximately(((Math.Log(4) * Math.Log(4)) + (Math.Log(9) * Math.Log(9))) / 2, 1e-15);
        Measure(new MeanSquaredLogarithmicError(), none + 1e-12, none).Should().BeApproximately(1e-24, 2e-36);

        // The residuals 5 are all the same: nothing is unexplained.
        Measure(new ExplainedVariance(), two + 5, two).Should().Be(1);
        Measure(new R2Score(), two + 5, two).Should().Be(1 - (50 / 12.5));
        Matrix<double> one = Matrix<double>.Build.Dense(1, 1, 3);
        Measure(new ExplainedVariance(), one + 1, one).Should().Be(double.NaN);
    }

    [Fact]
    public void Logarithmic_errors_refuse_targets_without_a_logarithm_and_are_NaN_over_such_outputs()
    {
        Matrix<double> fine = Matrix<double>.Build.DenseOfRowArrays([3, -0.5]);
        Matrix<double> below = Matrix<double>.Build.DenseOfRowArrays([3, -1.5]);
        foreach (IMetric metric in (IMetric[])
            [new MeanSquaredLogarithmicError(), new RootMeanSquaredLogarithmicError()])
        {
            FluentActions.Invoking(() => Measure(metric, fine, below)).Should().Throw<ArgumentException>()
                .WithMessage($"*'{metric.Name}'*target 0 of sample 1*-1.5*").WithParameterName("targets");
            Measure(metric, fine, fine).Should().Be(0);
            Measure(metric, below, fine).Should().Be(double.NaN);
        }

        Measure(
            MeanSquaredLogarithmicError.OfOutput(0), fine.Stack(fine), fine.Stack(below)).Should().Be(0);
    }

    [Fact]
    public void One_output_is_measured_as_if_it_were_alone()
    {
        (IMetric All, Func<int, IMetric> One)[] metrics =
        [
            (new MeanAbsoluteErrorMetric(), MeanAbsoluteErrorMetric.OfOutput),
            (new MeanSquaredErrorMetric(), MeanSquaredErrorMetric.OfOutput),
            (new RootMeanSquaredError(), RootMeanSquaredError.OfOutput),
            (new R2Score(), R2Score.OfOutput),
            (new ExplainedVariance(), ExplainedVariance.OfOutput),
            (new MedianAbsoluteError(), MedianAbsoluteError.OfOutput),
            (new MaximumError(), MaximumError.OfOutput),
            (new MeanSquaredLogarithmicError(), MeanSquaredLogarithmicError.OfOutput),
            (new RootMeanSquaredLogarithmicError(), RootMeanSquaredLogarithmicError.OfOutput),
        ];
        foreach ((IMetric all, Func<int, IMetric> one) in metrics)
        {
            for (int i = 0; i < 2; i++)
            {
                one(i).Name.Should().Be($"{all.Name}_output_{i}");
                Measure(one(i), _outputs, _targets)
                    .Should().Be(Measure(all, _outputs.SubMatrix(i, 1, 0, 3), _targets.SubMatrix(i, 1, 0, 3)));
            }

            FluentActions.Invoking(() => Measure(one(2), _outputs, _targets)).Should().Throw<ArgumentException>()
                .WithMessage(
                    $"Metric '{all.Name}_output_2' is about output 2, counted from 0, but there are 2 per "
                    + "sample.*").WithParameterName("outputs");
            FluentActions.Invoking(() => one(-1))
                .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("output");
        }
    }

    [Fact]
    public void Relative_figures_are_those_of_the_formulas()
    {
        // |r|/|e| is 1, 0 | 1, 1/7 | 0, 2/7; 2|r|/(|o| + |e|) is 2/3, 0 | 2, 2/15 | 0, 1/4.
        Measure(new MeanAbsolutePercentageError(), _outputs, _targets)
            .Should().BeApproximately((2 + (3 / 7.0)) / 6, 1e-15);
        Measure(new SymmetricMeanAbsolutePercentageError(), _outputs, _targets)
            .Should().BeApproximately(((2 / 3.0) + 2 + (2 / 15.0) + 0.25) / 6, 1e-15);
        Measure(new MeanAbsoluteScaledError(4), _outputs, _targets).Should().BeApproximately(0.25, 1e-15);
        Measure(MeanAbsolutePercentageError.OfOutput(1), _outputs, _targets)
            .Should().BeApproximately(1 / 7.0, 1e-15);
        Measure(SymmetricMeanAbsolutePercentageError.OfOutput(1), _outputs, _targets)
            .Should().BeApproximately(((2 / 15.0) + 0.25) / 3, 1e-15);
        Measure(MeanAbsoluteScaledError.OfOutput(2, 1), _outputs, _targets).Should().BeApproximately(0.5, 1e-15);
        new[]
        {
            new MeanAbsolutePercentageError().Name,
            new SymmetricMeanAbsolutePercentageError().Name,
            new MeanAbsoluteScaledError(1).Name,
            MeanAbsoluteScaledError.OfOutput(1, 3).Name,
        }
            .Should().Equal("mape", "smape", "mase", "mase_output_3");

        // As scikit-learn: 1/2⁻⁵² of a target of 0. Both 0 is no error.
        Matrix<double> zero = Matrix<double>.Build.Dense(1, 1);
        Measure(new MeanAbsolutePercentageError(), zero.Add(1), zero).Should().Be(1L << 52);
        Measure(new SymmetricMeanAbsolutePercentageError(), zero.Add(1), zero).Should().Be(2);
        Measure(new SymmetricMeanAbsolutePercentageError(), zero, zero).Should().Be(0);
    }

    [Fact]
    public void The_scale_of_MASE_is_the_error_of_the_season_before()
    {
        // |3 − 1|, |2 − 3|, |6 − 2|; of two steps |2 − 1|, |6 − 3|. A missing value takes its pairs away.
        MeanAbsoluteScaledError.ScaleOf([1, 3, 2, 6]).Should().BeApproximately(7 / 3.0, 1e-15);
        MeanAbsoluteScaledError.ScaleOf([1, 3, 2, 6], period: 2).Should().Be(2);
        MeanAbsoluteScaledError.ScaleOf([1, double.NaN, 2, 6]).Should().Be(4);
        FluentActions.Invoking(() => MeanAbsoluteScaledError.ScaleOf([1, 2], period: 2))
            .Should().Throw<ArgumentException>().WithMessage("*2 steps apart*among 2 values*");
        FluentActions.Invoking(() => MeanAbsoluteScaledError.ScaleOf([1, 2], period: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("period");
        FluentActions.Invoking(() => new MeanAbsoluteScaledError(0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("scale");
    }

    [Fact]
    public void Coverage_is_the_share_of_targets_between_two_quantiles()
    {
        // Of two numbers each: 1 in [0, 2], 5 in [5, 6] with its ends; 1 not in [2, 3], 9 not in [9.5, 9].
        Matrix<double> outputs = Matrix<double>.Build.DenseOfColumnArrays(
            [0, 9, 2, 5, 9, 6.0], [2, 9, 3, 9.5, 9, 9.0]);
        Matrix<double> targets = Matrix<double>.Build.DenseOfColumnArrays([1, 1, 1, 5, 5, 5.0], [1, 1, 1, 9, 9, 9.0]);
        var metric = new IntervalCoverage([0.05, 0.5, 0.95], 0.05, 0.95);
        Measure(metric, outputs, targets).Should().Be(0.5);
        metric.Name.Should().Be("coverage_90");
        metric.Level.Should().Be(0.9);
        new IntervalCoverage([0.025, 0.975], 0.025, 0.975).Name.Should().Be("coverage_95");
        outputs[2, 0] = double.NaN;
        Measure(metric, outputs, targets).Should().Be(double.NaN);
        FluentActions.Invoking(() => new IntervalCoverage([0.05, 0.95], 0.1, 0.95)).Should().Throw<ArgumentException>()
            .WithMessage("lower must be one of the quantiles, but 0.1 is none of 0.05, 0.95.*");
        FluentActions.Invoking(() => new IntervalCoverage([0.05, 0.95], 0.95, 0.05)).Should().Throw<ArgumentException>()
            .WithMessage("The lower end must be below the upper one*");
        FluentActions.Invoking(() => Measure(metric, targets.SubMatrix(0, 4, 0, 2), targets.SubMatrix(0, 4, 0, 2)))
            .Should().Throw<ArgumentException>().WithMessage("*about 3 quantiles*multiple of 3 outputs*it has 4.*");
    }

    [Fact]
    public void R2_of_targets_that_are_all_the_same_is_1_if_the_outputs_are_right_and_else_0()
    {
        // One tenth, added up and divided, would not be one tenth; the variance must still be 0.
        Matrix<double> targets = Matrix<double>.Build.Dense(1, 1000, 0.1);
        Measure(new R2Score(), targets, targets).Should().Be(1);
        Measure(new R2Score(), targets.Add(1), targets).Should().Be(0);
        Measure(new R2Score(), targets.SubMatrix(0, 1, 0, 1), targets.SubMatrix(0, 1, 0, 1)).Should().Be(double.NaN);
    }

    [Fact]
    public void Numbers_that_are_not_finite_make_the_figure_so()
    {
        Matrix<double> one = Matrix<double>.Build.DenseOfRowArrays([1, 2, 3.0]);
        foreach (IMetric metric
            in (IMetric[])[new MeanAbsoluteErrorMetric(), new MeanSquaredErrorMetric(), new RootMeanSquaredError()])
        {
            Measure(metric, Matrix<double>.Build.DenseOfRowArrays([1, double.NaN, 3]), one).Should().Be(double.NaN);
            Measure(metric, Matrix<double>.Build.DenseOfRowArrays([1, double.PositiveInfinity, 3]), one)
                .Should().Be(double.PositiveInfinity);
        }

        Measure(new R2Score(), Matrix<double>.Build.DenseOfRowArrays([1, double.NaN, 3]), one).Should().Be(double.NaN);
        Measure(new R2Score(), one, Matrix<double>.Build.DenseOfRowArrays([1, double.NaN, 3])).Should().Be(double.NaN);
        Measure(new R2Score(), Matrix<double>.Build.DenseOfRowArrays([1, double.PositiveInfinity, 3]), one)
            .Should().Be(double.NegativeInfinity);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e6)]
    [InlineData(1e12)]
    public void A_million_samples_far_from_0_cost_no_digits(double offset)
    {
        // Targets are offset + 0 … 999 and errors 0.25 or −0.5: all of it exact in binary, and so are the sums in
        // integers.
        const int Samples = 1_000_000;
        const int Batch = 10_000;
        IMetricAccumulator[] accumulators =
            [new R2Score().Start(), new MeanSquaredErrorMetric().Start(), new MeanAbsoluteErrorMetric().Start()];
        double[] targets = new double[Batch];
        double[] outputs = new double[Batch];
        for (int start = 0; start < Samples; start += Batch)
        {
            for (int i = 0; i < Batch; i++)
            {
                targets[i] = offset + ((start + i) * 617L % 1000);
                outputs[i] = targets[i] + (i % 2 == 0 ? 0.25 : -0.5);
            }

            foreach (IMetricAccumulator accumulator in accumulators)
            {
                accumulator.Add(
                    new ReadOnlyMatrixSpan<double>(outputs, 1, Batch),
                    new ReadOnlyMatrixSpan<double>(targets, 1, Batch));
            }
        }

        // The variance of 0 … n − 1 is (n² − 1)/12.
        const double Residual = (0.0625 + 0.25) / 2;
        double unexplained = Residual * 12 / ((1000.0 * 1000) - 1);
        (1 - accumulators[0].Value).Should().BeApproximately(unexplained, 1e-15);
        accumulators[1].Value.Should().Be(Residual);
        accumulators[2].Value.Should().Be(0.375);
    }

    [Fact]
    public void A_million_times_a_tenth_is_a_tenth_on_average()
    {
        Matrix<double> outputs = Matrix<double>.Build.Dense(1, 1_000_000, 0.1);
        Measure(new MeanAbsoluteErrorMetric(), outputs, Matrix<double>.Build.Dense(1, 1_000_000)).Should().Be(0.1);
    }

    [Fact]
    public void Spread_about_a_large_mean_is_found_to_the_last_digits()
    {
        // In 1024ths, so that all targets are exact, and integers give the exact result.
        const int Samples = 300_000;
        var random = new Random(1);
        long[] parts = Enumerable.Range(0, Samples).Select(_ => (1_000_000L * 1024) + random.Next(1024)).ToArray();
        AssertExact(parts, error: 1, 1e-14);

        // A first target that is an outlier leaves the mean far from what is subtracted.
        parts[0] = 0;
        AssertExact(parts, error: 1 << 11, 1e-14);
        // One a million times as far away as the others' mean costs Welford's method the last digits.
        parts[0] = -1_000_000_000_000L * 1024;
        AssertExact(parts, error: 1L << 31, 1e-12);

        static void AssertExact(long[] parts, long error, double tolerance)
        {
            Matrix<double> targets = Matrix<double>.Build.DenseOfRowArrays(
                parts.Select(part => part / 1024.0).ToArray());
            Matrix<double> outputs = targets.Add(error);
            Int128 sum = 0;
            Int128 squares = 0;
            foreach (long part in parts)
            {
                sum += part;
                squares += (Int128)part * part;
            }

            Int128 deviations = (squares * parts.Length) - (sum * sum);
            Int128 errors = (Int128)error * error * 1024 * 1024 * parts.Length * parts.Length;
            double expected = (double)errors / (double)deviations;
            expected.Should().BeInRange(1, 20);
            (1 - Measure(new R2Score(), outputs, targets)).Should().BeApproximately(expected, tolerance * expected);
        }
    }

    [Fact]
    public void Figures_are_in_their_ranges_and_order()
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find("r2 of 3");
        Prop.ForAll(Gen.Choose(2, 50).ToArbitrary(), ArbMap.Default.ArbFor<int>(), (samples, seed) =>
        {
            (Matrix<double> outputs, Matrix<double> targets) = entry.Example<double>(samples, seed);
            double mae = Measure(new MeanAbsoluteErrorMetric(), outputs, targets);
            double mse = Measure(new MeanSquaredErrorMetric(), outputs, targets);
            double rmse = Measure(new RootMeanSquaredError(), outputs, targets);
            return mae >= 0 && mae <= rmse * (1 + 1e-15) && rmse.Equals(Math.Sqrt(mse))
                && Measure(new R2Score(), outputs, targets) <= 1
                && Measure(new R2Score(), targets, targets).Equals(1.0)
                && Measure(new MeanSquaredErrorMetric(), targets, targets).Equals(0.0);
        }).QuickCheckThrowOnFailure();
    }

    private static double Measure(IMetric metric, Matrix<double> outputs, Matrix<double> targets)
    {
        IMetricAccumulator accumulator = metric.Start();
        accumulator.Add<double>(outputs, targets);
        return accumulator.Value;
    }
}
