using System.Globalization;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Convolutions;

/// <summary>
/// The windows that slide over images or along sequences: the sizes of a layer, checked, along each axis.
/// </summary>
internal sealed class ImageWindows
{
    /// <summary>Reads the sizes.</summary>
    /// <param name="input">(height, width, channels) or (steps, features).</param>
    /// <param name="size">Elements of a window.</param>
    /// <param name="stride">Distance from one window to the next.</param>
    /// <param name="dilation">Distance from one element of a window to the next.</param>
    /// <param name="padding">Zeros around the image.</param>
    /// <param name="sizeName">The parameter that the size was given as.</param>
    /// <param name="window">What the layer calls a window, such as <c>kernel</c>.</param>
    public ImageWindows(
        FeatureShape input,
        HeightWidth size,
        HeightWidth stride,
        HeightWidth dilation,
        Padding padding,
        string sizeName,
        string window)
    {
        HeightWidth image = ImageShape.Size(input);
        ImageShape.RequireAtLeast(size, 1, sizeName);
        ImageShape.RequireAtLeast(stride, 1);
        ImageShape.RequireAtLeast(dilation, 1);
        ImageShape.RequireNotNegative(padding);

        Input = input;
        Rows = Axis(image.Height, size.Height, stride.Height, dilation.Height, padding, padding.Top, padding.Bottom);
        Columns = input.Rank == 2
            ? new WindowAxis(1, 1, 1, 1, 0, 0)
            : Axis(image.Width, size.Width, stride.Width, dilation.Width, padding, padding.Left, padding.Right);
        if (Rows.Windows == 0 || Columns.Windows == 0)
        {
            string place = input.Rank == 2 ? "sequence" : "image";
            throw new ArgumentException(
                $"The {place} is {Side(axis => axis.Length)}{Padded()}, the {window} {Side(axis => axis.Extent)}"
                + $"{(Dilation == new HeightWidth(1, 1) ? "" : " with its dilation")}: there is no room for it. Make "
                + $"it smaller, or pad the {place}.{ImageShape.AdviceOnChannels(input)}",
                sizeName);
        }
    }

    /// <summary>The only window that is the whole input.</summary>
    public static ImageWindows Whole(FeatureShape inputShape)
    {
        HeightWidth size = ImageShape.Size(inputShape);
        return new(inputShape, size, size, 1, Padding.Valid, nameof(inputShape), "window");
    }

    /// <summary>
    /// The windows of a pooling, which are next to each other unless a stride is given, and each of which reaches the
    /// input.
    /// </summary>
    public static ImageWindows OfPooling(
        FeatureShape inputShape, HeightWidth poolSize, HeightWidth? stride, Padding padding)
    {
        var windows = new ImageWindows(
            inputShape, poolSize, stride ?? poolSize, 1, padding, nameof(poolSize), "window");
        foreach (WindowAxis axis in new[] { windows.Rows, windows.Columns })
        {
            if (axis.Before >= axis.Kernel || axis.AfterInUse >= axis.Kernel)
            {
                throw new ArgumentException(
                    $"A window of {axis.Kernel} would lie in a padding of {Math.Max(axis.Before, axis.AfterInUse)} "
                    + "alone; pad by less than a window.",
                    nameof(padding));
            }
        }

        return windows;
    }

    /// <summary>
    /// The windows of a transposed convolution, which slide over its output, one for each place of its input.
    /// </summary>
    public static ImageWindows OfTransposedConvolution(
        FeatureShape inputShape,
        HeightWidth kernelSize,
        HeightWidth? stride,
        Padding padding,
        HeightWidth? outputPadding,
        HeightWidth? dilation) =>
        new(
            TransposedOutput.Of(inputShape, kernelSize, stride ?? 1, padding, outputPadding ?? 0, dilation ?? 1),
            kernelSize,
            stride ?? 1,
            dilation ?? 1,
            padding,
            nameof(kernelSize),
            "kernel");

    /// <summary>Requires a number of groups that divides channels and filters.</summary>
    public static void RequireGroups(int channels, int filters, int groups)
    {
        Require.AtLeast(groups, 1);
        if (channels % groups != 0 || filters % groups != 0)
        {
            throw new ArgumentException(
                $"The number of groups must divide the {channels} channels of the input and the {filters} filters, "
                + $"but it is {groups}.",
                nameof(groups));
        }
    }

    /// <summary>The windows along the height of an image, or along a sequence.</summary>
    public WindowAxis Rows { get; }

    /// <summary>The windows along the width of an image; one of one place for a sequence.</summary>
    public WindowAxis Columns { get; }

    /// <summary>Elements of a window.</summary>
    public HeightWidth Size => new(Rows.Kernel, Columns.Kernel);

    /// <summary>Distance from one window to the next.</summary>
    public HeightWidth Stride => new(Rows.Stride, Columns.Stride);

    /// <summary>Distance from one element of a window to the next.</summary>
    public HeightWidth Dilation => new(Rows.Dilation, Columns.Dilation);

    /// <summary>Zeros around the image.</summary>
    public Padding Padding => new(Rows.Before, Rows.After, Columns.Before, Columns.After);

    /// <summary>The shape of what the windows slide over.</summary>
    public FeatureShape Input { get; }

    /// <summary>The shape of an output that has channels for each window.</summary>
    public FeatureShape Output(int channels) =>
        ImageShape.Of(Rows.Windows, Columns.Windows, channels, Input.Rank, nameof(channels));

    /// <summary>The shape of an output that has the channels of the input for each window.</summary>
    public FeatureShape Output() => Output(Input.Channels);

    /// <summary>
    /// The shape of weights with an element for each place of a window; of a sequence without the width.
    /// </summary>
    public int[] WeightShape(int first, int last) =>
        Input.Rank == 2 ? [first, Size.Height, last] : [first, Size.Height, Size.Width, last];

    private static WindowAxis Axis(
        int length, int size, int stride, int dilation, Padding padding, int before, int after)
    {
        var axis = new WindowAxis(length, size, stride, dilation, before, after);
        if (!padding.IsSame)
        {
            return axis;
        }

        long windows = ((length - 1L) / stride) + 1;
        long total = Math.Max(0, ((windows - 1) * stride) + axis.Extent - length);
        return axis with { Before = checked((int)(total / 2)), After = checked((int)(total - (total / 2))) };
    }

    private string Side(Func<WindowAxis, long> of) => Input.Rank == 2
        ? of(Rows).ToString(CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"{of(Rows)} × {of(Columns)}");

    private string Padded() => Padding == default
        ? ""
        : $" ({Side(axis => (long)axis.Length + axis.Before + axis.After)} with its padding)";
}
