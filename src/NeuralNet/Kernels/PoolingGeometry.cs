namespace NeuralNet.Kernels;

/// <summary>The windows of a pooling over images, channels last; padding has no values.</summary>
internal sealed class PoolingGeometry
{
    private readonly WindowAxis _rows;
    private readonly WindowAxis _columns;

    // Made at the first use: a file may give the sizes of an image that is larger than itself by far.
    private readonly Lazy<(int First, int End)[]> _rowPlaces;
    private readonly Lazy<(int First, int End)[]> _columnPlaces;

    /// <summary>Takes the sizes.</summary>
    /// <param name="rows">The windows along the height.</param>
    /// <param name="columns">The windows along the width.</param>
    /// <param name="channels">Channels, each pooled alone.</param>
    /// <param name="countsPadding">
    /// True if an average divides by the size of the window; false if by that of its part within the image.
    /// </param>
    public PoolingGeometry(WindowAxis rows, WindowAxis columns, int channels, bool countsPadding = false)
    {
        _rows = rows;
        _columns = columns;
        Channels = channels;
        CountsPadding = countsPadding;
        OutputSize = rows.Windows * columns.Windows * channels;
        _rowPlaces = new(() => Places(rows));
        _columnPlaces = new(() => Places(columns));
    }

    /// <summary>Channels, each pooled alone.</summary>
    public int Channels { get; }

    /// <summary>True if an average divides by the size of the window; false if by that of its part within it.</summary>
    public bool CountsPadding { get; }

    /// <summary>Columns of the image.</summary>
    public int Width => _columns.Length;

    /// <summary>Number of pixels of a window.</summary>
    public int WindowSize => _rows.Kernel * _columns.Kernel;

    /// <summary>Number of elements of an input.</summary>
    public int InputSize => _rows.Length * _columns.Length * Channels;

    /// <summary>Number of elements of an output.</summary>
    public int OutputSize { get; }

    /// <summary>The rows of the image that each window along the height covers: the first and the one after.</summary>
    public (int First, int End)[] RowPlaces => _rowPlaces.Value;

    /// <summary>The columns of the image that each window along the width covers.</summary>
    public (int First, int End)[] ColumnPlaces => _columnPlaces.Value;

    /// <summary>True if a pixel may be in several windows.</summary>
    public bool WindowsOverlap => _rows.Stride < _rows.Kernel || _columns.Stride < _columns.Kernel;

    /// <summary>True if every pixel is in a window.</summary>
    public bool WindowsCoverAll => CoversAll(_rows, RowPlaces) && CoversAll(_columns, ColumnPlaces);

    private static (int First, int End)[] Places(WindowAxis axis)
    {
        var places = new (int First, int End)[axis.Windows];
        for (int window = 0; window < places.Length; window++)
        {
            int start = (window * axis.Stride) - axis.Before;
            (int first, int end) = axis.ElementsWithin(window);
            places[window] = (start + first, start + end);
        }

        return places;
    }

    private static bool CoversAll(in WindowAxis axis, (int First, int End)[] places) =>
        axis.Stride <= axis.Kernel && places[^1].End == axis.Length;
}
