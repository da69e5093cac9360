using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Metrics;

namespace NeuralNet.Tests.Metrics;

public sealed class MetricTests
{
    // Classes 0, 1, 2, 2; taken for 0, 2, 2, 1.
    private static readonly Matrix<float> _outputs =
        Matrix<float>.Build.DenseOfColumnArrays([3, 1, 2], [-1, -2, 0], [0, 1, 5], [0, 9, 5]);

    private static readonly Matrix<float> _targets = OneHot.Encode<float>([0, 1, 2, 2], 3);

    [Fact]
    public void Accuracy_is_the_share_of_samples_taken_for_what_they_are()
    {
        IMetricAccumulator accuracy = new Accuracy().Start();
        accuracy.Value.Should().Be(double.NaN);
        accuracy.Add<float>(_outputs, _targets);
        accuracy.Value.Should().Be(0.5);
        accuracy.Add<float>(_outputs.SubMatrix(0, 3, 0, 1), _targets.SubMatrix(0, 3, 0, 1));
        accuracy.Value.Should().Be(0.6);
        accuracy.Reset();
        accuracy.Value.Should().Be(double.NaN);
    }

    [Fact]
    public void The_confusion_matrix_counts_actual_by_predicted()
    {
        var matrix = new ConfusionMatrix(3);
        matrix.Accuracy.Should().Be(double.NaN);
        matrix.Add<float>(_outputs, _targets);
        matrix[0, 0].Should().Be(1);
        matrix[1, 2].Should().Be(1);
        matrix[2, 2].Should().Be(1);
        matrix[2, 1].Should().Be(1);
        matrix[1, 1].Should().Be(0);
        matrix.Count.Should().Be(4);
        matrix.Correct.Should().Be(2);
        matrix.Accuracy.Should().Be(0.5);
    }

    [Fact]
    public void Accuracy_of_a_single_output_is_refused_for_it_would_always_be_1() =>
        new Accuracy().Start().Invoking(a => a.Add<float>(Matrix<float>.Build.Dense(1, 3), Matrix<float>.Build.Dense(1, 3)))
            .Should().Throw<ArgumentException>().WithMessage("*an output per class*there is 1 output*");

    [Fact]
    public void Classes_and_shapes_out_of_range_are_refused()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Invoking(m => m.Add<float>(_outputs, _targets)).Should().Throw<ArgumentException>().WithMessage("*2 × samples*3 × 4*");
        matrix.Invoking(m => m[0, 2]).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ConfusionMatrix(65536)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*confusion matrix*");
        FluentActions.Invoking(() => new ConfusionMatrix(0)).Should().Throw<ArgumentOutOfRangeException>();
    }
}
