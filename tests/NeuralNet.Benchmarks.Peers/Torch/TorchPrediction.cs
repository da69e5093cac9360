using NeuralNet.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NeuralNet.Benchmarks.Peers.Torch;

/// <summary>Predictions of TorchSharp in its inference mode, from a tensor to a tensor.</summary>
internal sealed class TorchPrediction : IPrediction
{
    private readonly Sequential _module;
    private readonly Tensor _inputs;

    // For the thread that made it, until it is disposed of, so that the mode costs no call anything.
    private readonly IDisposable _mode;

    public TorchPrediction(Network<float> network, float[] inputs)
    {
        _module = TorchNetwork.Build(network);
        _module.eval();
        _inputs = TorchNetwork.Samples(inputs, network.InputShape);
        _mode = inference_mode();
    }

    public void Run()
    {
        using Tensor outputs = _module.forward(_inputs);
    }

    public float[] Outputs()
    {
        using Tensor outputs = _module.forward(_inputs);
        return [.. outputs.data<float>()];
    }

    public void Dispose()
    {
        _mode.Dispose();
        _inputs.Dispose();
        _module.Dispose();
    }
}
