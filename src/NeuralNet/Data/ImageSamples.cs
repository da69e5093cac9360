using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Data;

/// <summary>Checks of batches of images.</summary>
internal static class ImageSamples
{
    /// <summary>Requires the shape of an image.</summary>
    public static FeatureShape Require(FeatureShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Rank == 3
            ? shape
            : throw new ArgumentException(
                $"An image has height, width and channels, such as new FeatureShape(28, 28, 1), but its shape is "
                + $"{shape}.",
                nameof(shape));
    }

    /// <summary>Requires images of a shape, one per column.</summary>
    public static void RequireFit<T>(MatrixSpan<T> inputs, FeatureShape shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        if (inputs.Rows != shape.Size)
        {
            throw new ArgumentException(
                $"Images of {shape} have {Quantity.Of(shape.Size, "number")}, but the inputs have "
                + $"{Quantity.Of(inputs.Rows, "feature")}."
                + SampleLayout.Advice(shape.Size, inputs.Rows, inputs.Columns),
                nameof(inputs));
        }
    }
}
