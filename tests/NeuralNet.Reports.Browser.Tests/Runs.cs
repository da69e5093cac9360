using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Data;
using NeuralNet.Datasets;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Schedules;
using NeuralNet.Training;

namespace NeuralNet.Reports.Browser.Tests;

/// <summary>The pages of some runs.</summary>
internal static class Runs
{
    /// <summary>A classifier of drawn digits.</summary>
    public static string Digits(string name, double learningRate = 0.003, int epochs = 12)
    {
        ImageDataset digits = GeneratedDigits.Create(600, 400, seed: 1);
        Network<float> network = Network.Create<float>(digits.Shape, seed: 42)
            .Convolution(8, kernelSize: 3, activation: new ReLU()).MaxPooling(2)
            .Dense(32, new ReLU()).Dense(10).Build();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate));
        string path = Path.Combine(Browser.Output, name + ".html");
        trainer.Fit(
            digits.Training,
            new()
            {
                Epochs = epochs,
                Validation = digits.Test,
                Metrics = [new Accuracy(), new F1Score(Averaging.Macro)],
                Schedule = new CosineDecay(),
                Callbacks =
                [
                    new HtmlReport<float>(path, new() { Title = "Drawn digits" }), new EarlyStopping<float>(20),
                ],
            });
        return path;
    }

    /// <summary>A regression with two outputs.</summary>
    public static string Regression(string name)
    {
        var random = new Random(1);
        Matrix<double> inputs = Matrix<double>.Build.Dense(3, 500, (_, _) => (2 * random.NextDouble()) - 1);
        Matrix<double> targets = Matrix<double>.Build.Dense(2, 500, (i, j) =>
            Math.Sin(3 * inputs[i, j]) + (0.2 * inputs[2, j]) + (0.1 * random.NextDouble()));
        Network<double> network = Network.Create<double>(3, seed: 1).Dense(24, new Tanh()).Dense(2).Build();
        string path = Path.Combine(Browser.Output, name + ".html");
        new Trainer<double>(network, new MeanSquaredError(), new Adam(0.01)).Fit(
            new DataSet<double>(inputs, targets),
            new()
            {
                Epochs = 40,
                ValidationSplit = 0.2,
                Metrics = [new R2Score()],
                Callbacks = [new HtmlReport<double>(path, new() { Title = "Two sines", Names = ["left", "right"] })],
            });
        return path;
    }
}
