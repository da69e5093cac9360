using System.Numerics;
using NeuralNet.Convolutions;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>
/// A convolution: its weights are a constant, filters × channels × kernel, times a factor per filter.
/// </summary>
/// <param name="node">The node that the layer comes from.</param>
/// <param name="inputShape">The image or the sequence that it reads.</param>
/// <param name="weights">The constant.</param>
/// <param name="windows">The kernel and where it is applied.</param>
/// <param name="groups">The number of groups of channels and filters.</param>
/// <param name="channels">The axis of the filters in its output; none if there is one filter.</param>
/// <param name="inputs">The channels that it reads, where their order may differ from that of the file.</param>
internal sealed class ConvolutionPlan<T>(
    OnnxNode node,
    FeatureShape inputShape,
    ConstantTensor weights,
    Windows windows,
    int groups,
    Axis[] channels,
    FeatureSet? inputs = null)
    : ProductPlan<T>(node, inputShape, channels)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override bool IsPerPlace => true;

    public override Layer<T> Make(FeatureShape inputShape) => new Convolution<T>(
        inputShape,
        Outputs,
        windows.Size,
        windows.Stride,
        windows.Padding,
        windows.Dilation,
        groups,
        Activation,
        weightInitializer: new Zero(),
        biases: HasBiases);

    // The layer has filters × kernel × channels, filter by filter the fastest.
    public override void Fill(Layer<T> layer)
    {
        var convolution = (Convolution<T>)layer;
        int groupChannels = (int)weights.Dimensions[1];
        int elements = convolution.Weights.Columns / groupChannels;
        int[]? places = inputs?.Places();
        Span<T> values = convolution.Weights.Values;
        for (int i = 0; i < values.Length; i++)
        {
            (int column, int filter) = int.DivRem(i, Outputs);
            (int element, int channel) = int.DivRem(column, groupChannels);
            int row = (filter * groupChannels) + (places?[channel] ?? channel);
            double weight = weights.Element((row * elements) + element);
            values[i] = T.CreateTruncating((RowFactors?[filter] ?? 1) * weight);
        }

        if (convolution.Biases is { } biases)
        {
            CopyBiases(biases.Values);
        }
    }
}
