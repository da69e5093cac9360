using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Metrics;

namespace NeuralNet.Tests.Metrics;

public sealed class AccuracyTests
{
    // Classes 0, 1, 2, 2; taken for 0, 2, 2, 1.
    private static readonly Matrix<float> _outputs =
        Matrix<float>.Build.DenseOfColumnArrays([3, 1, 2], [-1, -2, 0], [0, 1, 5], [0, 9, 5]);

    private static readonly Matrix<float> _targets = OneHot.Encode<float>([0, 1, 2, 2], 3);

    [Fact]
    public void Accuracy_is_the_share_of_samples_taken_for_what_they_are()
    {
        IMetricAccumulator accuracy = new Accuracy().Start();
        accuracy.Add<float>(_outputs, _targets);
        accuracy.Value.Should().Be(0.5);
        accuracy.Add<float>(_outputs.SubMatrix(0, 3, 0, 1), _targets.SubMatrix(0, 3, 0, 1));
        accuracy.Value.Should().Be(0.6);
    }

    [Fact]
    public void Accuracy_of_a_single_output_is_refused_for_it_would_always_be_1() =>
        new Accuracy().Start()
            .Invoking(a => a.Add<float>(Matrix<float>.Build.Dense(1, 3), Matrix<float>.Build.Dense(1, 3)))
            .Should().Throw<ArgumentException>().WithMessage("*an output per class*there is 1 output*BinaryAccuracy*");

    [Fact]
    public void The_first_k_guesses_count_and_of_equal_outputs_the_first_is_the_larger()
    {
        // Class 1 is second, second (for 2 is not before it), third, first and last.
        Matrix<double> outputs = Matrix<double>.Build.DenseOfColumnArrays(
            [9, 5, 1, 0], [9, 5, 5, 0], [7, 5, 6, 0], [1, 5, 5, 5], [0, -1, 0, 0]);
        Matrix<double> targets = OneHot.Encode<double>([1, 1, 1, 1, 1], 4);
        Top(1).Should().Be(0.2);
        Top(2).Should().Be(0.6);
        Top(3).Should().Be(0.8);

        double Top(int k)
        {
            IMetricAccumulator accumulator = new TopKAccuracy(k).Start();
            accumulator.Add<double>(outputs, targets);
            return accumulator.Value;
        }
    }

    [Fact]
    public void One_guess_is_the_accuracy_with_ties_and_all()
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find("accuracy of 4");
        (Matrix<double> outputs, Matrix<double> targets) = entry.Example<double>(500, seed: 8);
        IMetricAccumulator top = new TopKAccuracy(1).Start();
        IMetricAccumulator accuracy = new Accuracy().Start();
        top.Add<double>(outputs, targets);
        accuracy.Add<double>(outputs, targets);
        top.Value.Should().Be(accuracy.Value).And.BeLessThan(1);
    }

    [Fact]
    public void More_guesses_than_could_be_wrong_are_refused()
    {
        new TopKAccuracy().K.Should().Be(5);
        FluentActions.Invoking(() => new TopKAccuracy(0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("k");
        new TopKAccuracy(3).Start().Invoking(a => a.Add<float>(_outputs, _targets))
            .Should().Throw<ArgumentException>().WithMessage("*more than 3 outputs*there are 3*");
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(0.25, 0.75)]
    [InlineData(0, 0.625)]
    public void An_output_says_yes_above_the_threshold_only(double threshold, double expected)
    {
        // Two questions of four samples; 0.5 and 0.25 are on a threshold.
        Matrix<double> outputs = Matrix<double>.Build.DenseOfColumnArrays(
            [0.5, 0.75], [0.25, 0.25], [-1, 0.6], [0.3, 0.1]);
        Matrix<double> targets = Matrix<double>.Build.DenseOfColumnArrays([1, 1.0], [0, 1.0], [0, 0.0], [1, 0.0]);
        IMetricAccumulator accumulator = new BinaryAccuracy(threshold).Start();
        accumulator.Add<double>(outputs, targets);
        accumulator.Value.Should().Be(expected);
    }

    [Fact]
    public void Targets_of_minus_1_and_1_mean_no_and_yes_too()
    {
        IMetricAccumulator accumulator = new BinaryAccuracy(threshold: 0).Start();
        accumulator.Add<double>(
            Matrix<double>.Build.DenseOfRowArrays([-3, 2, 1, -0.5]),
            Matrix<double>.Build.DenseOfRowArrays([-1, 1, -1, -1.0]));
        accumulator.Value.Should().Be(0.75);
    }

    [Fact]
    public void A_threshold_that_is_not_finite_and_an_empty_name_are_refused()
    {
        FluentActions.Invoking(() => new BinaryAccuracy(double.NaN))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("threshold");
        FluentActions.Invoking(() => new BinaryAccuracy { Name = " " })
            .Should().Throw<ArgumentException>().WithParameterName("Name");
        new BinaryAccuracy(0.9) { Name = "sure" }.Name.Should().Be("sure");
    }
}
