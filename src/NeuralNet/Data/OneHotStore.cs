using System.Numerics;

namespace NeuralNet.Data;

/// <summary>
/// Samples that are windows of one long row of classes, each class one-hot: a sample has as many elements as its window
/// has numbers, times the number of classes.
/// </summary>
internal sealed class OneHotStore<T> : SampleStore<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ReadOnlyMemory<int> _labels;
    private readonly int _classes;
    private readonly WindowStarts _starts;

    /// <summary>Windows at equal distances.</summary>
    public OneHotStore(ReadOnlyMemory<int> labels, int window, int classes, int stride)
        : this(labels, window * classes, classes, new WindowStarts(stride))
    {
    }

    private OneHotStore(ReadOnlyMemory<int> labels, int size, int classes, WindowStarts starts)
        : base(size) => (_labels, _classes, _starts) = (labels, classes, starts);

    /// <inheritdoc/>
    public override void CopyTo(int sample, Span<T> destination)
    {
        ReadOnlySpan<int> window = _labels.Span.Slice(_starts[sample], Size / _classes);
        destination[..Size].Clear();
        for (int i = 0; i < window.Length; i++)
        {
            destination[(i * _classes) + window[i]] = T.One;
        }
    }

    /// <inheritdoc/>
    public override SampleStore<T> Select(int start, ReadOnlySpan<int> indices) =>
        new OneHotStore<T>(_labels, Size, _classes, _starts.Select(start, indices));

    /// <inheritdoc/>
    public override SampleStore<T> Range(int start, int count) =>
        new OneHotStore<T>(_labels, Size, _classes, _starts.From(start));
}
