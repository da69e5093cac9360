using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Layers;

public sealed class PReLUTests
{
    [Fact]
    public void Negative_inputs_are_multiplied_by_the_slope()
    {
        Network<double> network = Network.Create<double>(3, seed: 1).PReLU().Build();
        network.Predict(Vector<double>.Build.Dense([-4, 0, 2])).Should().Equal(-1, 0, 2);

        Network<double> each = Network.Create<double>(3, seed: 1).PReLU(slopePerFeature: true).Build();
        ((PReLU<double>)each.Layers[0]).Slopes.Set(Vector<double>.Build.Dense([0.5, 1, 2]));
        each.Predict(Vector<double>.Build.Dense([-4, -4, -4])).Should().Equal(-2, -4, -8);
    }

    [Fact]
    public void The_gradient_of_the_slope_is_the_sum_over_the_negative_inputs()
    {
        // Outputs (−1, 2) for inputs (−4, 2), targets 0, one sample: ∂L/∂a = 2/2·a = (−1, 2); ∂L/∂s = −1·−4 = 4.
        Network<double> network = Network.Create<double>(2, seed: 1).PReLU().Build();
        Gradients<double> gradients = Gradients.For(network);
        double[] inputGradient = new double[2];
        new BackpropagationEngine<double>(network, new MeanSquaredError()).Compute(
            Matrix<double>.Build.Dense(2, 1, [-4, 2]),
            Matrix<double>.Build.Dense(2, 1),
            gradients,
            new MatrixSpan<double>(inputGradient, 2, 1));
        gradients["prelu1.slopes"][0, 0].Should().Be(4);
        inputGradient.Should().Equal(-0.25, 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_are_right(bool slopePerFeature)
    {
        Network<double> network = Network.Create<double>(4, seed: 1).PReLU(0.1, slopePerFeature).Dense(6)
            .PReLU(-0.3, slopePerFeature).Dense(2).Build();
        GradientCheck.Run(
            network,
            new MeanSquaredError(),
            TestData.Uniform<double>(4, 5, seed: 2),
            TestData.Uniform<double>(2, 5, seed: 3)).EnsurePassed();
    }
}
