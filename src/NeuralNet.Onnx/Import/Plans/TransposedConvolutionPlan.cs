using System.Numerics;
using NeuralNet.Convolutions;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>
/// A transposed convolution: its weights are a constant, channels × filters × kernel, times a factor per filter.
/// </summary>
/// <param name="node">The node that the layer comes from.</param>
/// <param name="inputShape">The image or the sequence that it reads.</param>
/// <param name="weights">The constant.</param>
/// <param name="windows">The kernel and where it is applied.</param>
/// <param name="outputPadding">Rows and columns added at the end of the output.</param>
/// <param name="groups">The number of groups of channels and filters.</param>
/// <param name="filters">The axis of the filters in its output; none if there is one filter.</param>
internal sealed class TransposedConvolutionPlan<T>(
    OnnxNode node,
    FeatureShape inputShape,
    ConstantTensor weights,
    Windows windows,
    HeightWidth outputPadding,
    int groups,
    Axis[] filters)
    : ProductPlan<T>(node, inputShape, filters)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override bool IsPerPlace => true;

    public override Layer<T> Make(FeatureShape inputShape) => new TransposedConvolution<T>(
        inputShape,
        Outputs,
        windows.Size,
        windows.Stride,
        windows.Padding,
        outputPadding,
        windows.Dilation,
        groups,
        Activation,
        weightInitializer: new Zero(),
        biases: HasBiases);

    // The layer has channels × kernel × filters of a group, channel by channel the fastest.
    public override void Fill(Layer<T> layer)
    {
        var convolution = (TransposedConvolution<T>)layer;
        int groupFilters = (int)weights.Dimensions[1];
        int channels = (int)weights.Dimensions[0];
        int elements = convolution.Weights.Columns / groupFilters;
        Span<T> values = convolution.Weights.Values;
        for (int i = 0; i < values.Length; i++)
        {
            (int column, int channel) = int.DivRem(i, channels);
            (int element, int filter) = int.DivRem(column, groupFilters);
            int all = (channel / (channels / groups) * groupFilters) + filter;
            double weight = weights.Element((((channel * groupFilters) + filter) * elements) + element);
            values[i] = T.CreateTruncating((RowFactors?[all] ?? 1) * weight);
        }

        if (convolution.Biases is { } biases)
        {
            CopyBiases(biases.Values);
        }
    }
}
