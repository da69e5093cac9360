using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Schedules;

namespace NeuralNet.Samples.Digits;

/// <summary>Turns names on the command line into the library's layers, losses, optimizers and schedules.</summary>
internal static class ModelFactory
{
    /// <summary>
    /// Largest number of neurons of a layer: beyond it, the weights between two layers would take gigabytes.
    /// </summary>
    public const int WidestLayer = 16_384;

    /// <summary>The default activation of the hidden layers.</summary>
    public const string DefaultActivation = "relu";

    /// <summary>The default loss.</summary>
    public const string DefaultLoss = "cross-entropy";

    /// <summary>The default loss of a network that ends in probabilities.</summary>
    public const string DefaultProbabilityLoss = "mse";

    /// <summary>The metric measured besides the loss.</summary>
    public static Accuracy Accuracy { get; } = new() { Meaning = OutputMeaning.Classes };

    /// <summary>The activations a hidden layer may have.</summary>
    public static IReadOnlyDictionary<string, IActivation> Activations { get; } = new Dictionary<string, IActivation>
    {
        ["relu"] = new ReLU(),
        ["leaky-relu"] = new LeakyReLU(),
        ["sigmoid"] = new Sigmoid(),
        ["tanh"] = new Tanh(),
        ["elu"] = new ELU(),
        ["gelu"] = new GELU(),
        ["mish"] = new Mish(),
        ["selu"] = new SELU(),
        ["silu"] = new SiLU(),
    };

    /// <summary>The activations the last layer may have.</summary>
    public static IReadOnlyDictionary<string, IActivation> OutputActivations { get; } =
        new Dictionary<string, IActivation>(Activations)
        {
            ["identity"] = new Identity(),
            ["softmax"] = new Softmax(),
        };

    /// <summary>The rules for initial parameters; null leaves weights to the activation, and biases at 0.</summary>
    public static IReadOnlyDictionary<string, (IInitializer? Weights, IInitializer? Biases)> Initializations { get; } =
        new Dictionary<string, (IInitializer?, IInitializer?)>
        {
            ["default"] = (null, null),
            ["normal"] = (new Normal(0, 1), new Normal(0, 1)),
            ["glorot-normal"] = (new GlorotNormal(), null),
            ["glorot-uniform"] = (new GlorotUniform(), null),
            ["he-normal"] = (new HeNormal(), null),
            ["he-uniform"] = (new HeUniform(), null),
            ["lecun-normal"] = (new LeCunNormal(), null),
            ["lecun-uniform"] = (new LeCunUniform(), null),
            ["orthogonal"] = (new Orthogonal(), null),
        };

    /// <summary>
    /// The losses, each with the default activation of the last layer: the cross-entropies take logits, or
    /// probabilities if their name says binary; the squared error compares with targets of 0 and 1.
    /// </summary>
    public static IReadOnlyDictionary<string, (ILoss Loss, string OutputActivation)> Losses { get; } =
        new Dictionary<string, (ILoss, string)>
        {
            ["cross-entropy"] = (new SoftmaxCrossEntropy(), "identity"),
            ["sigmoid-cross-entropy"] = (new SigmoidCrossEntropy(), "identity"),
            ["binary-cross-entropy"] = (new BinaryCrossEntropy(), "sigmoid"),
            ["mse"] = (new MeanSquaredError(), "sigmoid"),
        };

    /// <summary>
    /// The optimizers, each with its default learning rate, chosen by the accuracy on 10,000 samples held out of
    /// MNIST's training set, with the cosine schedule.
    /// </summary>
    public static IReadOnlyDictionary<string, (double DefaultRate, Func<double, IOptimizer> Create)> Optimizers
    { get; } =
        new Dictionary<string, (double, Func<double, IOptimizer>)>
        {
            ["adam"] = (0.003, learningRate => new Adam(learningRate)),
            ["adamw"] = (0.003, learningRate => new AdamW(learningRate)),
            ["momentum"] = (0.1, learningRate => new Sgd(learningRate, momentum: 0.9, nesterov: true)),
            ["sgd"] = (0.3, learningRate => new Sgd(learningRate)),
        };

    /// <summary>The schedules of the learning rate; null is a constant one.</summary>
    public static IReadOnlyDictionary<string, ILearningRateSchedule?> Schedules { get; } =
        new Dictionary<string, ILearningRateSchedule?>
        {
            ["cosine"] = new CosineDecay(),
            ["constant"] = null,
            ["one-cycle"] = new OneCycle(),
            ["warm-restarts"] = new CosineWarmRestarts(firstPeriod: 1000, periodMultiplier: 2),
        };

    /// <summary>Makes the network: an input per pixel, the hidden layers, an output per class.</summary>
    /// <exception cref="SampleException">The images are too small for the layers of the network.</exception>
    public static Network<float> CreateNetwork(TrainOptions options, MnistData data)
    {
        NetworkBuilder<float> builder = CreateBuilder(options, data);
        (IInitializer? weights, IInitializer? biases) = Initializations[options.Initialization];
        foreach (int size in options.Hidden)
        {
            builder.Dense(size, Activations[options.Activation], weights, biases);
            if (options.Dropout is { } rate)
            {
                builder.Dropout(rate);
            }
        }

        return builder.Dense(data.Classes, OutputActivations[options.OutputActivation], weights, biases).Build();
    }

    /// <summary>
    /// Shifts by up to 2 pixels, turns by up to 12 degrees and scales by up to 12 %: as handwriting varies.
    /// </summary>
    public static IAugmentation CreateAugmentation(MnistData data) =>
        new ImageAugmentation(data.Columns, data.Rows) { MaxShift = 2, MaxRotation = 12, MaxScaling = 0.12 };

    /// <summary>Makes the optimizer.</summary>
    public static IOptimizer CreateOptimizer(TrainOptions options) =>
        Optimizers[options.Optimizer].Create(options.LearningRate);

    private static NetworkBuilder<float> CreateBuilder(TrainOptions options, MnistData data)
    {
        if (NetworkKind.All[options.Network].AddImageLayers is not { } addImageLayers)
        {
            return Network.Create<float>(data.Training.InputSize, options.Seed);
        }

        NetworkBuilder<float> builder =
            Network.Create<float>(new FeatureShape(data.Rows, data.Columns, 1), options.Seed);
        try
        {
            addImageLayers(builder, options);
        }
        catch (ArgumentException exception)
        {
            throw new SampleException($"--network {options.Network}: {exception.Message}", exception);
        }

        return builder;
    }
}
