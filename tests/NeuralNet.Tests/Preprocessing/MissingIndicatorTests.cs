using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Kinds;
using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tests.Preprocessing;

public sealed class MissingIndicatorTests
{
    [Fact]
    public void Missing_values_become_1_and_all_others_0()
    {
        var indicator = new MissingIndicator(3);
        (indicator.InputSize, indicator.OutputSize).Should().Be((3, 3));
        double[] values =
            [double.NaN, 1, 0, double.PositiveInfinity, -double.NaN, -0.0, double.NegativeInfinity, 7, -1];
        double[] expected = [1, 0, 0, 0, 1, 0, 0, 0, 0];
        indicator.Transform(Matrix<double>.Build.Dense(3, 3, values)).ToColumnMajorArray().Should().Equal(expected);
        Matrix<float> samples = Matrix<float>.Build.Dense(3, 3, Array.ConvertAll(values, value => (float)value));
        indicator.Transform(samples).ToColumnMajorArray()
            .Should().Equal(Array.ConvertAll(expected, value => (float)value));
    }

    [Fact]
    public void Beside_an_imputation_a_network_sees_both()
    {
        Matrix<double> samples = Matrix<double>.Build.Dense(2, 3, [1, double.NaN, double.NaN, 4, 3, 6]);
        var transform = new ColumnTransform(
            2, new ColumnBlock([0, 1], Imputation.FitMean(samples)), new ColumnBlock([0, 1], new MissingIndicator(2)));
        transform.Transform(samples).ToColumnMajorArray().Should().Equal(1, 5, 0, 1, 2, 4, 1, 0, 3, 6, 0, 0);
    }

    [Fact]
    public void A_batch_may_be_transformed_in_place()
    {
        float[] values = [1, float.NaN, float.NaN, 4];
        var batch = new MatrixSpan<float>(values, 2, 2);
        new MissingIndicator(2).Transform(batch, batch);
        values.Should().Equal(0, 1, 1, 0);
    }

    [Fact]
    public void A_file_keeps_it()
    {
        var kinds = new ModelKinds();
        kinds.Describe(new MissingIndicator(3)).Should().Be("""MissingIndicator {"inputSize":3}""");
        var again = (MissingIndicator)kinds.Parse(KindRole.Transform, """MissingIndicator {"inputSize":3}""");
        again.InputSize.Should().Be(3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void No_columns_are_refused(int inputSize) =>
        FluentActions.Invoking(() => new MissingIndicator(inputSize))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(inputSize))
            .WithMessage($"*at least 1*{inputSize}*");

    [Fact]
    public void Nothing_is_allocated()
    {
        var indicator = new MissingIndicator(2);
        float[] input = new float[200];
        float[] output = new float[200];
        Allocations.WhenWarm(() => indicator.Transform(
            new ReadOnlyMatrixSpan<float>(input, 2, 100), new MatrixSpan<float>(output, 2, 100))).Should().Be(0);
    }
}
