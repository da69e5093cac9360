using static TorchSharp.torch;

namespace NeuralNet.Benchmarks.Peers.Torch;

/// <summary>A recurrent module that gives the output of its last step.</summary>
internal sealed class LastStepModule : nn.Module<Tensor, Tensor>
{
    private readonly Func<Tensor, Tensor> _outputs;

    /// <summary>Wraps a module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="outputs">Its outputs at all steps.</param>
    public LastStepModule(nn.Module module, Func<Tensor, Tensor> outputs)
        : base("lastStep")
    {
        _outputs = outputs;
        register_module("layer", module);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => _outputs(input).select(1, -1);
}
