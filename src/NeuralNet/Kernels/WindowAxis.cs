namespace NeuralNet.Kernels;

/// <summary>
/// The windows that slide along one axis of an image or a sequence: window w has its element k at place
/// w·stride + k·dilation − before of the axis; places outside it are padding.
/// </summary>
/// <param name="Length">Number of places of the axis, at least 1.</param>
/// <param name="Kernel">Number of elements of a window, at least 1.</param>
/// <param name="Stride">Distance from one window to the next, at least 1.</param>
/// <param name="Dilation">Distance from one element of a window to the next, at least 1.</param>
/// <param name="Before">Number of places of padding before the first, at least 0.</param>
/// <param name="After">Number of places of padding after the last, at least 0.</param>
internal readonly record struct WindowAxis(int Length, int Kernel, int Stride, int Dilation, int Before, int After)
{
    /// <summary>Number of places from the first element of a window to its last, both included.</summary>
    public long Extent => ((long)(Kernel - 1) * Dilation) + 1;

    /// <summary>Number of windows; 0 where the padded axis is shorter than a window.</summary>
    public int Windows
    {
        get
        {
            long room = (long)Length + Before + After - Extent;
            return room < 0 ? 0 : (int)(room / Stride) + 1;
        }
    }

    /// <summary>
    /// The places of padding after the last that windows reach: fewer than there are if strides end before.
    /// </summary>
    public int AfterInUse => (int)Math.Max(0, ((Windows - 1L) * Stride) + Extent - Length - Before);

    /// <summary>The places after the last window, padding among them: fewer than a stride.</summary>
    public int BeyondWindows => (int)(Length + (long)Before + After - Extent - ((Windows - 1L) * Stride));

    /// <summary>
    /// The axis of windows along which gradients flow back: with the elements in reverse order, its window w covers the
    /// windows of this axis that place w is in. Null where strides, dilation or padding allow no such axis.
    /// </summary>
    public WindowAxis? Mirror => Stride == 1 && Dilation == 1 && Before < Kernel && After < Kernel
        ? new(Windows, Kernel, 1, 1, Kernel - 1 - Before, Kernel - 1 - After)
        : null;

    /// <summary>The elements of a window that are within the axis: from the first to before the end.</summary>
    public (int First, int End) ElementsWithin(int window)
    {
        long start = ((long)window * Stride) - Before;
        long first = start >= 0 ? 0 : (-start + Dilation - 1) / Dilation;
        long end = (Length - start + Dilation - 1) / Dilation;
        first = Math.Min(first, Kernel);
        return ((int)first, (int)Math.Clamp(end, first, Kernel));
    }
}
