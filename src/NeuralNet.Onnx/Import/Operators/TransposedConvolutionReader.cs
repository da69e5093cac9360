using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads transposed convolutions of images and sequences.</summary>
internal static class TransposedConvolutionReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Most = 1 << 20;

    public static GraphValue Read(OperatorCall<T> call)
    {
        OnnxNode node = call.Node;
        call.RequireFirstInput();
        FeatureShape image = call.ChannelsLast();
        ConstantTensor weights = call.Constant(1);
        int axes = image.Rank - 1;
        long groups = node.Int("group", 1);
        if (weights.Dimensions.Count != call.Value.Rank || weights.Count == 0 || groups < 1
            || weights.Dimensions[0] != image.Channels || image.Channels % groups != 0)
        {
            throw node.Refuse($"its weights {weights} and its {groups} groups do not fit {call.Value.Layout}");
        }

        int filters = checked((int)(weights.Dimensions[1] * groups));
        call.Budget.Take(node, weights.Count + (3L * filters));
        long[] kernel = [.. weights.Dimensions.Skip(2)];
        long[] stride = Sizes("strides", axes, 1);
        long[] dilation = Sizes("dilations", axes, 1);
        long[] extra = Sizes("output_padding", axes, 0);
        long[] extent = [.. kernel.Select((size, i) => ((size - 1) * dilation[i]) + 1)];
        long[] pads = Pads(call, image, stride, extent, extra);
        int[] counts = [.. Enumerable.Range(0, axes).Select(i =>
            (int)Math.Clamp(((image[i] - 1) * stride[i]) + extent[i] + extra[i] - pads[i] - pads[axes + i], 0, Most))];
        if (counts.Contains(0))
        {
            throw node.Refuse("its padding leaves nothing of its output");
        }

        Axis[] filterAxis = Axis.Of(filters);
        var plan = new TransposedConvolutionPlan<T>(
            node,
            image,
            weights,
            Windows.Of(Whole(kernel), Whole(stride), Whole(dilation), Whole(pads), counts),
            Windows.Pair(Whole(extra), 0),
            (int)groups,
            filterAxis);
        if (node.Input(2) is not null)
        {
            plan.Add(call.Vector(2, filters).ToArray(), 1);
        }

        call.Add(plan);
        return ImageReader<T>.Output(call, counts, filterAxis, filters);

        long[] Sizes(string name, int count, long otherwise)
        {
            long[] sizes = [.. node.Ints(name) ?? Enumerable.Repeat(otherwise, count)];
            return sizes.Length == count && Array.TrueForAll(sizes, size => size >= otherwise && size <= Most)
                ? sizes
                : throw node.Refuse($"its '{name}' is [{string.Join(", ", sizes.Take(8))}]");
        }
    }

    // Given as such, by the size of the output, or as much as makes the output the input's size times the stride.
    private static long[] Pads(OperatorCall<T> call, FeatureShape image, long[] stride, long[] extent, long[] extra)
    {
        OnnxNode node = call.Node;
        int axes = stride.Length;
        string kind = node.Text("auto_pad", "NOTSET");
        IReadOnlyList<long>? sizes = node.Ints("output_shape");
        bool isSame = kind is "SAME_UPPER" or "SAME_LOWER";
        if (sizes is null && !isSame)
        {
            long[] pads = kind == "VALID" ? new long[2 * axes] : [.. node.Ints("pads") ?? new long[2 * axes]];
            return pads.Length == 2 * axes && Array.TrueForAll(pads, pad => pad is >= 0 and <= Most)
                ? pads
                : throw node.Refuse($"its 'pads' is [{string.Join(", ", pads.Take(8))}]");
        }

        var total = new long[2 * axes];
        for (int i = 0; i < axes; i++)
        {
            long size = sizes is null ? image[i] * stride[i] : sizes[sizes.Count - axes + i];
            long pad = ((image[i] - 1) * stride[i]) + extra[i] + extent[i] - size;
            if (pad < 0)
            {
                throw node.Refuse($"its output is {size} long, more than its windows reach");
            }

            total[i] = kind == "SAME_UPPER" ? pad / 2 : pad - (pad / 2);
            total[axes + i] = pad - total[i];
        }

        return total;
    }

    private static int[] Whole(long[] sizes) => [.. sizes.Select(size => (int)size)];
}
