using NeuralNet.LinearAlgebra;

namespace NeuralNet.Convolutions;

/// <summary>The size of the output of a transposed convolution, from its own sizes, which are checked.</summary>
internal static class TransposedOutput
{
    /// <summary>The shape of the output, with the channels of the input.</summary>
    /// <param name="inputShape">(height, width, channels) or (steps, features).</param>
    /// <param name="kernelSize">Elements of the kernel.</param>
    /// <param name="stride">Distance in the output from one place of the input to the next.</param>
    /// <param name="padding">Places that the output lacks at its sides.</param>
    /// <param name="outputPadding">Places added at the end of the output.</param>
    /// <param name="dilation">Distance in the output from one element of the kernel to the next.</param>
    public static FeatureShape Of(
        FeatureShape inputShape,
        HeightWidth kernelSize,
        HeightWidth stride,
        Padding padding,
        HeightWidth outputPadding,
        HeightWidth dilation)
    {
        HeightWidth size = ImageShape.Size(inputShape);
        ImageShape.RequireAtLeast(kernelSize, 1);
        ImageShape.RequireAtLeast(stride, 1);
        ImageShape.RequireAtLeast(dilation, 1);
        ImageShape.RequireNotNegative(padding);
        if (inputShape.Rank == 2)
        {
            // Along a sequence only the height counts.
            (kernelSize, stride) = (new(kernelSize.Height, 1), new(stride.Height, 1));
            (dilation, outputPadding) = (new(dilation.Height, 1), new(outputPadding.Height, 0));
            padding = padding with { Left = 0, Right = 0 };
        }

        RequireOutputPadding(outputPadding, stride, padding);
        long height = padding.IsSame
            ? (long)size.Height * stride.Height
            : Length(size.Height, kernelSize.Height, stride.Height, dilation.Height)
                - padding.Top - padding.Bottom + outputPadding.Height;
        long width = padding.IsSame
            ? (long)size.Width * stride.Width
            : Length(size.Width, kernelSize.Width, stride.Width, dilation.Width)
                - padding.Left - padding.Right + outputPadding.Width;
        if (Math.Min(height, width) < 1)
        {
            (string image, string kernel) = inputShape.Rank == 2
                ? ($"sequence is {size.Height}", $"{kernelSize.Height}")
                : ($"image is {size}", $"{kernelSize}");
            throw new ArgumentException(
                $"The {image}, the kernel {kernel}, and the padding {padding}: a transposed convolution takes its "
                + "padding away from its output, and nothing would be left. Pad less.",
                nameof(padding));
        }

        return ImageShape.Of(height, width, inputShape.Channels, inputShape.Rank, nameof(inputShape));
    }

    private static long Length(int length, int kernel, int stride, int dilation) =>
        ((length - 1L) * stride) + ((kernel - 1L) * dilation) + 1;

    private static void RequireOutputPadding(HeightWidth outputPadding, HeightWidth stride, Padding padding)
    {
        ImageShape.RequireAtLeast(outputPadding, 0);
        if (outputPadding.Height >= stride.Height || outputPadding.Width >= stride.Width)
        {
            throw new ArgumentException(
                $"The output padding is {outputPadding}, the stride {stride}: it must be below the stride, since a "
                + "stride only leaves that many sizes of the output open.",
                nameof(outputPadding));
        }

        if (padding.IsSame && outputPadding != default)
        {
            throw new ArgumentException(
                $"Padding.Same makes the output as large as input times stride; leave the output padding of "
                + $"{outputPadding} out, or give the padding in numbers.",
                nameof(outputPadding));
        }
    }
}
