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
    /// <summary>A window for each of so many places of a sequence.</summary>
    public static Windows Single(int places) => new(new(1, 1), new(1, 1), new(1, 1), default, [places]);
}
