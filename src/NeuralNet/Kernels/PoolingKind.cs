namespace NeuralNet.Kernels;

/// <summary>What a pooling makes of a window, channel by channel.</summary>
internal enum PoolingKind
{
    /// <summary>The largest value.</summary>
    Maximum,

    /// <summary>The mean.</summary>
    Average,
}
