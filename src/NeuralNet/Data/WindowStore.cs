using System.Numerics;

namespace NeuralNet.Data;

/// <summary>
/// Samples that are windows of one long row of whole numbers, which is kept once however much they overlap.
/// </summary>
internal sealed class WindowStore<T> : SampleStore<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ReadOnlyMemory<int> _numbers;
    private readonly WindowStarts _starts;

    /// <summary>Windows at equal distances.</summary>
    public WindowStore(ReadOnlyMemory<int> numbers, int size, int stride)
        : this(numbers, size, new WindowStarts(stride))
    {
    }

    private WindowStore(ReadOnlyMemory<int> numbers, int size, WindowStarts starts)
        : base(size) => (_numbers, _starts) = (numbers, starts);

    /// <inheritdoc/>
    public override void CopyTo(int sample, Span<T> destination)
    {
        ReadOnlySpan<int> window = _numbers.Span.Slice(_starts[sample], Size);
        Span<T> inputs = destination[..Size];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = T.CreateTruncating(window[i]);
        }
    }

    /// <inheritdoc/>
    public override SampleStore<T> Select(int start, ReadOnlySpan<int> indices) =>
        new WindowStore<T>(_numbers, Size, _starts.Select(start, indices));

    /// <inheritdoc/>
    public override SampleStore<T> Range(int start, int count) =>
        new WindowStore<T>(_numbers, Size, _starts.From(start));
}
