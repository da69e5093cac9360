using NeuralNet.Benchmarks.Peers.Torch;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using static TorchSharp.torch;

namespace NeuralNet.Benchmarks.Peers.Accuracy;

/// <summary>TorchSharp's side, which begins with the same parameters.</summary>
internal sealed class TorchLearner : ILearner
{
    private readonly FeatureShape _image;
    private readonly TorchTrainer _trainer;

    public TorchLearner(Network<float> network, double learningRate, int threads)
    {
        TorchLibrary.Use(threads);
        manual_seed(network.Seed);
        _image = network.InputShape;
        _trainer = new(network, learningRate);
    }

    public double Step(float[] inputs, int[] labels, double learningRateFactor)
    {
        using Tensor images = TorchNetwork.Samples(inputs, _image);
        using Tensor classes = tensor(Array.ConvertAll(labels, label => (long)label));
        _trainer.LearningRateFactor = learningRateFactor;
        return _trainer.Step(images, classes);
    }

    public float[] Predict(float[] inputs)
    {
        using Tensor images = TorchNetwork.Samples(inputs, _image);
        return _trainer.Predict(images);
    }

    public void Dispose() => _trainer.Dispose();
}
