using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.GradientChecks;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Activations;

/// <summary>Functions of what a layer computes: values, derivatives and the edges of where they are defined.</summary>
public sealed class FunctionTests
{
    /// <summary>The function, z, σ(z), σ'(z).</summary>
    public static TheoryData<IActivation, double, double, double> Values { get; } = new()
    {
        { new AbsoluteValue(), -3, 3, -1 },
        { new AbsoluteValue(), 0, 0, 0 },
        { new AbsoluteValue(), 2, 2, 1 },
        { new Exponential(), 0, 1, 1 },
        { new Exponential(), -2, Math.Exp(-2), Math.Exp(-2) },
        { new Exponential(), 100, Math.Exp(100), Math.Exp(100) },
        { new Logarithm(), 1, 0, 1 },
        { new Logarithm(), 0.25, Math.Log(0.25), 4 },
        { new Logarithm(), 0, double.NegativeInfinity, double.PositiveInfinity },
        { new Logarithm(), -1, double.NaN, -1 },
        { new SquareRoot(), 4, 2, 0.25 },
        { new SquareRoot(), 0, 0, double.PositiveInfinity },
        { new SquareRoot(), -1, double.NaN, double.NaN },
        { new Square(), -3, 9, -6 },
        { new Square(), 0, 0, 0 },
        { new Reciprocal(), 4, 0.25, -0.0625 },
        { new Reciprocal(), -0.5, -2, -4 },
        { new SquaredReLU(), -3, 0, 0 },
        { new SquaredReLU(), 0, 0, 0 },
        { new SquaredReLU(), 3, 9, 6 },
        { new ThresholdedReLU(), 1, 0, 0 },
        { new ThresholdedReLU(), 1.5, 1.5, 1 },
        { new ThresholdedReLU(-0.5), -0.25, -0.25, 1 },
        { new ThresholdedReLU(-0.5), -0.5, 0, 0 },
    };

    public static TheoryData<IActivation> Functions { get; } = new(Catalogue.Functions);

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_and_derivatives_are_those_of_the_function(
        IActivation function, double z, double value, double derivative)
    {
        // A value beside it, so that the place in a vector is no matter.
        double[] a = Apply.Forward(function, [1, z]);
        AssertClose(a[1], value, 1e-14);
        AssertClose(Apply.Derivative(function, 1.0, z)[1], derivative, 1e-14);
        AssertClose(Apply.Forward(function, [(float)z])[0], value, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void NaN_is_handed_on(IActivation function)
    {
        for (int length = 1; length <= 20; length++)
        {
            double[] z = [.. Enumerable.Repeat(1.0, length)];
            z[length / 2] = double.NaN;
            Apply.Forward(function, z).Should().ContainSingle(a => double.IsNaN(a));
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void An_element_does_not_depend_on_its_place(IActivation function)
    {
        double[] z = [.. Enumerable.Range(1, 37).Select(i => 0.13 * i)];
        double[] together = Apply.Forward(function, z);
        for (int i = 0; i < z.Length; i++)
        {
            Apply.Forward(function, [z[i]])[0].Should().Be(together[i]);
        }
    }

    // Behind a softplus all are above 0, where each function is smooth but at the threshold.
    [Theory]
    [MemberData(nameof(Functions))]
    public void Its_gradient_is_proven_by_finite_differences(IActivation function)
    {
        Network<double> network = Network.Create<double>(3, seed: 7)
            .Dense(5, new Softplus()).Activation(function).Dense(2).Build();
        GradientCheck.Run(
            network,
            new MeanSquaredError(),
            TestData.Uniform<double>(3, 4, seed: 1),
            TestData.Uniform<double>(2, 4, seed: 2))
            .EnsurePassed();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_threshold_that_is_not_finite_is_refused(double threshold) =>
        FluentActions.Invoking(() => new ThresholdedReLU(threshold)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("threshold must be*");

    private static void AssertClose<T>(T actual, double expected, double tolerance)
        where T : INumber<T>
    {
        double value = double.CreateChecked(actual);
        bool isClose = value.Equals(expected) || Math.Abs(value - expected) <= tolerance * Math.Abs(expected)
            || (double.IsInfinity(value) && expected > float.MaxValue);
        isClose.Should().BeTrue($"{value:R} should be {expected:R}");
    }
}
