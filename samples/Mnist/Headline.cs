using NeuralNet.Networks;
using static System.FormattableString;

namespace NeuralNet.Samples.Mnist;

/// <summary>What stands at the head of a run.</summary>
internal static class Headline
{
    public static string OfData(MnistData data) =>
        Invariant($"{data.Name}: {data.Training.Count} training and {data.Test.Count} test samples of ")
        + Invariant($"{data.Rows} x {data.Columns} pixels in {data.Classes} classes");

    public static string OfNetwork(Network<float> network, MnistOptions options)
    {
        IEnumerable<int> sizes = [network.InputSize, .. network.Layers.Select(layer => layer.OutputSize)];
        string output = options.OutputActivation == "identity" ? "" : $", output {options.OutputActivation}";
        string initialization = options.Initialization == "default" ? "" : $", initialized by {options.Initialization}";
        return Invariant($"network {string.Join('-', sizes)}, {options.Activation}{output}{initialization}, ")
            + Invariant($"{network.ParameterCount} parameters");
    }

    public static string OfTraining(MnistOptions options) =>
        Invariant($"{options.Loss}, {options.Optimizer} with learning rate {options.LearningRate} ({options.Schedule}), ")
        + Invariant($"batches of {options.BatchSize}, seed {options.Seed}, threads {options.Threads}");
}
