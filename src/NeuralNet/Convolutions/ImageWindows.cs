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
    private readonly FeatureShape _input;

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
        ArgumentNullException.ThrowIfNull(input);
        if (input.Rank is not (2 or 3))
        {
            throw new ArgumentException(
                $"The input must be an image, height × width × channels, or a sequence, steps × features, but it is "
                + $"{input}. Create the network with such a FeatureShape, or reshape before.",
                nameof(input));
        }

        Require.AtLeast(Math.Min(size.Height, size.Width), 1, sizeName);
        Require.AtLeast(Math.Min(stride.Height, stride.Width), 1, nameof(stride));
        Require.AtLeast(Math.Min(dilation.Height, dilation.Width), 1, nameof(dilation));
        Require.AtLeast(
            Math.Min(Math.Min(padding.Top, padding.Bottom), Math.Min(padding.Left, padding.Right)), 0, nameof(padding));

        _input = input;
        Rows = Axis(input[0], size.Height, stride.Height, dilation.Height, padding, padding.Top, padding.Bottom);
        Columns = input.Rank == 2
            ? new WindowAxis(1, 1, 1, 1, 0, 0)
            : Axis(input[1], size.Width, stride.Width, dilation.Width, padding, padding.Left, padding.Right);
        if (Rows.Windows == 0 || Columns.Windows == 0)
        {
            string place = input.Rank == 2 ? "sequence" : "image";
            throw new ArgumentException(
                $"The {place} is {Side(axis => axis.Length)}{Padded()}, the {window} {Side(axis => axis.Extent)}"
                + $"{(Dilation == new HeightWidth(1, 1) ? "" : " with its dilation")}: there is no room for it. Make "
                + $"it smaller, or pad the {place}.",
                sizeName);
        }
    }

    /// <summary>The only window that is the whole input.</summary>
    public static ImageWindows Whole(FeatureShape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        var size = new HeightWidth(inputShape[0], inputShape.Rank > 1 ? inputShape[1] : 1);
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

    /// <summary>The shape of an output that has channels for each window.</summary>
    public FeatureShape Output(int channels) =>
        _input.Rank == 2 ? new(Rows.Windows, channels) : new(Rows.Windows, Columns.Windows, channels);

    /// <summary>The shape of an output that has the channels of the input for each window.</summary>
    public FeatureShape Output() => Output(_input.Channels);

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

    private string Side(Func<WindowAxis, long> of) => _input.Rank == 2
        ? of(Rows).ToString(CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"{of(Rows)} × {of(Columns)}");

    private string Padded() => Padding == default
        ? ""
        : $" ({Side(axis => (long)axis.Length + axis.Before + axis.After)} with its padding)";
}
