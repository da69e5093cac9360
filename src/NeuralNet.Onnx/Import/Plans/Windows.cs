using NeuralNet.LinearAlgebra;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>
/// The windows of a convolution or a pooling; along a sequence, the height is the steps and the width 1.
/// </summary>
/// <param name="Size">Rows and columns of a window.</param>
/// <param name="Stride">Distance from one window to the next.</param>
/// <param name="Dilation">Distance from one element of a window to the next.</param>
/// <param name="Padding">What is around the image.</param>
/// <param name="Counts">The number of windows along each axis.</param>
internal sealed record Windows(
    HeightWidth Size, HeightWidth Stride, HeightWidth Dilation, Padding Padding, IReadOnlyList<int> Counts)
{
    /// <summary>Windows of sizes by axis, of height and width or of steps alone, as files have them.</summary>
    /// <param name="size">Elements of a window along each axis.</param>
    /// <param name="stride">Distances from one window to the next.</param>
    /// <param name="dilation">Distances from one element of a window to the next.</param>
    /// <param name="pads">What is around the image: at the beginnings of all axes, then at their ends.</param>
    /// <param name="counts">The number of windows along each axis.</param>
    public static Windows Of(int[] size, int[] stride, int[] dilation, int[] pads, int[] counts) => new(
        Pair(size, 1),
        Pair(stride, 1),
        Pair(dilation, 1),
        pads.Length == 2 ? new(pads[0], pads[1], 0, 0) : new(pads[0], pads[2], pads[1], pads[3]),
        counts);

    /// <summary>Numbers of height and width; of steps alone, the width has another one.</summary>
    public static HeightWidth Pair(int[] numbers, int otherwise) =>
        new(numbers[0], numbers.Length > 1 ? numbers[1] : otherwise);

    /// <summary>A window for each of so many places of a sequence.</summary>
    public static Windows Single(int places) => new(new(1, 1), new(1, 1), new(1, 1), default, [places]);
}
