using System.Numerics;
using NeuralNet.Activations;

namespace NeuralNet.Tests.Activations;

/// <summary>Properties of every activation.</summary>
public sealed class ActivationTests
{
    public static TheoryData<IActivation> All { get; } = new(Catalogue.Activations);

    public static TheoryData<IActivation> Elementwise { get; } = new(Catalogue.Elementwise);

    [Fact]
    public void The_catalogue_is_complete() =>
        Catalogue.All.Select(activation => activation.GetType()).Distinct()
            .Should().BeEquivalentTo(
                typeof(IActivation).Assembly.GetTypes()
                    .Where(type => type.IsAssignableTo(typeof(IActivation)) && !type.IsAbstract));

    [Theory]
    [MemberData(nameof(All))]
    public void An_activation_is_called_as_its_type(IActivation activation) =>
        activation.Name.Should().Be(activation.GetType().Name);

    [Theory]
    [MemberData(nameof(All))]
    public void What_an_activation_gives_is_what_it_says(IActivation activation)
    {
        double[] a = Apply.Forward(activation, [-1e4, -20, -3, -0.5, 0, 0.5, 3, 20, 1e4]);
        switch (activation.OutputKind)
        {
            case OutputKind.Probability:
                a.Should().OnlyContain(x => x >= 0 && x <= 1);
                break;
            case OutputKind.LogProbability:
                a.Should().OnlyContain(x => x <= 0);
                break;
            case OutputKind.Distribution:
                a.Should().OnlyContain(x => x >= 0 && x <= 1);
                a.Sum().Should().BeApproximately(1, 1e-12);
                break;
            case OutputKind.LogDistribution:
                a.Should().OnlyContain(x => x <= 0);
                a.Sum(Math.Exp).Should().BeApproximately(1, 1e-12);
                break;
            default:
                a.Should().Contain(x => x > 0).And.Contain(x => x < 0 || x > 1);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_becomes_NaN_or_infinite_at_large_inputs(IActivation activation)
    {
        AssertFinite<float>(activation);
        AssertFinite<double>(activation);
    }

    [Theory]
    [MemberData(nameof(Elementwise))]
    public void Nothing_becomes_NaN_at_the_ends_of_the_numbers(IActivation activation)
    {
        AssertNumbers<float>(activation);
        AssertNumbers<double>(activation);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Forward_and_backward_may_work_in_place(IActivation activation)
    {
        double[] z = TestData.Uniform<double>(7, 5, seed: 3, from: -5, to: 5).AsColumnMajorArray();
        double[] apart = Apply.Forward(activation, z, columns: 5);
        double[] inPlace = (double[])z.Clone();
        activation.Forward<double>(new(inPlace, 7, 5), new(inPlace, 7, 5));
        inPlace.Should().Equal(apart);

        double[] gradient = TestData.Uniform<double>(7, 5, seed: 4).AsColumnMajorArray();
        double[] delta = Apply.Backward(activation, z, gradient, columns: 5);
        activation.Backward<double>(new(z, 7, 5), new(apart, 7, 5), new(gradient, 7, 5), new(gradient, 7, 5));
        gradient.Should().Equal(delta);
    }

    [Theory]
    [MemberData(nameof(Elementwise))]
    public void An_element_does_not_depend_on_its_place(IActivation activation)
    {
        AssertElementByElement<float>(activation);
        AssertElementByElement<double>(activation);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_sample_does_not_depend_on_its_batch(IActivation activation)
    {
        for (int rows = 1; rows <= 40; rows++)
        {
            double[] z = TestData.Uniform<double>(rows, 3, seed: rows, from: -5, to: 5).AsColumnMajorArray();
            double[] gradient = TestData.Uniform<double>(rows, 3, seed: 50 + rows).AsColumnMajorArray();
            double[] a = Apply.Forward(activation, z, columns: 3);
            double[] delta = Apply.Backward(activation, z, gradient, columns: 3);
            for (int j = 0; j < 3; j++)
            {
                Range sample = (j * rows)..((j + 1) * rows);
                Apply.Forward(activation, z[sample]).Should().Equal(a[sample]);
                Apply.Backward(activation, z[sample], gradient[sample]).Should().Equal(delta[sample]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void NaN_is_handed_on_not_hidden(IActivation activation)
    {
        for (int length = 1; length <= 20; length++)
        {
            double[] z = new double[length];
            float[] single = new float[length];
            z[length / 2] = double.NaN;
            single[length / 2] = float.NaN;
            Apply.Forward(activation, z)[length / 2].Should().Be(double.NaN);
            Apply.Forward(activation, single)[length / 2].Should().Be(float.NaN);
        }
    }

    [Theory]
    [MemberData(nameof(Elementwise))]
    public void Matrices_of_different_shapes_are_refused(IActivation activation)
    {
        double[] four = new double[4];
        FluentActions.Invoking(() => activation.Forward<double>(new(four, 2, 2), new(four, 4, 1)))
            .Should().Throw<ArgumentException>()
            .WithMessage($"{activation.Name}: z must have the result's shape, 4 × 1, but is 2 × 2*");
        FluentActions.Invoking(() => activation.Backward<double>(default, default, new(four, 2, 2), new(four, 2, 2)))
            .Should().Throw<ArgumentException>()
            .WithParameterName(activation.BackwardReadsInput ? "z" : "a");
        FluentActions.Invoking(() => activation.Backward<double>(
                new(four, 2, 2), new(four, 2, 2), new(four, 4, 1), new(four, 2, 2)))
            .Should().Throw<ArgumentException>().WithParameterName("outputGradient");
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void A_slope_out_of_range_is_refused(double slope) =>
        FluentActions.Invoking(() => new LeakyReLU(slope)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("slope must be at least 0 and below 1*");

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_alpha_or_beta_that_is_not_positive_is_refused(double value)
    {
        FluentActions.Invoking(() => new ELU(value))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("alpha must be*");
        FluentActions.Invoking(() => new CELU(value))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("alpha must be*");
        FluentActions.Invoking(() => new Softplus(value))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("beta must be*");
    }

    [Theory]
    [InlineData(double.NegativeInfinity, 1, "min")]
    [InlineData(0, double.NaN, "max")]
    [InlineData(1, 1, "min")]
    [InlineData(2, 1, "min")]
    public void Bounds_that_leave_no_room_between_them_are_refused(double min, double max, string name) =>
        FluentActions.Invoking(() => new HardTanh(min, max))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name);

    private static void AssertFinite<T>(IActivation activation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] z = new[] { -1e4, -100, -1e-8, 0, 1e-8, 100, 1e4 }.Select(T.CreateChecked).ToArray();
        Apply.Forward(activation, z).All(T.IsFinite).Should().BeTrue();
        Apply.Derivative(activation, z).All(T.IsFinite).Should().BeTrue();
    }

    private static void AssertNumbers<T>(IActivation activation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T most = typeof(T) == typeof(float) ? T.CreateChecked(float.MaxValue) : T.CreateChecked(double.MaxValue);
        T[] z = [T.NegativeInfinity, -most, -T.Epsilon, T.NegativeZero, T.Epsilon, most, T.PositiveInfinity];
        Apply.Forward(activation, z).Any(T.IsNaN).Should().BeFalse();
        Apply.Derivative(activation, z).All(T.IsFinite).Should().BeTrue();
    }

    private static void AssertElementByElement<T>(IActivation activation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int length = 0; length <= 40; length++)
        {
            T[] z = TestData.Uniform<T>(41, 1, seed: length, from: -8, to: 8).AsColumnMajorArray()[..length];
            T[] a = new T[length];
            T[] delta = new T[length];
            activation.Forward<T>(new(z, length, 1), new(a, length, 1));
            activation.Backward<T>(new(z, length, 1), new(a, length, 1), new(z, length, 1), new(delta, length, 1));
            for (int i = 0; i < length; i++)
            {
                a[i].Should().Be(Apply.Forward(activation, [z[i]])[0]);
                delta[i].Should().Be(Apply.Backward(activation, [z[i]], [z[i]])[0]);
            }
        }
    }
}
