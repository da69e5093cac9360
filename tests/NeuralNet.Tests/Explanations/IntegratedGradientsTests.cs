using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Explanations;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tests.Explanations;

/// <summary>Integrated gradients divide the difference of two outputs among the inputs.</summary>
public sealed class IntegratedGradientsTests
{
    [Fact]
    public void Of_a_smooth_network_fifty_steps_leave_no_gap()
    {
        Network<double> network = Smooth();
        Attributions attributions = network.IntegratedGradients(Inputs(4, 3, seed: 1), output: 1);

        for (int j = 0; j < 3; j++)
        {
            Math.Abs(attributions.Results[j] - attributions.BaselineResult).Should().BeGreaterThan(0.01);
            attributions.Gap(j).Should().BeApproximately(0, 1e-12);
        }
    }

    // F is a straight line between the kinks of ReLU, so its slope is a step function, and the error of a quadrature is
    // at most that of the cells in which it jumps: the sum of all jumps times the largest weight.
    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Of_a_network_with_kinks_the_gap_falls_with_the_number_of_steps(int steps)
    {
        Network<double> network = Network.Create<double>(4, seed: 3)
            .Dense(20, new ReLU()).Dense(20, new ReLU()).Dense(1).Build();
        Matrix<double> input = Inputs(4, 1, seed: 2);
        Vector<double> baseline = Inputs(4, 1, seed: 9).Column(0);
        double variation = Variation(network, baseline, input.Column(0));

        Attributions attributions = network.IntegratedGradients(input, 0, baseline, new() { Steps = steps });

        double largestWeight = GaussLegendre.Rule(steps).Weights.Max();
        variation.Should().BeGreaterThan(0);
        Math.Abs(attributions.Gap(0)).Should().BeLessThan(variation * largestWeight);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(50)]
    public void The_quadrature_is_exact_for_polynomials_up_to_degree_2n_minus_1(int n)
    {
        (double[] points, double[] weights) = GaussLegendre.Rule(n);

        for (int degree = 0; degree < 2 * n; degree++)
        {
            double sum = points.Zip(weights, (x, w) => w * Math.Pow(x, degree)).Sum();
            sum.Should().BeApproximately(1.0 / (degree + 1), 1e-14);
        }

        Math.Abs(points.Zip(weights, (x, w) => w * Math.Pow(x, 2 * n)).Sum() - (1.0 / ((2 * n) + 1)))
            .Should().BeGreaterThan(n > 7 ? 0 : 1e-10);
    }

    [Fact]
    public void Of_a_linear_network_an_attribution_is_weight_times_difference()
    {
        Network<double> network = Network.Create<double>(3, seed: 1).Dense(2).Build();
        Vector<double> baseline = Vector<double>.Build.Dense([1.0, 2, 3]);
        Matrix<double> inputs = Inputs(3, 2, seed: 4);

        Attributions attributions = network.IntegratedGradients(inputs, 1, baseline, new() { Steps = 1 });

        for (int i = 0; i < 3; i++)
        {
            double expected = network.Parameter("dense1.weights")[1, i] * (inputs[i, 1] - baseline[i]);
            attributions.Values[i, 1].Should().BeApproximately(expected, 1e-14);
        }
    }

    [Fact]
    public void Threads_and_blocks_change_no_bit()
    {
        Network<double> network = Smooth();
        Matrix<double> inputs = Inputs(4, 2, seed: 5);

        Matrix<double> Values(int threads) =>
            network.IntegratedGradients(inputs, 0, options: new() { Steps = 300, Threads = threads }).Values;

        Values(threads: 4).Should().Be(Values(threads: 1));
    }

