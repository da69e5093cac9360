using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.PyTorch;
using NeuralNet.Safetensors;
using NeuralNet.Tests.Parity;
using NeuralNet.Training;

namespace NeuralNet.Tests.Layers;

public sealed class WeightNormalizationTests
{
    private static readonly Case _reference = ReferenceFile.Read<Case>("weight_normalization");

    [Fact]
    public void It_predicts_and_trains_as_PyTorchs_weight_norm()
    {
        Network<double> network = Model();
        network.LoadStateDict(new MemoryStream(Convert.FromBase64String(_reference.File)));
        Matrix<double> inputs = Columns(_reference.Inputs);
        RequireClose(network.Predict(inputs), Columns(_reference.Outputs), 1e-12);

        var trainer = new Trainer<double>(network, new MeanSquaredError(), new Sgd(0.1));
        foreach (double loss in _reference.Losses)
        {
            trainer.Step(inputs, Columns(_reference.Targets)).Should().BeApproximately(loss, 1e-11);
        }

        // What is saved has PyTorch's names, shapes and values.
        string[] modules = ["0", "2", "4", "6", "7"];
        var names = Names(network).Zip(modules).ToDictionary(pair => pair.First, pair => pair.Second);
        using var saved = new MemoryStream();
        network.SaveStateDict(saved, names);
        Network<double> trained = Model();
        trained.LoadStateDict(new MemoryStream(Convert.FromBase64String(_reference.Trained)));
        foreach ((Parameter<double> ours, Parameter<double> theirs) in network.Parameters.Zip(trained.Parameters))
        {
            RequireClose(ours.Value, theirs.Value, 1e-10);
        }

        saved.Position = 0;
        using var expected = new MemoryStream(Convert.FromBase64String(_reference.Trained));
        Shapes(saved).Should().BeEquivalentTo(Shapes(expected));
    }

    [Fact]
    public void The_initial_weights_are_those_of_the_layer_within()
    {
        Network<double> network = Network.Create<double>(5, seed: 1)
            .WeightNormalization(layer => layer.Dense(4, weightInitializer: new HeNormal(), biases: false)).Build();
        var layer = (WeightNormalization<double>)network.Layers[0];
        layer.Gains.Vector.Should().Equal(layer.Directions.Value.RowNorms(2), (g, norm) => Math.Abs(g - norm) < 1e-15);
        var plain = (Dense<double>)layer.WithoutNormalization();
        RequireClose(plain.Weights.Value, layer.Directions.Value, 1e-15);
        layer.Biases!.Value.Enumerate().Should().OnlyContain(bias => bias == 0);
        network.Parameters.Select(parameter => parameter.Name).Should().Equal(
            "weightNormalization1.dense1.weights", "weightNormalization1.gains", "weightNormalization1.biases");
    }

    [Fact]
    public void The_length_of_the_directions_does_not_matter()
    {
        Network<double> network = Model();
        Matrix<double> inputs = Columns(_reference.Inputs);
        Matrix<double> before = network.Predict(inputs);
        foreach (WeightNormalization<double> layer in network.Layers.OfType<WeightNormalization<double>>())
        {
            layer.Directions.Set(layer.Directions.Value * 7);
        }

        RequireClose(network.Predict(inputs), before, 1e-12);
    }

    [Fact]
    public void A_layer_without_normalization_computes_the_same()
    {
        Network<double> network = Model();
        network.LoadStateDict(new MemoryStream(Convert.FromBase64String(_reference.File)));
        Layer<double>[] plain = [.. network.Layers.OfType<WeightNormalization<double>>()
            .Select(layer => layer.WithoutNormalization())];
        plain[0].Should().BeOfType<Convolution<double>>().Which.Activation.Should().BeOfType<ReLU>();
        plain[1].Should().BeOfType<Convolution<double>>().Which.Biases.Should().BeNull();
        Network<double> folded = Network.Create<double>(network.InputShape, seed: 1)
            .Add(plain[0]).Add(plain[1]).Add(plain[2]).Dense(4).Add(plain[3]).Build(drawParameters: false);
        folded.Layers[3].CopyParametersFrom(network.Layers[3]);
        Matrix<double> inputs = Columns(_reference.Inputs);
        RequireClose(folded.Predict(inputs), network.Predict(inputs), 1e-12);
    }

    [Fact]
    public void Layers_that_it_cannot_take_are_refused()
    {
        NetworkBuilder<float> builder = Network.Create<float>(new FeatureShape(4, 3), seed: 1);
        Refused(b => b.Dense(3), "*'dense' within a weight normalization must have neither biases nor*");
        Refused(b => b.Dense(3, new ReLU(), biases: false), "*'dense' within*give it biases: false*");
        Refused(b => b.LayerNormalization(), "*takes a dense layer or a convolution, but 'layerNormalization'*");
        Refused(b => b, "*takes one layer*");
        Refused(b => b.Dense(3, biases: false).Dense(3, biases: false), "*takes one layer*");

        void Refused(Func<NetworkBuilder<float>, NetworkBuilder<float>> layer, string message) =>
            builder.Invoking(b => b.WeightNormalization(layer)).Should().Throw<ArgumentException>()
                .WithMessage(message);
    }

    private static Network<double> Model() => Network.Create<double>(new FeatureShape(5, 5, 2), seed: 1)
        .WeightNormalization(layer => layer.Convolution(6, (2, 3), biases: false), new ReLU())
        .WeightNormalization(layer => layer.Convolution(4, 2, groups: 2, biases: false), biases: false)
        .WeightNormalization(layer => layer.Dense(5, biases: false), new Tanh())
        .Dense(4)
        .WeightNormalization(layer => layer.Dense(3, biases: false), biases: false)
        .Build();

    private static IEnumerable<string> Names(Network<double> network) => network.Layers.Select(layer => layer.Name);

    private static Dictionary<string, long[]> Shapes(Stream stream) =>
        new TensorSource(stream, "state").Header.Entries.ToDictionary(entry => entry.Name, entry => entry.Shape);

    private static Matrix<double> Columns(double[][] samples) => Matrix<double>.Build.DenseOfColumnArrays(samples);

    private static void RequireClose(Matrix<double> actual, Matrix<double> expected, double tolerance) =>
        (actual - expected).Enumerate().Should().OnlyContain(difference => Math.Abs(difference) <= tolerance);

    private sealed record Case(
        string File, double[][] Inputs, double[][] Outputs, double[][] Targets, double[] Losses, string Trained);
}
