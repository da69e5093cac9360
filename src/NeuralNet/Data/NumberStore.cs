using System.Numerics;
using NeuralNet.Guards;

namespace NeuralNet.Data;

/// <summary>Samples that are kept as the numbers that they are.</summary>
internal sealed class NumberStore<T>(T[] numbers, int size) : SampleStore<T>(size)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override ReadOnlySpan<T> Read(int start, int count, scoped ref T[] scratch) =>
        numbers.AsSpan(start * Size, count * Size);

    /// <inheritdoc/>
    public override void CopyTo(int sample, Span<T> destination) => Sample(sample).CopyTo(destination);

    /// <inheritdoc/>
    public override SampleStore<T> Select(int start, ReadOnlySpan<int> indices)
    {
        T[] chosen = new T[ElementCount.Of(Size, indices.Length, "A choice of samples")];
        for (int i = 0; i < indices.Length; i++)
        {
            Sample(start + indices[i]).CopyTo(chosen.AsSpan(i * Size));
        }

        return new NumberStore<T>(chosen, Size);
    }

    /// <inheritdoc/>
    public override SampleStore<T> Range(int start, int count) =>
        start == 0 ? this : new NumberStore<T>(numbers.AsSpan(start * Size, count * Size).ToArray(), Size);

    private ReadOnlySpan<T> Sample(int sample) => numbers.AsSpan(sample * Size, Size);
}
