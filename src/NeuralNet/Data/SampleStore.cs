using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Preprocessing;

namespace NeuralNet.Data;

/// <summary>
/// The inputs or the targets of a data set, one sample after the other, in the form in which memory holds them.
/// </summary>
/// <param name="size">Number of elements of a sample.</param>
internal abstract class SampleStore<T>(int size)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Number of elements of a sample.</summary>
    public int Size => size;

    /// <summary>
    /// The numbers of successive samples: those in memory where they are kept as numbers, else converted into a scratch
    /// array, which is replaced by a larger one when it is too small.
    /// </summary>
    public virtual ReadOnlySpan<T> Read(int start, int count, scoped ref T[] scratch)
    {
        int length = ElementCount.Of(Size, count, "The numbers of samples");
        if (scratch.Length < length)
        {
            scratch = new T[length];
        }

        for (int i = 0; i < count; i++)
        {
            CopyTo(start + i, scratch.AsSpan(i * Size));
        }

        return scratch.AsSpan(0, length);
    }

    /// <summary>Copies the numbers of a sample.</summary>
    public abstract void CopyTo(int sample, Span<T> destination);

    /// <summary>Copies chosen samples, whose indices count from a start.</summary>
    public abstract SampleStore<T> Select(int start, ReadOnlySpan<int> indices);

    /// <summary>A store that begins with a sample: this one, or a copy of the samples from there on.</summary>
    public abstract SampleStore<T> Range(int start, int count);

    /// <summary>The same samples with transformed channels, in the same memory; null if that is not possible.</summary>
    public virtual SampleStore<T>? Transform(IChannelTransform transform) => null;
}
