using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads the attributes of convolutions and poolings: kernel, strides, dilations and padding.</summary>
internal sealed class WindowReader(OnnxNode node, FeatureShape image)
{
    /// <summary>The largest size: it keeps sums of a few within whole numbers, and no image has it.</summary>
    private const int Most = 1 << 28;

    private readonly int _axes = image.Rank - 1;

    /// <summary>True if the operator itself pads.</summary>
    public bool HasOwnPadding => node.Text("auto_pad", "NOTSET") is "SAME_UPPER" or "SAME_LOWER"
        || (node.Ints("pads") ?? []).Any(pad => pad != 0);

    /// <summary>Reads them.</summary>
    /// <param name="kernel">The sizes of the kernel, where the weights tell; else its attribute does.</param>
    /// <param name="zeros">
    /// Zeros that were added to the image before: at the beginnings of all axes, then at their ends.
    /// </param>
    /// <exception cref="NotSupportedException">No layer has such windows.</exception>
    /// <exception cref="InvalidDataException">The attributes contradict each other.</exception>
    public Windows Read(IReadOnlyList<long>? kernel, IReadOnlyList<int>? zeros)
    {
        int[] size = Sizes("kernel_shape", kernel, least: 1);
        if (kernel is not null && !kernel.SequenceEqual(size.Select(one => (long)one)))
        {
            throw node.Damaged(
                $"its 'kernel_shape' is {Text(size)}, but the kernel of its weights is {string.Join(" × ", kernel)}");
        }

        long[] ones = [.. Enumerable.Repeat(1L, _axes)];
        int[] stride = Sizes("strides", ones, least: 1);
        int[] dilation = Sizes("dilations", ones, least: 1);
        int[] added = [.. zeros ?? new int[2 * _axes]];
        for (int i = 0; i < _axes; i++)
        {
            if (Extent(size[i], dilation[i]) > Most)
            {
                throw node.Refuse($"its kernel reaches {Extent(size[i], dilation[i])} places far, more than {Most}");
            }
        }

        int[] pads = Pads(size, stride, dilation, added);
        var counts = new int[_axes];
        for (int i = 0; i < _axes; i++)
        {
            long room = image[i] + (long)added[i] + added[_axes + i] + pads[i] + pads[_axes + i]
                - Extent(size[i], dilation[i]);
            if (room < 0)
            {
                throw node.Refuse(
                    $"there is no room for its kernel, {Text(size)}, in an image of {image} with its padding");
            }

            if (node.Int("ceil_mode", 0) != 0 && room % stride[i] != 0)
            {
                // A window more, unless it begins behind the image; what it lacks is padding, if that does not count.
                long begin = ((room / stride[i]) + 1) * stride[i];
                if (begin < image[i] + (long)pads[i])
                {
                    if (node.Int("count_include_pad", 0) != 0 || zeros is not null)
                    {
                        throw node.Refuse(
                            $"its 'ceil_mode' is 1, which adds a window that is not whole along axis {i + 2}, and it "
                            + "counts the padding, of which that window has less than its place");
                    }

                    long more = stride[i] - (room % stride[i]);
                    pads[_axes + i] += (int)more;
                    room += more;
                }
            }

            counts[i] = (int)Math.Min((room / stride[i]) + 1, int.MaxValue);
        }

        int[] all = [.. pads.Zip(added, (own, other) => checked(own + other))];
        return Windows.Of(size, stride, dilation, all, counts);
    }

    private static long Extent(int size, int dilation) => ((size - 1L) * dilation) + 1;

    private static string Text(IEnumerable<int> sizes) => string.Join(" × ", sizes);

    private int[] Pads(int[] size, int[] stride, int[] dilation, int[] added)
    {
        string kind = node.Text("auto_pad", "NOTSET");
        if (kind is "NOTSET" or "")
        {
            return Sizes("pads", new long[2 * _axes], least: 0);
        }

        var pads = new int[2 * _axes];
        if (kind is "SAME_UPPER" or "SAME_LOWER")
        {
            for (int i = 0; i < _axes; i++)
            {
                // As much as gives ⌈length/stride⌉ windows; where it is odd, the larger half is at the end or not.
                long length = image[i] + (long)added[i] + added[_axes + i];
                long count = ((length - 1) / stride[i]) + 1;
                long total = Math.Max(0, ((count - 1) * stride[i]) + Extent(size[i], dilation[i]) - length);
                long half = total / 2;
                (pads[i], pads[_axes + i]) =
                    kind == "SAME_UPPER" ? ((int)half, (int)(total - half)) : ((int)(total - half), (int)half);
            }
        }
        else if (kind != "VALID")
        {
            throw node.Damaged($"its 'auto_pad' is '{MessageText.Shortened(kind)}'");
        }

        return pads;
    }

    private int[] Sizes(string name, IReadOnlyList<long>? otherwise, int least)
    {
        IReadOnlyList<long> sizes = node.Ints(name) ?? otherwise ?? throw node.Damaged($"it has no '{name}'");
        int expected = name == "pads" ? 2 * _axes : _axes;
        if (sizes.Count != expected)
        {
            throw node.Damaged($"its '{name}' has {sizes.Count} numbers, not {expected}");
        }

        foreach (long size in sizes)
        {
            if (size < least || size > Most)
            {
                throw node.Refuse(
                    $"its '{name}' has the number {size}; only {least} to {Most} can be represented"
                    + (name == "pads" && size < 0 ? ", as a number below 0 cuts the image" : ""));
            }
        }

        return [.. sizes.Select(size => (int)size)];
    }
}
