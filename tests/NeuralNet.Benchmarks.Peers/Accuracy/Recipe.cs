using NeuralNet.Activations;
using NeuralNet.Benchmarks.Workloads;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Schedules;

namespace NeuralNet.Benchmarks.Peers.Accuracy;

/// <summary>A training from start to end, with Adam on cross-entropy in batches of 128, for both libraries.</summary>
/// <param name="Build">Builds the network from a seed.</param>
/// <param name="Epochs">Number of epochs.</param>
/// <param name="LearningRate">η.</param>
/// <param name="Schedule">The course of the learning rate, step by step.</param>
/// <param name="Augmentation">The random variations of the training images; none if null.</param>
internal sealed record Recipe(
    Func<int, Network<float>> Build,
    int Epochs,
    double LearningRate,
    ILearningRateSchedule Schedule,
    ImageAugmentation? Augmentation)
{
    /// <summary>Samples per step.</summary>
    public const int BatchSize = 128;

    private static readonly Dictionary<string, Recipe> _recipes = new()
    {
        ["lenet"] = new(ImageNetwork.LeNet5.Build, Epochs: 10, 3e-4, new ConstantRate(), Augmentation: null),
        ["mnist"] = new(
            BuildConvolutional,
            Epochs: 15,
            1e-3,
            new CosineDecay(),
            new ImageAugmentation(28, 28) { MaxShift = 2, MaxRotation = 10, MaxScaling = 0.1 }),
        ["fashion"] = new(
            BuildConvolutional,
            Epochs: 20,
            1e-3,
            new CosineDecay(),
            new ImageAugmentation(28, 28) { MaxShift = 1, MaxRotation = 5, MaxScaling = 0.05 }),
    };

    /// <summary>The names of all recipes.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _recipes.Keys];

    /// <summary>Finds a recipe by its name.</summary>
    public static Recipe Named(string name) => _recipes[name];

    private static Network<float> BuildConvolutional(int seed) =>
        Network.Create<float>(new FeatureShape(28, 28, 1), seed)
            .NormalizedConvolution(32)
            .NormalizedConvolution(32)
            .MaxPooling(2)
            .Dropout(0.25)
            .NormalizedConvolution(64)
            .NormalizedConvolution(64)
            .MaxPooling(2)
            .Dropout(0.25)
            .Dense(256, new ReLU())
            .Dropout(0.5)
            .Dense(10)
            .Build();
}
