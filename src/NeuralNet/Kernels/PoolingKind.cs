namespace NeuralNet.Kernels;

/// <summary>The kinds of pooling: the value that the pixels of a window are reduced to, channel by channel.</summary>
internal enum PoolingKind
{
    /// <summary>The largest value.</summary>
    Maximum,

    /// <summary>The mean.</summary>
    Average,
}
