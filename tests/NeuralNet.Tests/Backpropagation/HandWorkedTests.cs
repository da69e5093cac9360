using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Backpropagation;

/// <summary>A 2-2-1 network computed on paper.</summary>
/// <remarks>
/// <code>
/// x = (1, 2)
/// W1 = [ 0.5  0.25 ]   b1 = ( 0.1, −0.2 )     W2 = [ 2  −3 ]   b2 = 0.3     e = 1
///      [ −1   0.5  ]
///
/// z1 = ( 0.5·1 + 0.25·2 + 0.1,  −1·1 + 0.5·2 − 0.2 ) = ( 1.1, −0.2 )
///
/// ReLU:        a1 = ( 1.1, 0 )      o = 2·1.1 − 3·0       + 0.3 = 2.5    C = (2.5 − 1)² = 2.25    ∂C/∂o = 2·1.5 = 3
///              ∂C/∂W2 = 3·( 1.1, 0 ) = ( 3.3, 0 )         ∂C/∂b2 = 3
///              ∂C/∂a1 = 3·( 2, −3 ) = ( 6, −9 )           δ1 = ( 6·1, −9·0 ) = ( 6, 0 )
///              ∂C/∂W1 = [ 6  12 ; 0  0 ]                  ∂C/∂b1 = ( 6, 0 )
///              ∂C/∂x = W1ᵀδ1 = ( 0.5·6, 0.25·6 ) = ( 3, 1.5 )
///
/// Leaky, 0.1:  a1 = ( 1.1, −0.02 )  o = 2·1.1 + 3·0.02    + 0.3 = 2.56   C = 1.56² = 2.4336       ∂C/∂o = 3.12
///              ∂C/∂W2 = 3.12·( 1.1, −0.02 ) = ( 3.432, −0.0624 )          ∂C/∂b2 = 3.12
///              ∂C/∂a1 = 3.12·( 2, −3 ) = ( 6.24, −9.36 )  δ1 = ( 6.24, −0.936 )
///              ∂C/∂W1 = [ 6.24  12.48 ; −0.936  −1.872 ]  ∂C/∂b1 = ( 6.24, −0.936 )
///              ∂C/∂x = ( 0.5·6.24 + 1·0.936, 0.25·6.24 − 0.5·0.936 ) = ( 4.056, 1.092 )
/// </code>
/// </remarks>
public sealed class HandWorkedTests
{
    private static readonly Matrix<double> _x = Column(1, 2);
    private static readonly Matrix<double> _e = Column(1);

    [Fact]
    public void ReLU_network() =>
        Check(
            new ReLU(),
            loss: 2.25,
            dW1: [6, 0, 12, 0],
            db1: [6, 0],
            dW2: [3.3, 0],
            db2: [3],
            dx: [3, 1.5]);

    [Fact]
    public void Leaky_ReLU_network() =>
        Check(
            new LeakyReLU(0.1),
            loss: 2.4336,
            dW1: [6.24, -0.936, 12.48, -1.872],
            db1: [6.24, -0.936],
            dW2: [3.432, -0.0624],
            db2: [3.12],
            dx: [4.056, 1.092]);

    [Fact]
    public void The_loss_of_a_batch_is_the_mean_of_its_samples_losses()
    {
        // Targets 1 and 4 for the same x: (2.25 + 2.25) / 2; the gradients 3 and −3 cancel.
        Network<double> network = Build(new ReLU());
        Gradients<double> gradients = Gradients.For(network);
        double loss = new BackpropagationEngine<double>(network, new MeanSquaredError()).Compute(
            Matrix<double>.Build.DenseOfColumnArrays([1, 2], [1, 2]),
            Matrix<double>.Build.Dense(1, 2, [1, 4]),
            gradients);
        loss.Should().BeApproximately(2.25, 1e-15);
        gradients["dense2.biases"][0, 0].Should().BeApproximately(0, 1e-15);
        gradients["dense1.weights"].Enumerate().Should().OnlyContain(value => Math.Abs(value) < 1e-14);
    }

    private static void Check(
        IActivation activation, double loss, double[] dW1, double[] db1, double[] dW2, double[] db2, double[] dx)
    {
        Network<double> network = Build(activation);
        Gradients<double> gradients = Gradients.For(network);
        double[] inputGradient = new double[2];
        double value = new BackpropagationEngine<double>(network, new MeanSquaredError())
            .Compute(_x, _e, gradients, new MatrixSpan<double>(inputGradient, 2, 1));

        value.Should().BeApproximately(loss, 1e-15);
        AssertClose(gradients["dense1.weights"].AsColumnMajorArray(), dW1);
        AssertClose(gradients["dense1.biases"].AsColumnMajorArray(), db1);
        AssertClose(gradients["dense2.weights"].AsColumnMajorArray(), dW2);
        AssertClose(gradients["dense2.biases"].AsColumnMajorArray(), db2);
        AssertClose(inputGradient, dx);
    }

    private static Network<double> Build(IActivation activation)
    {
        Network<double> network = Network.Create<double>(2, seed: 1).Dense(2, activation).Dense(1).Build();
        var first = (Dense<double>)network.Layers[0];
        var second = (Dense<double>)network.Layers[1];
        first.Weights.Set(Matrix<double>.Build.DenseOfArray(new[,] { { 0.5, 0.25 }, { -1, 0.5 } }));
        first.Biases!.Set(Vector<double>.Build.Dense([0.1, -0.2]));
        second.Weights.Set(Matrix<double>.Build.DenseOfArray(new double[,] { { 2, -3 } }));
        second.Biases!.Set(Vector<double>.Build.Dense([0.3]));
        return network;
    }

    private static Matrix<double> Column(params double[] values) =>
        Matrix<double>.Build.Dense(values.Length, 1, values);

    private static void AssertClose(double[] actual, double[] expected)
    {
        actual.Should().HaveSameCount(expected);
        actual.Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-14);
    }
}
