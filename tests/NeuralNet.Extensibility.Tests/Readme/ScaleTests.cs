using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Extensibility.Tests.Readme;

public sealed class ScaleTests
{
    [Fact]
    public void Gradients_are_right()
    {
        Network<double> network = Network.Create<double>(3, seed: 1)
            .Dense(4, new SquaredReLU())
            .Add(size => new Scale(size))
            .Dense(2)
            .Build();
        Matrix<double> inputs = Matrix<double>.Build.Random(3, 5);
        Matrix<double> targets = Matrix<double>.Build.Random(2, 5);
        GradientCheck.Run(network, new MeanSquaredError(), inputs, targets).EnsurePassed();
    }
}
