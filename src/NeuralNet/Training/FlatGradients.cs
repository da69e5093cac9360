using System.Numerics;
using NeuralNet.Backpropagation;

namespace NeuralNet.Training;

/// <summary>The gradients of all parameters as one sequence of numbers, one parameter after the other.</summary>
internal sealed class FlatGradients<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly long[] _starts;

    /// <summary>Makes the sequence for gradients of one network.</summary>
    public FlatGradients(Gradients<T> gradients)
    {
        T[][] arrays = gradients.Arrays;
        _starts = new long[arrays.Length + 1];
        for (int i = 0; i < arrays.Length; i++)
        {
            _starts[i + 1] = _starts[i] + arrays[i].Length;
        }
    }

    /// <summary>How many numbers there are.</summary>
    public long Count => _starts[^1];

    /// <summary>Copies numbers from a place on.</summary>
    public void Read(Gradients<T> gradients, long start, Span<T> numbers)
    {
        while (!numbers.IsEmpty)
        {
            ReadOnlySpan<T> run = Run(gradients, start, numbers.Length);
            run.CopyTo(numbers);
            numbers = numbers[run.Length..];
            start += run.Length;
        }
    }

    /// <summary>Copies numbers to a place.</summary>
    public void Write(Gradients<T> gradients, long start, ReadOnlySpan<T> numbers)
    {
        while (!numbers.IsEmpty)
        {
            Span<T> run = Run(gradients, start, numbers.Length);
            numbers[..run.Length].CopyTo(run);
            numbers = numbers[run.Length..];
            start += run.Length;
        }
    }

    /// <summary>The numbers from a place on that lie one after the other in memory, at least one.</summary>
    private Span<T> Run(Gradients<T> gradients, long start, int most)
    {
        int found = Array.BinarySearch(_starts, start);
        int parameter = found >= 0 ? found : ~found - 1;
        while (_starts[parameter + 1] <= start)
        {
            // Of several that begin here, all but the last are empty.
            parameter++;
        }

        Span<T> rest = gradients.Arrays[parameter].AsSpan((int)(start - _starts[parameter]));
        return rest[..Math.Min(rest.Length, most)];
    }
}
