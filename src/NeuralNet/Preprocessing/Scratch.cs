using System.Buffers;

namespace NeuralNet.Preprocessing;

/// <summary>
/// Rented memory for a few intermediate samples, so that a transform allocates nothing after its first call.
/// </summary>
internal readonly ref struct Scratch<T>
    where T : unmanaged
{
    // As much as stays in the processor's first-level cache.
    private const int Elements = 2048;

    private readonly T[] _rented;

    private Scratch(int size, int samples)
    {
        Samples = samples;
        _rented = ArrayPool<T>.Shared.Rent(checked(size * samples));
    }

    /// <summary>Number of samples transformed at a time, at least 1.</summary>
    public int Samples { get; }

    /// <summary>The memory.</summary>
    public Span<T> Values => _rented;

    /// <summary>Rents memory for samples of a size, for at most as many as there are.</summary>
    public static Scratch<T> Rent(int size, int samples) => new(size, Math.Max(1, Math.Min(samples, Elements / size)));

    public void Dispose() => ArrayPool<T>.Shared.Return(_rented);
}
