using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Layers;

public sealed class DenseTests
{
    private static readonly Matrix<double> _weights = Matrix<double>.Build.DenseOfArray(
        new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } });

    [Fact]
    public void Weights_are_outputs_by_inputs_and_can_be_read_and_set()
    {
        var dense = new Dense<double>(2, 3);
        dense.Weights.Set(_weights);
        dense.Weights.Value.Should().BeEquivalentTo(_weights);
        dense.Weights.Value.Should().NotBeSameAs(_weights, "setting copies");

        dense.Weights[2, 1] = 60;
        dense.Weights.Value[2, 1].Should().Be(60, "reading gives the weights themselves");
        dense.Weights.Values[5].Should().Be(60, "and they are column-major");
    }

    [Fact]
    public void Biases_start_at_zero_and_can_be_set()
    {
        var dense = new Dense<float>(2, 3);
        dense.Biases!.Vector.Should().Equal(0, 0, 0);
        dense.Biases!.Set(Vector<float>.Build.Dense([1, 2, 3]));
        dense.Biases!.Vector.Should().Equal(1, 2, 3);
    }

    [Fact]
    public void Weights_of_another_shape_are_refused_by_name()
    {
        Network<double> network = Network.Create<double>(2, seed: 1).Dense(3).Build();
        var dense = (Dense<double>)network.Layers[0];
        FluentActions.Invoking(() => dense.Weights.Set(_weights.Transpose())).Should().Throw<ArgumentException>()
            .WithMessage("'dense1.weights' is 3 × 2, but the matrix given is 2 × 3.*");
        FluentActions.Invoking(() => dense.Biases!.Set(Vector<double>.Build.Dense(2)))
            .Should().Throw<ArgumentException>()
            .WithMessage("'dense1.biases' has 3 elements, but the vector given has 2.*");
    }

    [Fact]
    public void The_default_initializer_follows_the_activation()
    {
        new Dense<float>(2, 3, new ReLU()).Weights.Initializer.Should().BeOfType<HeNormal>();
        new Dense<float>(2, 3, new LeakyReLU(0.2)).Weights.Initializer
            .Should().BeOfType<HeNormal>().Which.NegativeSlope.Should().Be(0.2);
        new Dense<float>(2, 3, new Tanh()).Weights.Initializer.Should().BeOfType<GlorotUniform>();
        new Dense<float>(2, 3).Weights.Initializer.Should().BeOfType<GlorotUniform>();
        new Dense<float>(2, 3).Biases!.Initializer.Should().BeOfType<Zero>();
    }

    [Fact]
    public void A_large_batch_is_activated_to_its_last_sample()
    {
        Network<double> network = Network.Create<double>(7, seed: 1).Dense(100, new Sigmoid()).Build();
        ((Dense<double>)network.Layers[0]).Biases!.Set(TestData.Uniform<double>(100, 1, seed: 2).Column(0));
        Matrix<double> inputs = TestData.Uniform<double>(7, 300, seed: 3);
        var engine = new BackpropagationEngine<double>(network, new MeanSquaredError());
        engine.ComputeLoss(inputs, Matrix<double>.Build.Dense(100, 300));
        for (int j = 0; j < inputs.ColumnCount; j++)
        {
            Vector<double> alone = network.Predict(inputs.Column(j));
            engine.Outputs.Column(j).ToArray().Should().Equal(alone, (one, other) => Math.Abs(one - other) < 1e-14);
        }
    }

    [Fact]
    public void A_size_below_one_is_refused()
    {
        FluentActions.Invoking(() => new Dense<float>(0, 1))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("features");
        FluentActions.Invoking(() => new Dense<float>(1, 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("features");
    }

    [Fact]
    public void More_weights_than_an_array_holds_are_refused_before_anything_is_allocated() =>
        FluentActions.Invoking(() => new Dense<float>(1 << 20, 1 << 20)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("*'weights' of 1048576 × 1048576 has 1,099,511,627,776 elements; an array holds at most*");

    [Fact]
    public void Another_number_type_than_float_or_double_is_refused() =>
        FluentActions.Invoking(() => new Dense<Half>(1, 1)).Should().Throw<NotSupportedException>()
            .WithMessage("*float or double; System.Half is not supported*");
}
