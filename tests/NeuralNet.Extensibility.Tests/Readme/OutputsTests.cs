using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Onnx;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>Networks with several inputs and outputs are all that the guides say of them.</summary>
public sealed class OutputsTests
{
    [Fact]
    public void Each_output_learns_and_is_measured_by_name()
    {
        const int Samples = 600;
        Matrix<float> images = Matrix<float>.Build.Random(64, Samples, seed: 1);
        Matrix<float> weather = Matrix<float>.Build.Random(3, Samples, seed: 2);
        var prices = Matrix<float>.Build.Dense(1, Samples, (_, j) => weather[0, j] - (0.5f * weather[1, j]));
        int[] kinds = [.. weather.Row(2).Select(sun => sun > 0.4f ? 2 : sun > -0.4f ? 1 : 0)];
        (Trainer<float> trainer, DataSet<float> data, Matrix<float> predicted) =
            Outputs.Train(images, weather, prices, kinds);
        EvaluationResult result = trainer.Evaluate(
            data, [new RootMeanSquaredError().ForOutput("price"), new Accuracy().ForOutput("kind")]);
        result.Metrics["price_rmse"].Should().BeLessThan(0.15);
        result.Metrics["kind_accuracy"].Should().BeGreaterThan(0.95);
        Math.Sqrt((predicted - prices).Enumerate().Average(error => (double)error * error))
            .Should().BeApproximately(result.Metrics["price_rmse"], 1e-6);

        using var onnx = new MemoryStream();
        trainer.Network.SaveOnnx(onnx);
        onnx.Length.Should().BeGreaterThan(0);
    }

    [Fact]
    public void A_sample_may_have_several_labels_or_none()
    {
        // Each output is an input, so that what is above 0 is a label.
        Network<float> network = Network.Create<float>(3, seed: 1).Dense(3).Build();
        network.Parameter("dense1.weights").Values.Clear();
        for (int i = 0; i < 3; i++)
        {
            network.Parameter("dense1.weights").Values[i * 4] = 1;
        }

        var inputs = Matrix<float>.Build.DenseOfColumnArrays([1, -1, 2], [-1, -1, -1]);
        string[][] labels = Outputs.SeveralLabels(network, inputs);
        labels[0].Should().Equal("sport", "travel");
        labels[1].Should().BeEmpty();
    }

    [Fact]
    public void A_table_of_a_thousand_categories_takes_a_row()
    {
        Network<float> network = Outputs.Categories();
        network.InputSize.Should().Be(6);
        using var stream = new MemoryStream();
        network.Save(stream);
        stream.Position = 0;
        float[] sample = network.Inputs.Join<float>(("categories", [999, 6]), ("numbers", [0.1f, 0.2f, 0.3f, 0.4f]));
        Network.Load<float>(stream).Predict(sample).Should().Equal(network.Predict(sample));
        sample[0] = 1000;
        network.Invoking(n => n.Predict(sample)).Should().Throw<ArgumentException>()
            .WithMessage("The number 1000 in row 0 of sample 0 is no category of *from 0 to 999*");
    }
}
