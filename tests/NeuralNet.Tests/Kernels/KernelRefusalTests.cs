using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Tests.Kernels;

/// <summary>The loops work on raw memory, so they must refuse lengths that do not fit.</summary>
public sealed class KernelRefusalTests
{
    [Fact]
    public void Sums_have_room_for_every_row() =>
        FluentActions.Invoking(
            () => Columns.Sum(new ReadOnlyMatrixSpan<double>(new double[6], 3, 2), new double[2], new ForkJoin(1)))
            .Should().Throw<ArgumentException>().WithMessage("There are 3 rows, but room for 2 sums.");

    [Fact]
    public void Operands_are_of_one_length()
    {
        FluentActions.Invoking(() => Elementwise.Map<double, Sum>(new double[9], new double[8], default))
            .Should().Throw<ArgumentException>().WithMessage("*of one length, but there are 9 and 8.");
        FluentActions.Invoking(() => Elementwise.Map<double, Sum>(new double[9], new double[8], new double[9], default))
            .Should().Throw<ArgumentException>().WithMessage("*of one length, but there are 8 and 9.");
    }

    [Theory]
    [InlineData(8, 9, 9)]
    [InlineData(9, 8, 9)]
    [InlineData(9, 9, 8)]
    public void Outputs_targets_values_and_derivatives_are_of_one_length(int targets, int values, int derivatives) =>
        FluentActions.Invoking(() => LossLoop.Run<double, Sum>(
                new double[9], new double[targets], new double[values], new double[derivatives], default))
            .Should().Throw<ArgumentException>().WithMessage("*of one length, but there are 9 and 8.");

    private readonly struct Sum : IUnaryOperator<double>, IBinaryOperator<double>, ILossFormula<double>
    {
        public Vector<double> Invoke(Vector<double> x) => x;

        public Vector<double> Invoke(Vector<double> x, Vector<double> y) => x + y;

        public Vector<double> Invoke(Vector<double> output, Vector<double> target, out Vector<double> derivative)
        {
            derivative = output;
            return output + target;
        }
    }
}
