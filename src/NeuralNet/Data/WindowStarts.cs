namespace NeuralNet.Data;

/// <summary>Where windows of a long row begin: at equal distances, or, of those that were chosen, anywhere.</summary>
internal readonly struct WindowStarts
{
    private readonly int[]? _chosen;
    private readonly int _stride;

    // Number of windows, or of chosen ones, that are left out in front.
    private readonly int _skipped;

    public WindowStarts(int stride)
        : this(null, stride, 0)
    {
    }

    private WindowStarts(int[]? chosen, int stride, int skipped) =>
        (_chosen, _stride, _skipped) = (chosen, stride, skipped);

    /// <summary>The place of the first number of a window.</summary>
    public int this[int window] => _chosen?[_skipped + window] ?? ((_skipped + window) * _stride);

    /// <summary>Chosen windows, whose indices count from a start.</summary>
    public WindowStarts Select(int start, ReadOnlySpan<int> indices)
    {
        int[] chosen = new int[indices.Length];
        for (int i = 0; i < chosen.Length; i++)
        {
            chosen[i] = this[start + indices[i]];
        }

        return new(chosen, _stride, 0);
    }

    /// <summary>The windows from one on.</summary>
    public WindowStarts From(int start) => new(_chosen, _stride, _skipped + start);
}
