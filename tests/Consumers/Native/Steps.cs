using System.Diagnostics;
using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace Consumers.Native;

/// <summary>How long training steps take, on one thread.</summary>
internal static class Steps
{
    private const int Rounds = 15;
    private const double RoundMilliseconds = 100;

    private static readonly FeatureShape _image = new(28, 28, 1);

    /// <summary>Prints the median of the rounds of each network.</summary>
    public static void Time()
    {
        Print("dense, 784-512-10", Network.Create<float>(784, seed: 1).Dense(512, new ReLU()).Dense(10));
        Print(
            "two convolutions, 16 and 32 filters",
            Network.Create<float>(_image, seed: 1).Convolution(16, 3, activation: new ReLU()).MaxPooling(2)
                .Convolution(32, 3, activation: new ReLU()).GlobalAveragePooling().Dense(10));
        Print("LSTM, 28 steps of 28", Network.Create<float>(new FeatureShape(28, 28), seed: 1).Lstm(64).Dense(10));
    }

    private static void Print(string name, NetworkBuilder<float> layers)
    {
        Network<float> network = layers.Build();
        DataSet<float> data = Networks.Stripes<float>(_image, samples: 64);
        var inputs = Matrix<float>.Build.Dense(data.InputSize, data.Count, data.Inputs.Values.ToArray());
        var targets = Matrix<float>.Build.Dense(10, data.Count, (i, j) => i == j % 3 ? 1 : 0);
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(), threads: 1);
        Round(trainer, inputs, targets);
        Round(trainer, inputs, targets);
        double[] rounds = [.. Enumerable.Range(0, Rounds).Select(_ => Round(trainer, inputs, targets)).Order()];
        double median = rounds[Rounds / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {median:F3} ms a step of 64 samples"));
    }

    private static double Round(Trainer<float> trainer, Matrix<float> inputs, Matrix<float> targets)
    {
        var time = Stopwatch.StartNew();
        int steps = 0;
        do
        {
            trainer.Step(inputs, targets);
            steps++;
        }
        while (time.Elapsed.TotalMilliseconds < RoundMilliseconds);
        return time.Elapsed.TotalMilliseconds / steps;
    }
}
