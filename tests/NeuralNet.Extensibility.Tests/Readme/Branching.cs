using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The snippets of the guides on networks that split and join, and on shapes.</summary>
internal static class Branching
{
    public static Network<float> Split()
    {
        Network<float> network = Network.Create<float>(10, seed: 42)
            .Branches(
                Merge.Concatenation,
                left => left.Slice(0, 6).Dense(8, new ReLU()),
                right => right.Slice(6, 4).Residual(block => block.Dense(4, new Tanh())),
                shortcut => shortcut)
            .Dense(3)
            .Build();
        return network;
    }

    public static Network<float> Image()
    {
        Network<float> network = Network.Create<float>(new FeatureShape(28, 28, 3), seed: 42)
            .BatchNormalization()                       // 3 means, each over all pixels of the batch
            .Dense(10)
            .Build();
        return network;
    }
}
