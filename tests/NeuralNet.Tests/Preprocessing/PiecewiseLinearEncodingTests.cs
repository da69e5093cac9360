using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Kinds;
using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tests.Preprocessing;

public sealed class PiecewiseLinearEncodingTests
{
    [Theory]
    [InlineData(-1, -1, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(0.25, 0.25, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(2, 1, 0.5)]
    [InlineData(3, 1, 1)]
    [InlineData(7, 1, 3)]
    public void A_number_fills_the_bins_that_it_has_passed(double x, double first, double second)
    {
        var encoding = new PiecewiseLinearEncoding([0, 1, 3], [5.0]);
        encoding.OutputSize.Should().Be(3);
        encoding.Transform(Matrix<double>.Build.Dense(2, 1, [x, 7])).Column(0).Should().Equal(first, second, 2);
        encoding.Transform(Matrix<float>.Build.Dense(2, 1, [(float)x, 7])).Column(0)
            .Should().Equal((float)first, (float)second, 2);
    }

    [Theory]
    [InlineData(-9, 0, 0)]
    [InlineData(0.25, 0.25, 0)]
    [InlineData(2, 1, 0.5)]
    [InlineData(1e300, 1, 1)]
    public void Beyond_the_edges_a_number_may_count_as_the_nearest(double x, double first, double second)
    {
        var encoding = new PiecewiseLinearEncoding([[0, 1, 3], [5.0]], clips: true);
        encoding.Clips.Should().BeTrue();
        encoding.Transform(Matrix<double>.Build.Dense(2, 1, [x, x])).Column(0).Should().Equal(first, second, 0);
        encoding.Transform(Matrix<double>.Build.Dense(2, 1, double.NaN)).Enumerate()
            .Should().OnlyContain(value => double.IsNaN(value));
        PiecewiseLinearEncoding.Fit(Matrix<double>.Build.Dense(1, 3, [1, 2, 3]), 2, clips: true)
            .Transform(Matrix<double>.Build.Dense(1, 1, 9)).Column(0).Should().Equal(1, 1);
    }

    [Fact]
    public void A_value_that_most_samples_have_is_one_edge_and_leaves_the_others_theirs()
    {
        // 60 zeros and 1 to 40 in 5 bins: of the plain quantiles three would be 0.
        double[] amounts = [.. Enumerable.Repeat(0.0, 60), .. Enumerable.Range(1, 40).Select(i => (double)i)];
        Fit(amounts, bins: 5).Should().Equal(0, 1, 10.75, 20.5, 30.25, 40);
        Fit([.. amounts.Select(amount => -amount)], bins: 5).Should().Equal(-40, -30.25, -20.5, -10.75, -1, 0);

        // In the middle, two of them, and nothing else.
        Fit([1, 2, 5, 5, 5, 5, 8, 9], bins: 3).Should().Equal(1, 5, 9);
        Fit([1, 1, 1, 2, 2, 2], bins: 3).Should().Equal(1, 2);
        Fit([3, 3, 3], bins: 4).Should().Equal(3);

        static IReadOnlyList<double> Fit(double[] values, int bins) =>
            PiecewiseLinearEncoding.Fit(Matrix<double>.Build.Dense(1, values.Length, values), bins).Edges[0];
    }

    [Fact]
    public void Edges_are_the_quantiles_of_the_training_data()
    {
        double[] values = [5, 1, 4, 2, 3];
        Edges(values, 1).Should().Equal(1, 5);
        Edges(values, 2).Should().Equal(1, 3, 5);
        Edges(values, 4).Should().Equal(1, 2, 3, 4, 5);
        Edges(values, 3).Should().Equal(1, 1 + (4.0 / 3), 1 + (4 * (2.0 / 3)), 5);
        Edges([0, 0, 0, 0, 10], 4).Should().Equal(0, 10);
        Edges([7, 7, 7], 4).Should().Equal(7);
        Edges([7], 4).Should().Equal(7);

        static IReadOnlyList<double> Edges(double[] values, int bins) =>
            PiecewiseLinearEncoding.Fit(Matrix<double>.Build.Dense(1, values.Length, values), bins).Edges[0];
    }

    [Fact]
    public void Each_feature_has_bins_of_its_own_and_a_pair_of_numbers_keeps_its_order()
    {
        Matrix<double> samples = TestData.Uniform<double>(3, 200, seed: 1);
        samples.SetRow(1, samples.Row(1).Map(value => Math.Round(value)));
        var encoding = PiecewiseLinearEncoding.Fit(samples, bins: 8);
        encoding.Edges.Select(edges => edges.Count).Should().Equal(9, 3, 9);
        Matrix<double> encoded = encoding.Transform(samples);
        encoded.RowCount.Should().Be(18);
        for (int j = 1; j < 200; j++)
        {
            // The sum over the bins ascends with the number.
            int order = Math.Sign(samples[0, j] - samples[0, j - 1]);
            Math.Sign(BinsPassed(j) - BinsPassed(j - 1)).Should().Be(order);
        }

        double BinsPassed(int sample) => encoded.SubMatrix(0, 8, sample, 1).Enumerate().Sum();
    }

    [Fact]
    public void A_file_keeps_it()
    {
        var encoding = new PiecewiseLinearEncoding([0, 1, 3], [5.0], [-1e300, 0.1]);
        var kinds = new ModelKinds();
        kinds.Describe(encoding).Should().Be(
            """PiecewiseLinearEncoding {"counts":[3,1,2],"edges":[0,1,3,5,-1E+300,0.1]}""");
        var again = (PiecewiseLinearEncoding)kinds.Parse(KindRole.Transform, kinds.Describe(encoding));
        again.Edges.Should().BeEquivalentTo(encoding.Edges, options => options.WithStrictOrdering());
    }

    [Fact]
    public void What_makes_no_bins_is_refused()
    {
        Refused(() => new PiecewiseLinearEncoding(), "There must be a list of edges per feature*");
        Refused(() => new PiecewiseLinearEncoding([1, 1]), "*of feature 0 must ascend*1 follows 1*");
        Refused(() => new PiecewiseLinearEncoding([0], [2, 1]), "*of feature 1 must ascend*1 follows 2*");
        Refused(() => new PiecewiseLinearEncoding([-1e308, 1e308]), "*must ascend by numbers that can be divided by*");
        Refused(() => new PiecewiseLinearEncoding([0, double.NaN]), "*finite*");
        Refused(() => PiecewiseLinearEncoding.Fit(Matrix<double>.Build.Dense(1, 1, double.NaN)), "*finite*");
        Refused(() => PiecewiseLinearEncoding.Fit(Matrix<double>.Build.Dense(1, 1), bins: 0), "*at least 1*");
        Refused(
            () => PiecewiseLinearEncoding.Fit(Matrix<double>.Build.Dense(1, 2, [-1.7e308, 1.7e308])),
            "Feature 0 goes from -1.7E+308 to 1.7E+308; its range must be a finite number.*");
        Refused(
            () => new PiecewiseLinearEncoding([0, 1]).Transform(Matrix<double>.Build.Dense(2, 1)),
            "The transform takes 1 feature*");
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var encoding = new PiecewiseLinearEncoding([0, 1, 3], [5.0]);
        float[] input = new float[200];
        float[] output = new float[300];
        Allocations.WhenWarm(() => encoding.Transform(
            new ReadOnlyMatrixSpan<float>(input, 2, 100), new MatrixSpan<float>(output, 3, 100))).Should().Be(0);
    }

    private static void Refused(Func<object> action, string message) =>
        FluentActions.Invoking(action).Should().Throw<ArgumentException>().WithMessage(message);
}
