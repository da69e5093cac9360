using NeuralNet.Activations;
using NeuralNet.Optimizers;

namespace NeuralNet.Samples.Playground.Learning;

/// <summary>The choices of the page, by the names in its lists and links.</summary>
internal static class Choices
{
    /// <summary>The activation of the hidden layers.</summary>
    /// <exception cref="ArgumentException">There is no such activation.</exception>
    public static IActivation Activation(string name) => name switch
    {
        "tanh" => new Tanh(),
        "relu" => new ReLU(),
        "sigmoid" => new Sigmoid(),
        "gelu" => new GELU(),
        "identity" => new Identity(),
        _ => throw new ArgumentException($"There is no activation '{name}'.", nameof(name)),
    };

    /// <summary>The optimizer.</summary>
    /// <exception cref="ArgumentException">There is no such optimizer.</exception>
    public static IOptimizer Optimizer(string name, double learningRate) => name switch
    {
        "sgd" => new Sgd(learningRate),
        "momentum" => new Sgd(learningRate, momentum: 0.9),
        "adam" => new Adam(learningRate),
        "rmsprop" => new RmsProp(learningRate),
        _ => throw new ArgumentException($"There is no optimizer '{name}'.", nameof(name)),
    };
}
