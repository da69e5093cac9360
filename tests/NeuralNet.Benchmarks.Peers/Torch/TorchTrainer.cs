using NeuralNet.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NeuralNet.Benchmarks.Peers.Torch;

/// <summary>Trains a network in TorchSharp as its examples do, with Adam and cross-entropy on logits.</summary>
internal sealed class TorchTrainer : IDisposable
{
    private readonly Sequential _module;
    private readonly CrossEntropyLoss _loss = nn.CrossEntropyLoss();
    private readonly optim.Optimizer _optimizer;
    private readonly double _learningRate;

    /// <summary>Takes the layers and parameters of a network.</summary>
    public TorchTrainer(Network<float> network, double learningRate)
    {
        _module = TorchNetwork.Build(network);
        _module.train();
        _learningRate = learningRate;
        _optimizer = optim.Adam(_module.parameters(), learningRate);
    }

    /// <summary>A factor on the learning rate.</summary>
    public double LearningRateFactor
    {
        set
        {
            foreach (optim.ILearningRateController group in _optimizer.ParamGroups)
            {
                group.LearningRate = value * _learningRate;
            }
        }
    }

    /// <summary>One step on one batch.</summary>
    /// <returns>The loss before it.</returns>
    public double Step(Tensor inputs, Tensor labels)
    {
        using DisposeScope scope = NewDisposeScope();
        _optimizer.zero_grad();
        Tensor loss = _loss.forward(_module.forward(inputs), labels);
        loss.backward();
        _optimizer.step();
        return loss.ToSingle();
    }

    /// <summary>The outputs for samples, sample after sample, as in predictions.</summary>
    public float[] Predict(Tensor inputs)
    {
        _module.eval();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = inference_mode();
        float[] outputs = [.. _module.forward(inputs).data<float>()];
        _module.train();
        return outputs;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _loss.Dispose();
        _module.Dispose();
    }
}
