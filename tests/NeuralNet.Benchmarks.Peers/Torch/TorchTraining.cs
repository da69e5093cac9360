using NeuralNet.Benchmarks.Workloads;
using static TorchSharp.torch;

namespace NeuralNet.Benchmarks.Peers.Torch;

/// <summary>TorchSharp's side of a training that is measured: the same network on the same batches.</summary>
internal sealed class TorchTraining : IDisposable
{
    private readonly TorchTrainer _trainer;
    private readonly Tensor[] _inputs;
    private readonly Tensor[] _labels;
    private long _step;

    /// <summary>Copies parameters and batches of our side, as they are now.</summary>
    public TorchTraining(TrainingCase training)
    {
        _trainer = new(training.Network, training.LearningRate);
        _inputs =
            [.. training.Inputs.Select(batch => TorchNetwork.Samples(batch, training.Network.InputShape))];
        _labels = [.. training.Labels.Select(labels => tensor(Array.ConvertAll(labels, label => (long)label)))];
    }

    /// <summary>One step on the next batch.</summary>
    /// <returns>The loss of the batch.</returns>
    public double Step()
    {
        Tensor inputs = _inputs[_step % _inputs.Length];
        Tensor labels = _labels[_step % _labels.Length];
        _step++;
        return _trainer.Step(inputs, labels);
    }

    public void Dispose()
    {
        Array.ForEach(_inputs, tensor => tensor.Dispose());
        Array.ForEach(_labels, tensor => tensor.Dispose());
        _trainer.Dispose();
    }
}
