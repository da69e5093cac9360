using System.Buffers;

namespace NeuralNet.Preprocessing;

/// <summary>Memory for a few samples on their way: rented, so that a warm transform allocates nothing.</summary>
internal readonly ref struct Scratch<T>
    where T : unmanaged
{
    // What stays in the processor's nearest cache.
    private const int Elements = 2048;

    private readonly T[] _rented;

    private Scratch(int size, int samples)
    {
        Samples = samples;
        _rented = ArrayPool<T>.Shared.Rent(checked(size * samples));
    }

    /// <summary>How many samples are transformed at a time, at least 1.</summary>
    public int Samples { get; }

    /// <summary>The memory.</summary>
    public Span<T> Values => _rented;

    /// <summary>Rents memory for some samples of a size, no more than there are.</summary>
    public static Scratch<T> Rent(int size, int samples) => new(size, Math.Max(1, Math.Min(samples, Elements / size)));

    public void Dispose() => ArrayPool<T>.Shared.Return(_rented);
}
