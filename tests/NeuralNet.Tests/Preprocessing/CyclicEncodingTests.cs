using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Kinds;
using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tests.Preprocessing;

public sealed class CyclicEncodingTests
{
    [Fact]
    public void A_column_becomes_sine_and_cosine_of_its_part_of_the_period()
    {
        var encoding = new CyclicEncoding([24, 0.1]);
        (encoding.InputSize, encoding.OutputSize).Should().Be((2, 4));
        encoding.Periods.Should().Equal(24, 0.1);
        Matrix<double> samples = Matrix<double>.Build.Dense(2, 3, [1, 0.01, 15.5, -0.07, -20, 0.0301]);
        Matrix<double> encoded = encoding.Transform(samples);
        for (int j = 0; j < 3; j++)
        {
            double[] angles = [2 * Math.PI * samples[0, j] / 24, 2 * Math.PI * samples[1, j] / 0.1];
            double[] expected = [Math.Sin(angles[0]), Math.Cos(angles[0]), Math.Sin(angles[1]), Math.Cos(angles[1])];
            for (int i = 0; i < 4; i++)
            {
                encoded[i, j].Should().BeApproximately(expected[i], 2e-15);
            }
        }
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(3, 1, 0)]
    [InlineData(6, 0, -1)]
    [InlineData(9, -1, 0)]
    [InlineData(12, 0, 1)]
    [InlineData(-3, -1, 0)]
    [InlineData(1, 0.5, 0.8660254037844386)]
    [InlineData(2, 0.8660254037844386, 0.5)]
    public void Quarters_of_a_period_are_exact(double x, double sine, double cosine)
    {
        var encoding = new CyclicEncoding([12]);
        double tolerance = x % 3 == 0 ? 0 : 2e-16;
        encoding.Transform(Matrix<double>.Build.Dense(1, 1, x)).Column(0)
            .Should().Equal([sine, cosine], (value, expected) => Math.Abs(value - expected) <= tolerance);
        encoding.Transform(Matrix<float>.Build.Dense(1, 1, (float)x)).Column(0)
            .Should().Equal((float)sine, (float)cosine);
    }

    [Fact]
    public void The_last_value_lies_as_near_to_the_first_as_the_first_to_the_second()
    {
        Matrix<double> hours = new CyclicEncoding([24]).Transform(Matrix<double>.Build.Dense(1, 24, (_, j) => j));
        double step = (hours.Column(1) - hours.Column(0)).L2Norm();
        for (int j = 0; j < 24; j++)
        {
            (hours.Column((j + 1) % 24) - hours.Column(j)).L2Norm().Should().BeApproximately(step, 1e-15);
        }
    }

    [Theory]
    [InlineData(1_764_504_001, 86_400)] // seconds since 1970
    [InlineData(9_007_199_254_740_991, 24)] // the largest odd number
    [InlineData(1e15, 365.2425)]
    [InlineData(1e16, 0.1)]
    [InlineData(1e300, 7)]
    [InlineData(1e300, 1e-300)]
    [InlineData(double.MaxValue, double.Epsilon)]
    [InlineData(1, double.MaxValue)]
    [InlineData(1e-320, 3e-320)]
    public void Whole_periods_are_taken_off_without_rounding(double x, double period)
    {
        double angle = 2 * Math.PI * Turns(x, period);
        Matrix<double> samples = Matrix<double>.Build.Dense(1, 2, [x, -x]);
        Matrix<double> encoded = new CyclicEncoding([period]).Transform(samples);
        encoded[0, 0].Should().BeApproximately(Math.Sin(angle), 2e-15);
        encoded[1, 0].Should().BeApproximately(Math.Cos(angle), 2e-15);
        encoded[0, 1].Should().Be(-encoded[0, 0]);
        encoded[1, 1].Should().Be(encoded[1, 0]);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_becomes_NaN_and_leaves_the_other_columns_alone(double x)
    {
        var encoding = new CyclicEncoding([4, 12]);
        encoding.Transform(Matrix<double>.Build.Dense(2, 1, [x, 3])).Column(0)
            .Should().Equal(double.NaN, double.NaN, 1, 0);
        encoding.Transform(Matrix<float>.Build.Dense(2, 1, [1, (float)x])).Column(0)
            .Should().Equal(1, 0, float.NaN, float.NaN);
    }

    [Fact]
    public void A_float_is_calculated_in_double()
    {
        var encoding = new CyclicEncoding([0.1]);
        Matrix<float> samples = Matrix<float>.Build.Dense(1, 2, [16_777_215, -123.456f]);
        encoding.Transform(samples).Should().BeEquivalentTo(
            encoding.Transform(samples.Map(value => (double)value)).Map(value => (float)value));
    }

    [Fact]
    public void A_file_keeps_it()
    {
        var encoding = new CyclicEncoding([24, 365.2425, 1e-300]);
        var kinds = new ModelKinds();
        kinds.Describe(encoding).Should().Be("""CyclicEncoding {"periods":[24,365.2425,1E-300]}""");
        var again = (CyclicEncoding)kinds.Parse(KindRole.Transform, kinds.Describe(encoding));
        again.Periods.Should().Equal(encoding.Periods);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-24)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_period_that_is_none_is_refused(double period) =>
        FluentActions.Invoking(() => new CyclicEncoding([24, period]))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("periods")
            .WithMessage(
                FormattableString.Invariant(
                    $"periods of feature 1 must be a finite number above 0, but it is {period}.*"));

    [Fact]
    public void No_periods_are_refused()
    {
        FluentActions.Invoking(() => new CyclicEncoding([])).Should().Throw<ArgumentException>()
            .WithParameterName("periods").WithMessage("*must hold a number per feature, but it is empty.*");
        FluentActions.Invoking(() => new CyclicEncoding(null!)).Should().Throw<ArgumentNullException>()
            .WithParameterName("periods");
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var encoding = new CyclicEncoding([24, 7]);
        float[] input = new float[200];
        float[] output = new float[400];
        Allocations.WhenWarm(() => encoding.Transform(
            new ReadOnlyMatrixSpan<float>(input, 2, 100), new MatrixSpan<float>(output, 4, 100))).Should().Be(0);
    }

    // The part of a period after the whole ones, in whole numbers as large as it takes.
    private static double Turns(double x, double period)
    {
        BigInteger remainder = Units(x) % Units(period);
        return (double)((remainder << 60) / Units(period)) / (1L << 60);
    }

    // How often a positive number holds the smallest one.
    private static BigInteger Units(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52);
        long digits = bits & ((1L << 52) - 1);
        return exponent == 0 ? digits : new BigInteger(digits | (1L << 52)) << (exponent - 1);
    }
}
