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
        int parameter = ParameterAt(start);
        while (!numbers.IsEmpty)
        {
            Span<T> rest = gradients.Arrays[parameter].AsSpan((int)(start - _starts[parameter]));
            int count = Math.Min(rest.Length, numbers.Length);
            rest[..count].CopyTo(numbers);
            numbers = numbers[count..];
            start += count;
            parameter++;
        }
    }

    /// <summary>Copies numbers to a place.</summary>
    public void Write(Gradients<T> gradients, long start, ReadOnlySpan<T> numbers)
    {
        int parameter = ParameterAt(start);
        while (!numbers.IsEmpty)
        {
            Span<T> rest = gradients.Arrays[parameter].AsSpan((int)(start - _starts[parameter]));
            int count = Math.Min(rest.Length, numbers.Length);
            numbers[..count].CopyTo(rest);
            numbers = numbers[count..];
            start += count;
            parameter++;
        }
    }

    private int ParameterAt(long start)
    {
        int found = Array.BinarySearch(_starts, start);
        return found >= 0 ? found : ~found - 1;
    }
}
