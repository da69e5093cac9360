using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Datasets;
using NeuralNet.Preprocessing;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The autoencoder of the guide gives again most of what it gets.</summary>
public sealed class AutoencodingTests
{
    [Fact]
    public void Two_numbers_say_more_than_half_of_thirteen()
    {
        DataSet<float> wines = Wine.Load().Data;
        (Matrix<float> points, double loss) =
            Autoencoding.Learn(wines.TransformInputs(Standardization.Fit(wines.Inputs)));
        (points.RowCount, points.ColumnCount).Should().Be((2, wines.Count));
        loss.Should().BeLessThan(0.5, "the variance of each feature is 1");
    }

    [Fact]
    public void A_data_set_of_the_numbers_of_another_is_a_copy()
    {
        Matrix<float> inputs = Matrix<float>.Build.Dense(2, 3, 1);
        var first = new DataSet<float>(inputs, inputs);
        var second = new DataSet<float>(first.Inputs, first.Targets);
        inputs[0, 0] = 7;
        second.Inputs[0, 0].Should().Be(1);
        FluentActions.Invoking(() => new DataSet<float>(
                new DataSet<float>(inputs, inputs).Inputs, Matrix<float>.Build.Dense(1, 2)))
            .Should().Throw<ArgumentException>().WithMessage("There are 3 inputs but 2 targets*");
    }
}
