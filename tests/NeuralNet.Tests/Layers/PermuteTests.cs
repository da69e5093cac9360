using MathNet.Numerics.LinearAlgebra;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Layers;

/// <summary>The order of axes, element by element.</summary>
public sealed class PermuteTests
{
    private static readonly int[] _sizes = [3, 4, 1, 5, 2];

    [Theory]
    [InlineData(0)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 2, 0)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 3, 0, 2)]
    [InlineData(3, 1, 4, 0, 2)]
    public void Each_element_goes_to_where_its_places_along_the_axes_say(params int[] axes)
    {
        int[] sizes = [.. _sizes.Take(axes.Length)];
        var layer = new Permute<double>(new FeatureShape(sizes), axes);
        int[] after = [.. axes.Select(axis => sizes[axis])];
        layer.OutputShape.Dimensions.Should().Equal(after);
        Matrix<double> inputs = TestData.Uniform<double>(layer.InputShape.Size, 2, seed: 1);

        Matrix<double> outputs = Network.Create<double>(layer.InputShape, seed: 1).Add(layer).Build().Predict(inputs);

        for (int i = 0; i < outputs.RowCount; i++)
        {
            int[] places = new int[axes.Length];
            int rest = i;
            for (int k = axes.Length - 1; k >= 0; k--)
            {
                (rest, places[axes[k]]) = int.DivRem(rest, after[k]);
            }

            int from = places.Zip(sizes).Aggregate(0, (row, axis) => (row * axis.Second) + axis.First);
            outputs.Row(i).Should().Equal(inputs.Row(from));
        }
    }

    [Fact]
    public void The_gradient_is_the_inverse_order() =>
        GradientCheck.Run(
            new Permute<double>(new FeatureShape(2, 3, 4), 1, 2, 0), TestData.Uniform<double>(24, 3, seed: 2))
            .Comparisons.Should().OnlyContain(c => c.WorstRelativeError <= 1e-7);

    [Theory]
    [InlineData]
    [InlineData(0, 1)]
    [InlineData(0, 1, 1)]
    [InlineData(1, 2, 3)]
    [InlineData(0, 1, -1)]
    [InlineData(0, 1, 2, 3)]
    public void Axes_that_are_no_order_of_the_inputs_are_refused(params int[] axes) =>
        FluentActions.Invoking(() => Network.Create<float>(new FeatureShape(2, 3, 4), seed: 1).Permute(axes))
            .Should().Throw<ArgumentException>()
            .WithMessage($"*each of the 3 axes of an input of 2 × 3 × 4 once*[{string.Join(", ", axes)}]*");
}
