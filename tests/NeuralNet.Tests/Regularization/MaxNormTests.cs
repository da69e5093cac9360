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
