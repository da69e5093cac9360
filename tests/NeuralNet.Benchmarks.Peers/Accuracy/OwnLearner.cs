using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Benchmarks.Peers.Accuracy;

/// <summary>The library's side.</summary>
internal sealed class OwnLearner(Network<float> network, double learningRate, int threads) : ILearner
{
    private readonly Trainer<float> _trainer =
        new(network, new SoftmaxCrossEntropy(), new Adam(learningRate), threads: threads);

    public double Step(float[] inputs, int[] labels, double learningRateFactor)
    {
        _trainer.LearningRateFactor = learningRateFactor;
        return _trainer.Step(
            new ReadOnlyMatrixSpan<float>(inputs, network.InputSize, labels.Length),
            OneHot.Encode<float>(labels, network.OutputSize));
    }

    public float[] Predict(float[] inputs) => network.Predict(inputs.AsSpan());

    public void Dispose()
    {
    }
}
