using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.GradientChecks;

namespace Consumers.Layers;

public sealed class QuadraticTests
{
    private readonly Matrix<double> _inputs = Matrix<double>.Build.Random(4, 6, seed: 1);

    [Fact]
    public void The_layer_is_right() => GradientCheck.Run(new Quadratic(4), _inputs).EnsurePassed();

    [Fact]
    public void A_wrong_factor_is_found()
    {
        GradientCheckException found = Assert.Throws<GradientCheckException>(
            () => GradientCheck.Run(new Quadratic(4, factor: 1), _inputs).EnsurePassed());
        Assert.Contains("input", found.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_network_with_it_is_right()
    {
        Network<double> network = Network.Create<double>(4, seed: 3)
            .Dense(5, new Tanh())
            .Add(new Quadratic(5))
            .Dense(2)
            .Build();
        Matrix<double> targets = Matrix<double>.Build.Random(2, 6, seed: 2);
        GradientCheck.Run(network, new MeanSquaredError(), _inputs, targets).EnsurePassed();
    }
}
