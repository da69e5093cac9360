namespace NeuralNet.Traces;

/// <summary>
/// The trace of a layer that is not dense: what goes in and out, and the gradients of its parameters.
/// </summary>
public sealed class OtherLayerTrace : LayerTrace
{
    internal OtherLayerTrace(LayerRecord record)
        : base(record)
    {
    }
}
