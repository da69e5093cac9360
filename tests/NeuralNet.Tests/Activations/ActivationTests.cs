using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Tests.Activations;

public sealed class ActivationTests
{
    public static TheoryData<IActivation> All { get; } =
        new(new Identity(), new ReLU(), new LeakyReLU(0.1), new Sigmoid(), new Tanh(), new Softmax());

    [Theory]
    [InlineData(-2.0, 0.0)]
    [InlineData(0.0, 0.0)]
    [InlineData(3.0, 3.0)]
    public void ReLU_is_the_larger_of_zero_and_z(double z, double a) => Forward(new ReLU(), z)[0].Should().Be(a);

    [Theory]
    [InlineData(-2.0, 0.0)]
    [InlineData(0.0, 0.0)]
    [InlineData(3.0, 1.0)]
    public void The_derivative_of_ReLU_is_1_above_zero_and_else_0(double z, double derivative) =>
        Backward(new ReLU(), [z], [1.0])[0].Should().Be(derivative);

    [Theory]
    [InlineData(-2.0, -0.2)]
    [InlineData(0.0, 0.0)]
    [InlineData(3.0, 3.0)]
    public void Leaky_ReLU_is_z_above_zero_and_else_the_slope_times_z(double z, double a) =>
        Forward(new LeakyReLU(0.1), z)[0].Should().Be(a);

    [Theory]
    [InlineData(-2.0, 0.1)]
    [InlineData(0.0, 0.1)]
    [InlineData(3.0, 1.0)]
    public void The_derivative_of_leaky_ReLU_is_1_above_zero_and_else_the_slope(double z, double derivative) =>
        Backward(new LeakyReLU(0.1), [z], [1.0])[0].Should().Be(derivative);

    [Fact]
    public void Sigmoid_and_tanh_have_their_known_values()
    {
        Forward(new Sigmoid(), 0.0)[0].Should().Be(0.5);
        Forward(new Sigmoid(), Math.Log(3))[0].Should().BeApproximately(0.75, 1e-15);
        Forward(new Tanh(), Math.Log(2))[0].Should().BeApproximately(0.6, 1e-15);
        Backward(new Sigmoid(), [Math.Log(3)], [1.0])[0].Should().BeApproximately(0.75 * 0.25, 1e-15);
        Backward(new Tanh(), [Math.Log(2)], [1.0])[0].Should().BeApproximately(1 - 0.36, 1e-15);
    }

    [Fact]
    public void Softmax_is_the_share_of_each_exponential_within_its_sample()
    {
        // Two samples: e^z = (1, 3) and (2, 2).
        double[] a = Forward(new Softmax(), rows: 2, 0.0, Math.Log(3), Math.Log(2), Math.Log(2));
        a.Should().BeEquivalentTo(
            [0.25, 0.75, 0.5, 0.5], options => options.WithStrictOrdering().Using<double>(Close).WhenTypeIs<double>());
    }

    [Fact]
    public void The_backward_pass_of_softmax_is_its_Jacobian_product()
    {
        // a = (1/4, 3/4); J = diag(a) − a·aᵀ = [3/16, −3/16; −3/16, 3/16]; J·(1, 0) = (3/16, −3/16).
        double[] dz = Backward(new Softmax(), [0.0, Math.Log(3)], [1.0, 0.0], rows: 2);
        dz[0].Should().BeApproximately(3.0 / 16, 1e-15);
        dz[1].Should().BeApproximately(-3.0 / 16, 1e-15);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_becomes_NaN_at_large_inputs(IActivation activation)
    {
        AssertFinite<float>(activation);
        AssertFinite<double>(activation);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Forward_and_backward_may_work_in_place(IActivation activation)
    {
        double[] z = TestData.Uniform<double>(7, 5, seed: 3).AsColumnMajorArray();
        double[] apart = new double[z.Length];
        activation.Forward<double>(new(z, 7, 5), new(apart, 7, 5));

        double[] inPlace = (double[])z.Clone();
        activation.Forward<double>(new(inPlace, 7, 5), new(inPlace, 7, 5));
        inPlace.Should().Equal(apart);

        double[] gradient = TestData.Uniform<double>(7, 5, seed: 4).AsColumnMajorArray();
        double[] delta = new double[z.Length];
        activation.Backward<double>(new(z, 7, 5), new(apart, 7, 5), new(gradient, 7, 5), new(delta, 7, 5));
        activation.Backward<double>(new(z, 7, 5), new(apart, 7, 5), new(gradient, 7, 5), new(gradient, 7, 5));
        gradient.Should().Equal(delta);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void A_slope_out_of_range_is_refused(double slope) =>
        FluentActions.Invoking(() => new LeakyReLU(slope)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("slope must be at least 0 and below 1*");

    [Fact]
    public void NaN_is_handed_on_not_hidden()
    {
        foreach (IActivation activation in new IActivation[] { new Identity(), new ReLU(), new LeakyReLU(), new Sigmoid(), new Tanh() })
        {
            Forward(activation, double.NaN)[0].Should().Be(double.NaN, activation.Name);
        }
    }

    private static void AssertFinite<T>(IActivation activation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] z = new[] { -1e4, -100, -1e-8, 0, 1e-8, 100, 1e4 }.Select(T.CreateChecked).ToArray();
        T[] a = new T[z.Length];
        T[] delta = Enumerable.Repeat(T.One, z.Length).ToArray();
        activation.Forward<T>(new(z, z.Length, 1), new(a, z.Length, 1));
        activation.Backward<T>(new(z, z.Length, 1), new(a, z.Length, 1), new(delta, z.Length, 1), new(delta, z.Length, 1));
        Array.TrueForAll(a, T.IsFinite).Should().BeTrue();
        Array.TrueForAll(delta, T.IsFinite).Should().BeTrue();
    }

    private static void Close(FluentAssertions.Equivalency.IAssertionContext<double> context) =>
        context.Subject.Should().BeApproximately(context.Expectation, 1e-15);

    private static double[] Forward(IActivation activation, params double[] z) => Forward(activation, z.Length, z);

    private static double[] Forward(IActivation activation, int rows, params double[] z)
    {
        double[] a = new double[z.Length];
        activation.Forward<double>(new(z, rows, z.Length / rows), new(a, rows, z.Length / rows));
        return a;
    }

    private static double[] Backward(IActivation activation, double[] z, double[] outputGradient, int rows = 1)
    {
        double[] a = Forward(activation, rows, z);
        double[] delta = new double[z.Length];
        var shape = (rows, columns: z.Length / rows);
        activation.Backward(
            new ReadOnlyMatrixSpan<double>(z, shape.rows, shape.columns),
            new ReadOnlyMatrixSpan<double>(a, shape.rows, shape.columns),
            new ReadOnlyMatrixSpan<double>(outputGradient, shape.rows, shape.columns),
            new MatrixSpan<double>(delta, shape.rows, shape.columns));
        return delta;
    }
}
