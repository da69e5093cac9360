using NeuralNet.GradientChecks;

namespace NeuralNet.Tests.Backpropagation;

public sealed class NumericalDerivativeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    [InlineData(-1e-7)]
    public void A_tolerance_is_between_0_and_1(double tolerance) =>
        FluentActions.Invoking(() => new GradientCheckOptions { Tolerance = tolerance })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("The tolerance must be above 0 and below 1.*")
            .WithParameterName("Tolerance");

    [Fact]
    public void A_gradient_is_as_right_as_it_must_be()
    {
        // Off by one part in 2,000.
        var network = NeuralNet.Networks.Network.Create<double>(2, seed: 1).Dense(2).Build();
        var inputs = TestData.Uniform<double>(2, 3, seed: 2);
        GradientCheckReport Run(GradientCheckOptions options) =>
            GradientCheck.Run(network, new SlightlyWrong(), inputs, TestData.Uniform<double>(2, 3, seed: 3), options);
        Run(new() { Tolerance = 1e-2 }).Passed.Should().BeTrue();
        Run(new() { Tolerance = 1e-4 }).Passed.Should().BeFalse();
        Run(new()).Invoking(report => report.EnsurePassed())
            .Should().Throw<GradientCheckException>().WithMessage("The gradient check failed.*dense1.weights*");
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(3e-12)]
    [InlineData(1e-200)]
    public void Near_the_end_of_a_domain_the_step_is_scaled_to_the_number(double at)
    {
        // Every step but the last leads to a negative number, of which there is no logarithm.
        double x = at;
        var f = new WeightedSum([2], terms => terms[0] = Math.Log(x));
        NumericalDerivative derivative = NumericalDerivative.Compute(f, ref x, 1e-7);
        derivative.IsResolved.Should().BeTrue();
        (derivative.Value * at / 2).Should().BeApproximately(1, 1e-7);
        x.Should().Be(at);
    }

    [Fact]
    public void What_is_finite_nowhere_around_has_no_certain_derivative()
    {
        double x = 1e-9;
        var f = new WeightedSum([1], terms => terms[0] = x == 1e-9 ? 0 : double.PositiveInfinity);
        NumericalDerivative derivative = NumericalDerivative.Compute(f, ref x, 1e-7);
        (derivative.IsResolved, derivative.IsCertain).Should().Be((false, false));
    }

    [Fact]
    public void An_error_that_one_raises_says_what_it_was_given()
    {
        var inner = new FormatException("gone");
        new GradientCheckException().Message.Should().NotBeEmpty();
        new GradientCheckException("why").Message.Should().Be("why");
        new GradientCheckException("why", inner).InnerException.Should().BeSameAs(inner);
        new NeuralNet.Training.CheckpointMismatchException().Message.Should().NotBeEmpty();
        new NeuralNet.Training.CheckpointMismatchException("why").Message.Should().Be("why");
        new NeuralNet.Training.CheckpointMismatchException("why", inner).InnerException.Should().BeSameAs(inner);
        new NeuralNet.Training.TrainingDivergedException().Message
            .Should().Be("Training met a number that is not finite.");
        new NeuralNet.Training.TrainingDivergedException("why").Details.Should().BeNull();
        new NeuralNet.Training.TrainingDivergedException("why", inner).InnerException.Should().BeSameAs(inner);
    }

    /// <summary>The mean squared error, its gradient a little too long.</summary>
    private sealed class SlightlyWrong : NeuralNet.Losses.ILoss
    {
        private readonly NeuralNet.Losses.MeanSquaredError _right = new();

        public string Name => "slightly wrong";

        public NeuralNet.Losses.LossInput Input => _right.Input;

        public void Compute<T>(
            NeuralNet.LinearAlgebra.ReadOnlyMatrixSpan<T> outputs,
            NeuralNet.LinearAlgebra.ReadOnlyMatrixSpan<T> targets,
            Span<T> losses,
            NeuralNet.LinearAlgebra.MatrixSpan<T> gradient)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            _right.Compute(outputs, targets, losses, gradient);
            foreach (ref T value in gradient.Values)
            {
                value *= T.CreateChecked(1.0005);
            }
        }
    }
}
