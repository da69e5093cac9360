namespace NeuralNet.Kernels;

/// <summary>The windows of a pooling over images, channels last; padding has no values.</summary>
/// <param name="Rows">The windows along the height.</param>
/// <param name="Columns">The windows along the width.</param>
/// <param name="Channels">Channels, each pooled alone.</param>
/// <param name="CountsPadding">Whether an average divides by the whole window, or by its places in the image.</param>
internal sealed record PoolingGeometry(
    WindowAxis Rows, WindowAxis Columns, int Channels, bool CountsPadding = false)
{
    /// <summary>Number of elements of an input.</summary>
    public int InputSize => Rows.Length * Columns.Length * Channels;

    /// <summary>Number of elements of an output.</summary>
    public int OutputSize => Rows.Windows * Columns.Windows * Channels;

    /// <summary>The places of a window that are within the axis: from the first to before the end.</summary>
    public static (int First, int End) Places(in WindowAxis axis, int window)
    {
        int start = (window * axis.Stride) - axis.Before;
        (int first, int end) = axis.ElementsWithin(window);
        return (start + first, start + end);
    }
}