    [Fact]
    public void Of_a_pipeline_they_are_summed_by_raw_feature_in_the_unit_of_the_result()
    {
        var transform = new ColumnTransform(
            3,
            new ColumnBlock([2], new OneHotEncoding([[0.0, 1, 2]])),
            new ColumnBlock([0, 1], new Standardization([5, 7], [2, 3])));
        Network<double> network = Network.Create<double>(5, seed: 6).Dense(8, new Tanh()).Dense(1).Build();
        Pipeline<double> pipeline = Pipeline.Create(network, transform, new Standardization([100], [50]));
        Matrix<double> raw = Matrix<double>.Build.DenseOfColumns([[6, 3, 1], [4, 9, 2]]);
        Vector<double> baseline = Vector<double>.Build.Dense([5.0, 8, 0]);

        Attributions attributions = pipeline.IntegratedGradients(raw, 0, baseline);

        Matrix<double> results = pipeline.Predict(raw);
        double atBaseline = pipeline.Predict(baseline)[0];
        Attributions behind = network.IntegratedGradients(transform.Transform(raw), 0, transform.Transform(baseline));
        for (int j = 0; j < 2; j++)
        {
            attributions.Results[j].Should().BeApproximately(results[0, j], 1e-12);
            attributions.Values.Column(j).Sum().Should().BeApproximately(results[0, j] - atBaseline, 1e-9);
            attributions.Values[2, j].Should()
                .BeApproximately(50 * (behind.Values[0, j] + behind.Values[1, j] + behind.Values[2, j]), 1e-10);
            attributions.Values[1, j].Should().BeApproximately(50 * behind.Values[4, j], 1e-10);
        }

        attributions.NameOf(1).Should().Be("feature 1");
    }

    [Fact]
    public void Between_two_categories_there_is_no_path()
    {
        Network<double> network = Network.Create<double>(2, seed: 1).Embedding(4, 3).Dense(1).Build();
        Matrix<double> inputs = Matrix<double>.Build.DenseOfColumns([[1, 3]]);

        Action act = () => network.IntegratedGradients(inputs, 0);

        act.Should().Throw<ArgumentException>().WithParameterName("inputs").WithMessage("*Input 0*category*no path*");
        network.IntegratedGradients(inputs, 0, inputs.Column(0)).Values.Enumerate()
            .Should().OnlyContain(value => value == 0);
    }

    [Fact]
    public void Groups_sum_their_features_and_the_text_begins_with_the_greatest()
    {
        Attributions attributions = Smooth().IntegratedGradients(Inputs(4, 1, seed: 1), output: 1);

        Attributions sums = attributions.Sum([new("left", 0, 1), new("right", 2, 3)]);

        sums.Values[0, 0].Should().Be(attributions.Values[0, 0] + attributions.Values[1, 0]);
        sums.Gap(0).Should().BeApproximately(attributions.Gap(0), 1e-15);
        string greatest = Math.Abs(sums.Values[0, 0]) > Math.Abs(sums.Values[1, 0]) ? "left" : "right";
        sums.ToString().Split(Environment.NewLine)[2].Should().StartWith(greatest).And.EndWith("█");
        Action outside = () => attributions.Sum([new("far", 4)]);
        outside.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*4 features*'far'*");
        Action sample = () => attributions.Gap(1);
        sample.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("sample");
    }

    private static double Variation(Network<double> network, Vector<double> from, Vector<double> to)
    {
        const int Cells = 20_000;
        double[] values =
        [
            .. Enumerable.Range(0, Cells + 1)
                .Select(k => network.Predict(from + ((to - from) * ((double)k / Cells)))[0]),
        ];
        double[] slopes = [.. values.Zip(values.Skip(1), (a, b) => (b - a) * Cells)];
        return slopes.Zip(slopes.Skip(1), (a, b) => Math.Abs(b - a)).Where(jump => jump > 1e-6).Sum();
    }

    private static Network<double> Smooth() =>
        Network.Create<double>(4, seed: 1).Dense(8, new Tanh()).Dropout(0.5).Dense(2, new Softmax()).Build();

    private static Matrix<double> Inputs(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return Matrix<double>.Build.Dense(rows, columns, (_, _) => (2 * random.NextDouble()) - 1);
    }
}
