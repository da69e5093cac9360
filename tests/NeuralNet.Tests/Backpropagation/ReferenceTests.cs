using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Backpropagation;

/// <summary>The engine against the equations written with plain MathNet operators.</summary>
public sealed class ReferenceTests
{
    public static TheoryData<int> Seeds { get; } = new(Enumerable.Range(1, 60));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Losses_and_gradients_of_random_networks_agree_to_1e12(int seed)
    {
        var random = new Random(seed);
        bool crossEntropy = seed % 2 == 0;
        Network<double> network = RandomNetwork(random, seed, crossEntropy);
        int batch = random.Next(1, 20);
        Matrix<double> inputs = TestData.Uniform<double>(network.InputSize, batch, seed);
        Matrix<double> targets = crossEntropy
            ? TestData.Distributions(network.OutputSize, batch, seed + 1)
            : TestData.Uniform<double>(network.OutputSize, batch, seed + 1);
        Reference.Pass expected = Reference.Backpropagate(network, inputs, targets, crossEntropy);

        ILoss loss = crossEntropy ? new SoftmaxCrossEntropy() : new MeanSquaredError();
        var engine = new BackpropagationEngine<double>(network, loss);
        Gradients<double> gradients = Gradients.For(network);
        Matrix<double> inputGradient = Matrix<double>.Build.Dense(inputs.RowCount, batch);
        double value = engine.Compute(
            inputs,
            targets,
            gradients,
            new MatrixSpan<double>(inputGradient.AsColumnMajorArray(), inputs.RowCount, batch));

        value.Should().BeApproximately(expected.Loss, 1e-12);
        for (int l = 0; l < network.Layers.Count; l++)
        {
            Difference(gradients[network.Layers[l].Parameters[0]], expected.Weights[l]).Should().BeLessThan(1e-12);
            Difference(gradients[network.Layers[l].Parameters[1]], expected.Biases[l].ToColumnMatrix())
                .Should().BeLessThan(1e-12);
        }

        Difference(inputGradient, expected.Inputs).Should().BeLessThan(1e-12);
    }

    private static double Difference(Matrix<double> a, Matrix<double> b) => (a - b).Enumerate().Max(Math.Abs);

    private static Network<double> RandomNetwork(Random random, int seed, bool crossEntropy)
    {
        IActivation[] hidden =
        [
            new Identity(), new ReLU(), new LeakyReLU(0.2), new Sigmoid(), new Tanh(), new Softmax(),
        ];
        IActivation[] last = crossEntropy ? hidden[..3] : hidden;
        NetworkBuilder<double> builder = Network.Create<double>(random.Next(1, 40), seed);
        for (int depth = random.Next(0, 4); depth > 0; depth--)
        {
            builder.Dense(random.Next(1, 40), hidden[random.Next(hidden.Length)]);
        }

        return builder.Dense(random.Next(2, 12), last[random.Next(last.Length)]).Build();
    }
}
