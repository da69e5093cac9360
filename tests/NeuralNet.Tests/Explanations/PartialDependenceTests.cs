using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Explanations;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tests.Explanations;

/// <summary>A partial dependence is the mean prediction over all samples, each given the same value.</summary>
public sealed class PartialDependenceTests
{
    [Fact]
    public void Of_a_linear_network_it_is_a_straight_line_of_the_weight()
    {
        Network<double> network = Network.Create<double>(3, seed: 2).Dense(1).Build();
        Matrix<double> inputs = Inputs(3, 200);

        PartialDependence dependence = Pipeline.Create(network).PartialDependence(inputs, feature: 1);

        dependence.Grid.Should().HaveCount(20).And.BeInAscendingOrder();
        double weight = network.Parameter("dense1.weights")[0, 1];
        for (int k = 1; k < dependence.Grid.Count; k++)
        {
            double rise = dependence.Means[0, k] - dependence.Means[0, 0];
            (rise / (dependence.Grid[k] - dependence.Grid[0])).Should().BeApproximately(weight, 1e-9);
        }
    }

    [Fact]
    public void The_grid_is_quantiles_of_the_values_that_are_there()
    {
        double[] values = [.. Enumerable.Range(0, 101).Select(i => (double)i), double.NaN, double.PositiveInfinity];

        new DependenceOptions { GridSize = 4 }.ValuesOf(values, "x").Should().Equal(5, 35, 65, 95);
        new DependenceOptions { GridSize = 3, Quantiles = (0, 1) }.ValuesOf(values, "x").Should().Equal(0, 50, 100);
        new DependenceOptions { GridSize = 5 }.ValuesOf([3, 1, 3, 2], "x").Should().Equal(1, 2, 3);
        new DependenceOptions { Grid = [2, 1] }.ValuesOf(values, "x").Should().Equal(2, 1);
    }

    // Nine tenths are 0: quantiles of all would be 0 but for the last.
    [Fact]
    public void A_value_that_most_samples_have_counts_once_in_the_grid()
    {
        double[] values = [.. Enumerable.Repeat(0.0, 900), .. Enumerable.Range(1, 101).Select(i => (double)i)];

        new DependenceOptions { GridSize = 5, Quantiles = (0, 1) }.ValuesOf(values, "x")
            .Should().Equal(0, 1, 101 - (200.0 / 3), 101 - (100.0 / 3), 101);
    }

    [Fact]
    public void Of_labels_it_is_that_of_their_probabilities()
    {
        Network<double> network = Network.Create<double>(2, seed: 2).Dense(3).Build();
        Pipeline<double> pipeline = Pipeline.Create(network, labels: new LabelEncoder(["a", "b", "c"]));

        PartialDependence dependence = pipeline.PartialDependence(Inputs(2, 30), 0, new() { KeepsCurves = true });

        dependence.Outputs.Should().Equal("a", "b", "c");
        dependence.Means.ColumnSums().Should().AllSatisfy(sum => sum.Should().BeApproximately(1, 1e-12));
        dependence.Curves(2).Enumerate().Should().OnlyContain(p => p > 0 && p < 1);
        dependence.Curves(2).ColumnSums()[4].Should().BeApproximately(30 * dependence.Means[2, 4], 1e-12);
        dependence.ToString().Split(Environment.NewLine)[0].Should().MatchRegex("^feature 0 +a +b +c$");
    }

    [Fact]
    public void Each_category_of_a_column_is_tried()
    {
        Network<double> network = Network.Create<double>(3, seed: 2).Dense(1, new Sigmoid()).Build();
        Pipeline<double> pipeline = Pipeline.Create(
            network,
            new OneHotEncoding([[0.0, 1, 2]]),
            labels: new LabelEncoder(["no", "yes"]),
            columns: [new InputColumn("payment", new LabelEncoder(["card", "cash", "invoice"]))]);
        Matrix<double> inputs = Matrix<double>.Build.Dense(1, 4, (_, j) => j % 2);

        PartialDependence dependence = pipeline.PartialDependence(inputs, 0);

        dependence.Values.Should().Equal("card", "cash", "invoice");
        string[] lines = dependence.ToString().Split(Environment.NewLine);
        lines[0].Should().MatchRegex("^payment +yes$");
        lines[1..].Should().HaveCount(3).And.OnlyContain(line => line.Contains('█'));
        for (int k = 0; k < 3; k++)
        {
            double expected = pipeline.Predict(Vector<double>.Build.Dense(1, k))[0];
            dependence.Means[1, k].Should().BeApproximately(expected, 1e-15);
        }
    }

    [Fact]
    public void Threads_change_no_bit_and_the_samples_stay_as_they_are()
    {
        Pipeline<double> pipeline = Pipeline.Create(
            Network.Create<double>(3, seed: 2).Dense(4, new Tanh()).Dense(2).Build());
        Matrix<double> inputs = Inputs(3, 50);
        Matrix<double> before = inputs.Clone();

        double[] one = pipeline.PartialDependence(inputs, 2, new() { Threads = 1 }).Means.ToColumnMajorArray();
        double[] four = pipeline.PartialDependence(inputs, 2, new() { Threads = 4 }).Means.ToColumnMajorArray();

        four.Should().Equal(one);
        inputs.Should().Be(before);
    }

    [Fact]
    public void What_cannot_be_computed_is_refused()
    {
        Pipeline<double> pipeline = Pipeline.Create(Network.Create<double>(2, seed: 2).Dense(1).Build());
        Matrix<double> inputs = Inputs(2, 5);
        Matrix<double> missing = Matrix<double>.Build.Dense(2, 5, double.NaN);
        Action feature = () => pipeline.PartialDependence(inputs, 2);
        Action empty = () => pipeline.PartialDependence(missing, 0);
        Action infinite = () => pipeline.PartialDependence(missing, 0, new() { Grid = [1] });
        Action grid = () => pipeline.PartialDependence(inputs, 0, new() { Grid = [double.NaN] });
        Action curves = () => pipeline.PartialDependence(inputs, 0).Curves(0);

        feature.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("feature");
        empty.Should().Throw<ArgumentException>().WithMessage("*No sample has a value of 'feature 0'*Grid*");
        infinite.Should().Throw<ArgumentException>().WithMessage("*'feature 0' = 1*NaN*");
        grid.Should().Throw<ArgumentException>().WithMessage("*finite ones only*NaN*");
        curves.Should().Throw<InvalidOperationException>().WithMessage("*KeepsCurves = true*");
    }

    private static Matrix<double> Inputs(int rows, int columns)
    {
        var random = new Random(3);
        return Matrix<double>.Build.Dense(rows, columns, (_, _) => random.NextDouble());
    }
}
