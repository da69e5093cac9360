using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Regularization;
using NeuralNet.Training;

namespace NeuralNet.Tests.Regularization;

public sealed class ConstraintTests
{
    [Fact]
    public void Rows_get_the_norm_1_and_one_of_zeros_stays()
    {
        // Rows (3, 4), (0, 0) and (−0.5, 0).
        double[] weights = [3, 0, -0.5, 4, 0, 0];
        new UnitNorm().Apply(new MatrixSpan<double>(weights, 3, 2));
        double[] expected = [0.6, 0, -1, 0.8, 0, 0];
        weights.Should().Equal(expected, (actual, wanted) => Math.Abs(actual - wanted) < 1e-15);
        float[] large = [3e30f, 4e30f];
        new UnitNorm().Apply(new MatrixSpan<float>(large, 1, 2));
        large[0].Should().BeApproximately(0.6f, 1e-6f);
    }

    [Fact]
    public void Negative_weights_become_0_and_NaN_stays_to_be_seen()
    {
        double[] weights = [-1, 0, 2, double.NaN, -1e-300];
        new NonNegative().Apply(new MatrixSpan<double>(weights, 5, 1));
        weights.Should().Equal(0, 0, 2, double.NaN, 0);
    }

    [Fact]
    public void They_hold_after_every_training_step()
    {
        Network<double> network = Network.Create<double>(3, seed: 1)
            .Dense(4, weightConstraint: new UnitNorm()).Dense(5, weightConstraint: new NonNegative()).Dense(2).Build();
        var trainer = new Trainer<double>(network, new MeanSquaredError(), new Sgd(0.5));
        for (int step = 0; step < 5; step++)
        {
            trainer.Step(TestData.Uniform<double>(3, 6, seed: step), TestData.Uniform<double>(2, 6, seed: 9));
            network.Parameter("dense1.weights").Value.RowNorms(2)
                .Should().OnlyContain(norm => Math.Abs(norm - 1) < 1e-15);
            network.Parameter("dense2.weights").Value.Enumerate().Should().OnlyContain(weight => weight >= 0)
                .And.Contain(weight => weight > 0);
        }
    }
}
