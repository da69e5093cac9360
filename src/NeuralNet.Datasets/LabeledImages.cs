using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Guards;

namespace NeuralNet.Datasets;

/// <summary>Images as bytes, and the class of each.</summary>
public sealed class LabeledImages
{
    private readonly int[] _labels;
    private readonly int _classes;

    internal LabeledImages(ByteMatrix pixels, int[] labels, int classes) =>
        (Pixels, _labels, _classes) = (pixels, labels, classes);

    /// <summary>The pixels: one image per column, its elements (row, column, channel).</summary>
    public ByteMatrix Pixels { get; }

    /// <summary>The class of each image, from 0.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <summary>Number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>Makes a data set of the pixels, each divided by 255, with one-hot targets.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <returns>A data set that shares the bytes.</returns>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public DataSet<T> ToDataSet<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => DataSet.FromLabels<T>(Pixels, _labels, _classes);

    /// <summary>Numbers of images, pixels and classes, as readable text.</summary>
    /// <returns>For example <c>60000 images of 784 bytes, 10 classes</c>.</returns>
    public override string ToString() =>
        $"{Quantity.Of(Count, "image")} of {Quantity.Of(Pixels.RowCount, "byte")}, "
        + Quantity.Of(_classes, "class", "classes");
}
