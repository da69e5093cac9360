using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.PyTorch;
using NeuralNet.Training;

namespace NeuralNet.Tests.Parity;

/// <summary>
/// A network that PyTorch trained for a few steps, by <c>trained.py</c>: its <c>state_dict</c> before and after as
/// safetensors in base64, the losses of the steps, and what it predicts then.
/// </summary>
internal sealed record TrainedCase(
    double[] Inputs, double[] Targets, double[] Losses, double[] Outputs, string Before, string After)
{
    private const int Samples = 4;

    /// <summary>
    /// Trains a network of the same layers and requires the same losses, parameters and predictions, and the same again
    /// of the files.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="modules">The module of each layer; if null, their numbers say it.</param>
    public void Require(Network<double> network, IReadOnlyDictionary<string, string>? modules = null)
    {
        Load(network, Before, modules);
        var inputs = new ReadOnlyMatrixSpan<double>(Inputs, network.InputSize, Samples);
        var targets = new ReadOnlyMatrixSpan<double>(Targets, network.OutputSize, Samples);
        var trainer = new Trainer<double>(network, new MeanSquaredError(), new Sgd(0.02));
        foreach (double loss in Losses)
        {
            trainer.Step(inputs, targets).Should().BeApproximately(loss, 1e-11 * (1 + loss));
        }

        double[] outputs = new double[Outputs.Length];
        network.Predict(Inputs, outputs);
        RequireClose(outputs, Outputs, "outputs");

        // What was trained there is read into a network like this one, and what was trained here is saved and read.
        double[][] trained = [.. network.Parameters.Select(parameter => parameter.Values.ToArray())];
        using var saved = new MemoryStream();
        network.SaveStateDict(saved, modules);
        Load(network, After, modules);
        RequireSame(network, trained);
        saved.Position = 0;
        network.LoadStateDict(saved, modules);
        RequireSame(network, trained);
    }

    private static void Load(Network<double> network, string file, IReadOnlyDictionary<string, string>? modules) =>
        network.LoadStateDict(new MemoryStream(Convert.FromBase64String(file)), modules);

    private static void RequireSame(Network<double> network, double[][] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            RequireClose(network.Parameters[i].Values.ToArray(), values[i], network.Parameters[i].Name);
        }
    }

    private static void RequireClose(double[] actual, double[] expected, string because)
    {
        actual.Length.Should().Be(expected.Length, because);
        for (int i = 0; i < actual.Length; i++)
        {
            actual[i].Should().BeApproximately(expected[i], 1e-10 * Math.Max(1, Math.Abs(expected[i])), because);
        }
    }
}
