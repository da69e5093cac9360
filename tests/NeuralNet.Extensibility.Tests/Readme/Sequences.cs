using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The snippets of the guides on sequences.</summary>
internal static class Sequences
{
    public static Network<float> Build()
    {
        Network<float> network = Network.Create<float>(new FeatureShape(28, 28), seed: 1)
            .Lstm(64, returnSteps: true, bidirectional: true)
            .Lstm(64)
            .Dense(10)
            .Build();
        return network;
    }

    public static Network<float> Text()
    {
        Network<float> sentiment = Network.Create<float>(seed: 1)
            .Input("words", 200)    // the numbers of the words, and anything behind the last one
            .Input("count", 1)      // how many words there are
            .PaddedSequences(200, text => text.Embedding(10_000, 32).Lstm(64))
            .Dense(1)
            .Build();
        return sentiment;
    }

    public static Network<float> Temporal()
    {
        Network<float> temporal = Network.Create<float>(new FeatureShape(128, 4), seed: 1)
            .Convolution(32, kernelSize: 3, padding: (2, 0, 0, 0), activation: new ReLU())                 // 3 steps
            .Convolution(32, kernelSize: 3, padding: (4, 0, 0, 0), dilation: 2, activation: new ReLU())    // 7 steps
            .Convolution(32, kernelSize: 3, padding: (8, 0, 0, 0), dilation: 4, activation: new ReLU())    // 15 steps
            .LastStep()
            .Dense(1)
            .Build();
        return temporal;
    }

    public static void Stream(Network<float> network, IEnumerable<float[]> sensor, float[] output)
    {
        var state = new RecurrentState<float>(network);
        foreach (float[] measured in sensor)
        {
            state.Predict(measured, output);
        }
    }
}
