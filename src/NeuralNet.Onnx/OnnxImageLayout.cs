namespace NeuralNet.Onnx;

/// <summary>The order in which an imported network takes images and sequences, and gives them.</summary>
public enum OnnxImageLayout
{
    /// <summary>As the file has them, mostly with the channels first: (channels, height, width).</summary>
    AsInFile,

    /// <summary>
    /// As the convolutions and poolings of this library have them: (height, width, channels), whatever the file has. A
    /// model without such operators, which therefore does not tell where its channels are, stays as it is.
    /// </summary>
    ChannelsLast,
}
