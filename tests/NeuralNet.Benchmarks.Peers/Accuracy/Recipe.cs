using NeuralNet.Activations;
using NeuralNet.Benchmarks.Workloads;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Schedules;

namespace NeuralNet.Benchmarks.Peers.Accuracy;

/// <summary>A training from start to end, with Adam on cross-entropy, for both libraries.</summary>
/// <param name="Build">Builds the network from a seed.</param>
/// <param name="BatchSize">Samples per step.</param>
/// <param name="Epochs">Number of epochs.</param>
/// <param name="LearningRate">η.</param>
/// <param name="Schedule">The course of the learning rate, step by step.</param>
/// <param name="Augmentation">The random variations of the training images; none if null.</param>
internal sealed record Recipe(
    Func<int, Network<float>> Build,
    int BatchSize,
    int Epochs,
    double LearningRate,
    ILearningRateSchedule Schedule,
    IAugmentation? Augmentation)
{
    private static readonly FeatureShape _image = new(28, 28, 1);

    private static readonly Dictionary<string, Recipe> _recipes = new()
    {
        ["lenet"] = new(
            ImageNetwork.LeNet5.Build, BatchSize: 128, Epochs: 10, 3e-4, new ConstantRate(), Augmentation: null),
        ["rows"] = new(
            BuildForRows, BatchSize: 128, Epochs: 12, 2e-3, new CosineDecay(), Augmentation: null),
        ["mnist"] = new(
            BuildForMnist,
            BatchSize: 64,
            Epochs: 15,
            2e-3,
            new CosineDecay(),
            new ImageAugmentation(_image) { MaxShift = 2, MaxRotation = 10, MaxScaling = 0.1 }),
        ["fashion"] = new(
            BuildForFashion,
            BatchSize: 64,
            Epochs: 15,
            2e-3,
            new CosineDecay(),
            new RandomFlip(_image)),
    };

    /// <summary>The names of all recipes.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _recipes.Keys];

    /// <summary>Finds a recipe by its name.</summary>
    public static Recipe Named(string name) => _recipes[name];

    // A digit row by row, from the top: 28 steps of 28 features.
    private static Network<float> BuildForRows(int seed) =>
        Network.Create<float>(new FeatureShape(28, 28), seed).Lstm(128).Dense(10).Build();

    private static Network<float> BuildForMnist(int seed) =>
        Network.Create<float>(_image, seed)
            .Convolution(32, kernelSize: 3, activation: new ReLU())
            .MaxPooling(2)
            .NormalizedConvolution(32)
            .NormalizedConvolution(64)
            .MaxPooling(2)
            .NormalizedConvolution(64)
            .Dropout(0.4)
            .Dense(10)
            .Build();

    private static Network<float> BuildForFashion(int seed) =>
        Network.Create<float>(_image, seed)
            .Convolution(32, kernelSize: 3, activation: new ReLU())
            .MaxPooling(2)
            .NormalizedConvolution(64)
            .NormalizedConvolution(64)
            .MaxPooling(2)
            .NormalizedConvolution(128)
            .Dropout(0.5)
            .Dense(10)
            .Build();
}
