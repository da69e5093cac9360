using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.PyTorch;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>
/// Every C# snippet of the README and of the guides stands, line by line, in a file that is compiled; and it does what
/// it says.
/// </summary>
[Collection("Pages")]
public sealed class ReadmeTests
{
    public static TheoryData<string> CSharp { get; } = new(
        Snippets.Pages.SelectMany(page => Snippets.In(Snippets.Read(page))).Distinct());

    [Theory]
    [MemberData(nameof(CSharp))]
    public void A_snippet_is_part_of_a_compiled_file(string snippet) => Snippets.ShouldBeCompiled(snippet);

    [Fact]
    public void There_are_snippets() => CSharp.Should().HaveCountGreaterThan(40);

    [Fact]
    public void The_classifier_learns()
    {
        Matrix<float> features = Matrix<float>.Build.Dense(
            2, 300, (i, j) => (j % 3 == 0 ? i : j % 3 == 1 ? 1 - i : 1) + (j * 0.0005f));
        int[] labels = Enumerable.Range(0, 300).Select(j => j % 3).ToArray();
        TrainingHistory history = Classifier.Train(features, labels, features.Column(0));
        history.Epochs[^1].Validation!.Metrics["accuracy"].Should().BeGreaterThan(0.95);
    }

    [Fact]
    public void A_large_batch_is_shared()
    {
        Matrix<float> inputs = Matrix<float>.Build.Dense(20, 3000, (i, j) => (i - (j % 7)) * 0.1f);
        Network<float> network = Classifier.Some();
        Classifier.PredictTogether(network, inputs).AsColumnMajorArray()
            .Should().Equal(network.Predict(inputs).AsColumnMajorArray());
    }

    [Fact]
    public void A_long_run_stops_early_and_is_not_run_again()
    {
        if (Directory.Exists("runs"))
        {
            Directory.Delete("runs", recursive: true);
        }

        Matrix<float> inputs = Matrix<float>.Build.Dense(20, 90, (i, j) => i % 3 == j % 3 ? 1 : (j % 7) * 0.1f);
        DataSet<float> data = DataSet.FromLabels(
            inputs, Enumerable.Range(0, 90).Select(j => j % 3).ToArray(), classes: 3);
        TrainingHistory history = Classifier.LongRun(Classifier.Some(), data, data, CancellationToken.None);
        history.Epochs[^1].Validation!.Metrics["accuracy"].Should().BeGreaterThan(0.95);
        TrainingHistory again = Classifier.LongRun(Classifier.Some(), data, data, CancellationToken.None);
        again.Epochs.Select(epoch => epoch.Loss).Should().Equal(history.Epochs.Select(epoch => epoch.Loss));

        var second = new Trainer<float>(Classifier.Some(), new SoftmaxCrossEntropy(), new AdamW(learningRate: 0.001));
        Classifier.SecondRun(second);
        second.EpochCount.Should().Be(history.Epochs.Count);
        second.Fit(data, new() { Epochs = 2 }).Epochs.Should().HaveCount(2);
    }

    [Fact]
    public void A_model_of_PyTorch_is_trained_on_and_goes_back()
    {
        Network<float> theirs = Network.Create<float>(8, seed: 3).Dense(32).BatchNormalization().Dense(3).Build();
        theirs.SaveStateDict(
            "torch.safetensors",
            new Dictionary<string, string> { ["dense1"] = "0", ["batchNormalization1"] = "1", ["dense2"] = "4" });
        Matrix<float> inputs = Matrix<float>.Build.Dense(8, 90, (i, j) => i % 3 == j % 3 ? 1 : (j % 7) * 0.1f);
        Network<float> ours = Classifier.FromPyTorchAndBack(
            DataSet.FromLabels(inputs, Enumerable.Range(0, 90).Select(j => j % 3).ToArray(), classes: 3));

        theirs.LoadStateDict("tuned.safetensors");
        theirs.Parameters.SelectMany(p => p.Values.ToArray())
            .Should().Equal(ours.Parameters.SelectMany(p => p.Values.ToArray()));
        Network<float> before = Network.Create<float>(8, seed: 3).Dense(32).BatchNormalization().Dense(3).Build();
        ours.Parameters[0].Values.ToArray()
            .Should().Equal(before.Parameters[0].Values.ToArray(), "the first layer is frozen");
        ours.Parameter("dense2.weights").Values.ToArray()
            .Should().NotEqual(before.Parameter("dense2.weights").Values.ToArray());
    }

    [Fact]
    public void A_network_is_saved_and_loaded()
    {
        Network<float> network = Network.Create<float>(4, seed: 42).Dense(32, new ReLU()).Dense(3).Build();
        Classifier.WriteSource(network);
        File.ReadAllText("Digits.cs").Should().Contain("namespace Acme").And.Contain("class Digits");
        Classifier.SaveAndLoad(network).Parameter("dense2.weights").Values.ToArray()
            .Should().Equal(network.Parameter("dense2.weights").Values.ToArray());
    }

    [Fact]
    public void A_pipeline_names_the_class_of_raw_features()
    {
        Matrix<float> features = Matrix<float>.Build.Dense(
            4, 150, (i, j) => (1000 * (i == j % 3 ? 1 : 0)) + (j * 0.1f));
        DataSet<float> training = DataSet.FromLabels(
            features, Enumerable.Range(0, 150).Select(j => j % 3).ToArray(), classes: 3);
        Network<float> network = Network.Create<float>(4, seed: 42).Dense(32, new ReLU()).Dense(3).Build();
        Classifier.Species(network, training, features.Column(1)).Should().Be("versicolor");
    }

    [Fact]
    public void The_gradient_of_a_neuron_is_a_row()
    {
        Network<double> network = Network.Create<double>(3, seed: 1).Dense(4, new ReLU()).Dense(1).Build();
        double value = Classifier.Backpropagate(
            network, Matrix<double>.Build.Dense(3, 2, 1.0), Matrix<double>.Build.Dense(1, 2, 1.0));
        value.Should().BePositive();
    }
}
