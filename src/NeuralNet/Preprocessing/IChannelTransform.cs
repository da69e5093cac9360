namespace NeuralNet.Preprocessing;

/// <summary>
/// A transform of each number by its value and channel alone, the same at every position of an image; its output may be
/// the input's memory. Data that are kept as bytes stay bytes under it.
/// </summary>
internal interface IChannelTransform : IFeatureTransform
{
    /// <summary>The transform of one position: from channels to channels.</summary>
    IFeatureTransform OfChannels { get; }
}
