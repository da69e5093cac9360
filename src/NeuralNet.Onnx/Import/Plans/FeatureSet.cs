using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>
/// The features that an operator has a number for each of: all of a flat value, or the channels of an image.
/// </summary>
/// <param name="Shape">
/// The shape in which a layer reads its input, so that its last dimension are these features; null for a flat one.
/// </param>
/// <param name="Axes">The axes of the features in the order of the file; null where they have none.</param>
/// <param name="Order">The order of axes in the network, where these are the last; null where there are none.</param>
internal sealed record FeatureSet(FeatureShape? Shape, IReadOnlyList<Axis>? Axes, AxisOrder? Order)
{
    /// <summary>Just features, in the order of the file.</summary>
    public static FeatureSet Flat { get; } = new(null, null, null);

    /// <summary>
    /// For each feature of the network its place in the file, once the order is decided; null where it is the same.
    /// </summary>
    public int[]? Places()
    {
        if (Axes is null)
        {
            return null;
        }

        Axis[] file = [.. Axes.SelectMany(axis => axis.Parts)];
        Axis[] network = Order!.Axes[^file.Length..];
        if (file.SequenceEqual(network))
        {
            return null;
        }

        int[] places = new int[Axis.Product(file)];
        new AxisPermutation([.. file.Select(axis => axis.Size)], [.. network.Select(axis => Array.IndexOf(file, axis))])
            .Apply<int>([.. Enumerable.Range(0, places.Length)], places);
        return places;
    }

    /// <summary>Copies numbers in the order of the file, or one number for all, in the order of the network.</summary>
    public void Copy<T>(double[] values, Span<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int[]? places = values.Length == 1 ? null : Places();
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = T.CreateTruncating(values[values.Length == 1 ? 0 : places?[i] ?? i]);
        }
    }
}
