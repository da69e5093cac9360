namespace NeuralNet.Traces;

/// <summary>
/// The trace of a layer that is neither dense nor a convolution: its input and output, and the gradients of its
/// parameters.
/// </summary>
public sealed class OtherLayerTrace : LayerTrace
{
    internal OtherLayerTrace(LayerRecord record)
        : base(record)
    {
    }
}
