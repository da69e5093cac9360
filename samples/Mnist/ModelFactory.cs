using NeuralNet.Activations;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Schedules;

namespace NeuralNet.Samples.Mnist;

/// <summary>Turns the names on the command line into the parts of the library that they stand for.</summary>
internal static class ModelFactory
{
    /// <summary>The most neurons of a layer: beyond it, the weights between two of them would take gigabytes.</summary>
    public const int WidestLayer = 16_384;

    /// <summary>What is measured besides the loss.</summary>
    public static Accuracy Accuracy { get; } = new();

    /// <summary>The activations a hidden layer may have.</summary>
    public static IReadOnlyDictionary<string, IActivation> Activations { get; } = new Dictionary<string, IActivation>
    {
        ["relu"] = new ReLU(),
        ["leaky-relu"] = new LeakyReLU(),
        ["sigmoid"] = new Sigmoid(),
        ["tanh"] = new Tanh(),
    };

    /// <summary>
    /// The losses, each with the activation that the last layer needs for it: cross-entropy takes logits, the squared
    /// error compares with targets of 0 and 1.
    /// </summary>
    public static IReadOnlyDictionary<string, (ILoss Loss, IActivation LastActivation)> Losses { get; } =
        new Dictionary<string, (ILoss, IActivation)>
        {
            ["cross-entropy"] = (new SoftmaxCrossEntropy(), new Identity()),
            ["mse"] = (new MeanSquaredError(), new Sigmoid()),
        };

    /// <summary>
    /// The optimizers, each with the learning rate it has unless told otherwise: chosen by the accuracy on 10,000 samples
    /// held out of MNIST's training set, with the cosine schedule.
    /// </summary>
    public static IReadOnlyDictionary<string, (double DefaultRate, Func<double, IOptimizer> Create)> Optimizers
    { get; } =
        new Dictionary<string, (double, Func<double, IOptimizer>)>
        {
            ["adam"] = (0.003, learningRate => new Adam(learningRate)),
            ["sgd"] = (0.3, learningRate => new Sgd(learningRate)),
        };

    /// <summary>The schedules of the learning rate; null is a constant one.</summary>
    public static IReadOnlyDictionary<string, ILearningRateSchedule?> Schedules { get; } =
        new Dictionary<string, ILearningRateSchedule?>
        {
            ["cosine"] = new CosineDecay(),
            ["constant"] = null,
        };

    /// <summary>Makes the network: an input per pixel, the hidden layers, an output per class.</summary>
    public static Network<float> CreateNetwork(MnistOptions options, MnistData data)
    {
        NetworkBuilder<float> builder = Network.Create<float>(data.Training.InputSize, options.Seed);
        foreach (int size in options.Hidden)
        {
            builder.Dense(size, Activations[options.Activation]);
        }

        return builder.Dense(data.Classes, Losses[options.Loss].LastActivation).Build();
    }

    /// <summary>Makes the optimizer.</summary>
    public static IOptimizer CreateOptimizer(MnistOptions options) =>
        Optimizers[options.Optimizer].Create(options.LearningRate);
}
