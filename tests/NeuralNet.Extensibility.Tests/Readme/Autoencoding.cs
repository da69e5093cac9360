using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The autoencoder of the guide.</summary>
internal static class Autoencoding
{
    public static (Matrix<float> Points, double Loss) Learn(DataSet<float> scaled)
    {
        Network<float> network = Network.Create<float>(13, seed: 42)
            .Dense(8, new Tanh())
            .Dense(2)                                   // two numbers for thirteen, to draw as points
            .Dense(8, new Tanh())
            .Dense(13)
            .Build();
        var trainer = new Trainer<float>(network, new MeanSquaredError(), new Adam(learningRate: 0.01));
        trainer.Fit(new DataSet<float>(scaled.Inputs, scaled.Inputs), new() { Epochs = 100 });
        var engine = new BackpropagationEngine<float>(network);
        engine.Forward(scaled.Inputs);
        Matrix<float> points = engine.Activations(network.Layer("dense2")).ToMatrix();
        return (points, trainer.Evaluate(new DataSet<float>(scaled.Inputs, scaled.Inputs)).Loss);
    }
}
