using System.Numerics;
using MathNet.Numerics;
using NeuralNet.Kernels;

namespace NeuralNet.Tests.Kernels;

/// <summary>The functions of vectors against the scalar ones of the runtime and of MathNet.</summary>
public sealed class VectorMathTests
{
    [Fact]
    public void Exp_is_exact_to_two_units_in_the_last_place()
    {
        for (int i = -80_000; i <= 6_400; i++)
        {
            double x = i * 0.0099987;
            Exp(x).Should().BeInRange(Math.Exp(x) - (2 * Unit(Math.Exp(x))), Math.Exp(x) + (2 * Unit(Math.Exp(x))));
            float y = i * 0.0014f;
            double exact = Math.Exp(y);
            double unit = Math.Max(float.Epsilon, Math.Exp(y) / (1 << 23));
            ((double)Exp(y)).Should().BeInRange(exact - (2 * unit), exact + (2 * unit));
        }
    }

    [Fact]
    public void Exp_has_its_limits()
    {
        Exp(0.0).Should().Be(1);
        Exp(0f).Should().Be(1);
        Exp(double.NegativeInfinity).Should().Be(0);
        Exp(float.NegativeInfinity).Should().Be(0);
        Exp(double.NaN).Should().Be(double.NaN);
        Exp(float.NaN).Should().Be(float.NaN);
    }

    // expm1 and log1p are each other's inverse, and their condition on these intervals is at most 1 in one direction.
    [Fact]
    public void Expm1_and_log1p_keep_the_digits_of_small_numbers()
    {
        for (double x = 1e-300; x <= Math.Log(2); x *= 1.37)
        {
            // 1 − e⁻ˣ = y, so log(1 + y/(1 − y)) = x.
            double y = -VectorMath.Expm1(new Vector<double>(-x))[0];
            double back = VectorMath.Log1p(new Vector<double>(y / (1 - y)))[0];
            (back / x).Should().BeApproximately(1, 2e-15);
        }

        foreach (double x in new[] { 1e-5, 1e-10, 1e-15, 1e-300 })
        {
            double series = x - (x * x / 2) + (x * x * x / 6);
            (-VectorMath.Expm1(new Vector<double>(-x))[0] / series).Should().BeApproximately(1, 4e-16);
        }

        VectorMath.Log1p(new Vector<double>(1.0))[0].Should().BeApproximately(Math.Log(2), 2.3e-16);
        VectorMath.Log1p(new Vector<double>(0.0))[0].Should().Be(0);
        VectorMath.Expm1(new Vector<double>(double.NegativeInfinity))[0].Should().Be(-1);
        VectorMath.Expm1(new Vector<double>(0.0))[0].Should().Be(0);
    }

    [Fact]
    public void The_normal_distribution_is_that_of_MathNet()
    {
        for (double z = -37; z <= 37; z += 0.013)
        {
            (Vector<double> distribution, Vector<double> density) = NormalDistribution.Evaluate(new Vector<double>(z));
            double expected = SpecialFunctions.Erfc(-z / Constants.Sqrt2) / 2;

            // √2, z/√2 and its square are rounded in the expectation, which costs it up to 5z²/2 half units.
            double tolerance = (8 + (2.5 * z * z)) * 1.12e-16;
            (distribution[0] / expected).Should().BeApproximately(1, tolerance);
            (density[0] / MathNet.Numerics.Distributions.Normal.PDF(0, 1, z)).Should().BeApproximately(1, tolerance);
        }
    }

    private static double Unit(double value) => Math.BitIncrement(value) - value;

    private static T Exp<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => VectorMath.Exp(new Vector<T>(x))[0];
}
