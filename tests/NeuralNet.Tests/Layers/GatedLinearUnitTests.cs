using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Layers;

public sealed class GatedLinearUnitTests
{
    private static readonly GateCase[] _cases = ReferenceFile.Read<References>("gates").Gates;

    public static TheoryData<int> Cases { get; } = new(Enumerable.Range(0, _cases.Length));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_and_gradients_are_those_of_PyTorch(int index)
    {
        GateCase reference = _cases[index];
        IActivation[] gates =
            [new Sigmoid(), new ReLU(), new GELU(), new SiLU(), new Identity(), new Softmax()];
        Network<double> network = Network.Create<double>(new FeatureShape(reference.Shape), seed: 1)
            .Glu(gates.Single(gate => gate.Name == reference.Gate)).Build();
        int samples = reference.Inputs.Length / network.InputSize;
        var engine = new BackpropagationEngine<double>(network);
        double[] outputs = engine
            .Forward(new ReadOnlyMatrixSpan<double>(reference.Inputs, network.InputSize, samples)).Values.ToArray();
        double[] inputGradient = new double[reference.Inputs.Length];
        engine.Backward(
            new ReadOnlyMatrixSpan<double>(reference.OutputGradient, network.OutputSize, samples),
            Gradients.For(network),
            new MatrixSpan<double>(inputGradient, network.InputSize, samples));

        RequireClose(outputs, reference.Outputs);
        RequireClose(inputGradient, reference.InputGradient);
        double[] predicted = new double[outputs.Length];
        network.Predict(reference.Inputs, predicted);
        predicted.Should().Equal(outputs, "a prediction computes the same");
    }

    [Fact]
    public void By_default_the_gate_is_a_sigmoid_of_the_second_half()
    {
        Network<double> network = Network.Create<double>(4, seed: 1).Glu().Build();
        Vector<double> outputs = network.Predict(Vector<double>.Build.Dense([3, -5, 0, Math.Log(3)]));
        outputs[0].Should().BeApproximately(1.5, 1e-15);
        outputs[1].Should().BeApproximately(-3.75, 1e-15);
    }

    [Fact]
    public void SwiGLU_is_a_product_of_two_dense_layers_one_with_SiLU()
    {
        Network<double> network = Network.Create<double>(5, seed: 1).SwiGlu(3).Build();
        Network<double> branches = Network.Create<double>(5, seed: 2)
            .Branches(Merge.Product, value => value.Dense(3), gate => gate.Dense(3, new SiLU())).Build();
        Matrix<double> weights = network.Parameter("dense1.weights").Value;
        branches.Parameter("branches1.sequence1.dense1.weights").Set(weights.SubMatrix(0, 3, 0, 5));
        branches.Parameter("branches1.sequence2.dense1.weights").Set(weights.SubMatrix(3, 3, 0, 5));
        Matrix<double> inputs = TestData.Uniform<double>(5, 7, seed: 3);
        RequireClose(
            network.Predict(inputs).ToColumnMajorArray(), branches.Predict(inputs).ToColumnMajorArray());
        FluentActions.Invoking(() => Network.Create<double>(5, seed: 1).SwiGlu(0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("units");
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        // So many positions that threads share them.
        var shape = new FeatureShape(40, 50, 16);
        Network<float> network = Network.Create<float>(shape, seed: 1).Glu(new GELU()).Build();
        Matrix<float> inputs = TestData.Uniform<float>(shape.Size, 20, seed: 2);
        Matrix<float> above = TestData.Uniform<float>(shape.Size / 2, 20, seed: 3);
        (float[] outputs, float[] gradient) = Run(threads: 1);
        foreach (int threads in (int[])[2, 3, 8])
        {
            (float[] outputsHere, float[] gradientHere) = Run(threads);
            outputsHere.AsSpan().SequenceEqual(outputs).Should().BeTrue();
            gradientHere.AsSpan().SequenceEqual(gradient).Should().BeTrue();
        }

        (float[] Outputs, float[] Gradient) Run(int threads)
        {
            var engine = new BackpropagationEngine<float>(network, threads: threads);
            float[] below = new float[shape.Size * 20];
            float[] given = engine.Forward(inputs).Values.ToArray();
            engine.Backward(above, Gradients.For(network), new MatrixSpan<float>(below, shape.Size, 20));
            return (given, below);
        }
    }

    [Fact]
    public void An_odd_number_of_channels_is_refused() =>
        FluentActions.Invoking(() => new GatedLinearUnit<float>(new FeatureShape(4, 3)))
            .Should().Throw<ArgumentException>().WithMessage("*channels of 4 × 3 is odd: let the layer before it give*")
            .WithParameterName("inputShape");

    private static void RequireClose(double[] actual, double[] expected)
    {
        actual.Length.Should().Be(expected.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            actual[i].Should().BeApproximately(expected[i], 1e-14 * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    private sealed record References(GateCase[] Gates);

    private sealed record GateCase(
        string Gate, int[] Shape, double[] Inputs, double[] Outputs, double[] OutputGradient, double[] InputGradient);
}
