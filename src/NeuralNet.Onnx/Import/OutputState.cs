namespace NeuralNet.Onnx.Import;

/// <summary>What an output of a model is for a network.</summary>
internal enum OutputState
{
    /// <summary>The network can compute it.</summary>
    Computed,

    /// <summary>It is decided or drawn from what the network can compute.</summary>
    Decided,

    /// <summary>It does not depend on the input.</summary>
    Constant,

    /// <summary>It is an input.</summary>
    PassedOn,

    /// <summary>The network cannot compute it.</summary>
    Failed,
}
