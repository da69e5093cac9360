using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using static System.FormattableString;

namespace NeuralNet.Samples.Digits;

/// <summary>The lines at the head of a run.</summary>
internal static class Headline
{
    public static string OfData(MnistData data) =>
        Invariant(
            $"{data.Name}: {data.Training.Count} training{OfValidation(data)} and {data.Test.Count} test samples of ")
        + Invariant($"{data.Rows} x {data.Columns} pixels in {data.Classes} classes");

    public static string OfNetwork(Network<float> network, TrainOptions options)
    {
        string dropout = options.Dropout is { } rate ? Invariant($", dropout {rate}") : "";
        string initialization = options.Initialization == "default" ? "" : $", initialized by {options.Initialization}";
        return OfNetwork(network, dropout + initialization);
    }

    public static string OfNetwork(Network<float> network) => OfNetwork(network, "");

    public static string OfTraining(TrainOptions options) =>
        Invariant(
            $"{options.Loss}, {options.Optimizer} with learning rate {options.LearningRate} ({options.Schedule}), ")
        + Invariant($"batches of {options.BatchSize}, seed {options.Seed}, threads {options.Threads}")
        + (options.Augment ? ", varied images" : "")
        + (options.EarlyStopping is { } patience ? Invariant($", early stopping after {patience}") : "");

    private static string OfNetwork(Network<float> network, string more)
    {
        IEnumerable<string> sizes =
        [
            Size(network.InputShape),
            .. network.Layers.Where(layer => layer is Dense<float> or Convolution<float>)
                .Select(layer => Size(layer.OutputShape)),
        ];
        string hidden = string.Concat(
            network.Layers.SkipLast(1).Select(layer => layer.Activation).OfType<IActivation>()
            .Where(activation => activation is not Identity)
            .Select(activation => ", " + activation.Name).Distinct());
        string output = network.OutputActivation is null or Identity
            ? ""
            : $", output {network.OutputActivation!.Name}";
        return Invariant(
            $"network {string.Join('-', sizes)}{hidden}{output}{more}, {network.ParameterCount} parameters");
    }

    private static string Size(FeatureShape shape) => string.Join('x', shape.Dimensions);

    private static string OfValidation(MnistData data) =>
        data.Validation is { } validation ? Invariant($", {validation.Count} validation") : "";
}
