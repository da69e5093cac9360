using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Convolutions;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Regularization;
using NeuralNet.Training;

namespace NeuralNet.Tests.Regularization;

public sealed class MaxNormTests
{
    [Fact]
    public void Rows_that_are_too_long_are_shortened_and_others_left_alone()
    {
        // Rows (3, 4), of length 5, and (0.6, 0.8), of length 1, with limit 2.5.
        double[] weights = [3, 0.6, 4, 0.8];
        new MaxNorm(2.5).Apply(new MatrixSpan<double>(weights, 2, 2));
        weights.Should().Equal(1.5, 0.6, 2, 0.8);
    }

    [Fact]
    public void Squares_of_large_floats_do_not_overflow()
    {
        float[] weights = [3e30f, 4e30f];
        new MaxNorm(5).Apply(new MatrixSpan<float>(weights, 1, 2));
        weights[0].Should().BeApproximately(3, 1e-5f);
        weights[1].Should().BeApproximately(4, 1e-5f);
    }

    [Fact]
    public void Of_a_convolution_it_limits_each_filter()
    {
        // Filters of 2 × 2 × 2 elements; the norm is over all of a filter, as with Keras's axis [0, 1, 2].
        Network<double> network = Network.Create<double>(new FeatureShape(4, 4, 2), seed: 1)
            .Convolution(3, kernelSize: 2, weightConstraint: new MaxNorm(2)).Dense(2).Build();
        var layer = (Convolution<double>)network.Layers[0];
        double[] scales = [0.25, 1, 10];
        layer.Weights.Set(Matrix<double>.Build.Dense(3, 8, (filter, _) => scales[filter]));
        new Trainer<double>(network, new MeanSquaredError(), new Sgd(1e-300)).Step(
            TestData.Uniform<double>(32, 3, seed: 2), TestData.Uniform<double>(2, 3, seed: 3));
        layer.Weights.Value.Row(0).Should().AllBeEquivalentTo(0.25);
        for (int filter = 1; filter < 3; filter++)
        {
            foreach (double weight in layer.Weights.Value.Row(filter))
            {
                weight.Should().BeApproximately(2 / Math.Sqrt(8), 1e-15);
            }
        }
    }

    [Fact]
    public void It_holds_after_every_training_step()
    {
        Network<double> network = Network.Create<double>(3, seed: 1).Dense(4, weightConstraint: new MaxNorm(0.5))
            .Dense(2).Build();
        var trainer = new Trainer<double>(network, new MeanSquaredError(), new Sgd(5));
        trainer.Step(TestData.Uniform<double>(3, 6, seed: 2), TestData.Uniform<double>(2, 6, seed: 3));
        network.Parameter("dense1.weights").Value.RowNorms(2)
            .Should().OnlyContain(norm => norm <= 0.5 + 1e-12).And.Contain(norm => norm > 0.49);
        network.Parameter("dense2.weights").Value.RowNorms(2).Should().Contain(norm => norm > 0.5);
    }
}
