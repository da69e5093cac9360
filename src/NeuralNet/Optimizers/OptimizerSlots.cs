using System.Numerics;

namespace NeuralNet.Optimizers;

/// <summary>
/// The values that an optimizer remembers for a range of elements: a number of slots, each as long as the range.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct OptimizerSlots<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Span<T> _memory;
    private readonly int _stride;
    private readonly int _start;
    private readonly int _length;

    /// <summary>Divides memory into slots, one after the other.</summary>
    /// <param name="memory">Room for all slots.</param>
    /// <param name="count">Number of slots.</param>
    /// <exception cref="ArgumentException">The memory does not divide into that many slots.</exception>
    public OptimizerSlots(Span<T> memory, int count)
    {
        if (count < 0 || (count == 0 ? memory.Length != 0 : memory.Length % count != 0))
        {
            throw new ArgumentException($"{memory.Length} elements do not divide into {count} slots.", nameof(memory));
        }

        _memory = memory;
        _stride = count == 0 ? 0 : memory.Length / count;
        _length = _stride;
        Count = count;
    }

    private OptimizerSlots(OptimizerSlots<T> whole, int start, int length)
    {
        _memory = whole._memory;
        _stride = whole._stride;
        _start = whole._start + start;
        _length = length;
        Count = whole.Count;
    }

    /// <summary>Number of slots.</summary>
    public int Count { get; }

    /// <summary>One slot, which has a value for each element of the range.</summary>
    /// <param name="slot">Index of the slot, from 0.</param>
    public Span<T> this[int slot] => _memory.Slice((slot * _stride) + _start, _length);

    /// <summary>The slots of some of the elements.</summary>
    /// <param name="start">First element, from 0.</param>
    /// <param name="length">Number of elements.</param>
    /// <returns>As many slots, each of that length, in the same memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no such elements.</exception>
    public OptimizerSlots<T> Slice(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (Count > 0)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _length - start);
        }

        return new(this, start, length);
    }
}
