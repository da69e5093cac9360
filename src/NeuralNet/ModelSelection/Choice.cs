using NeuralNet.Randomness;

namespace NeuralNet.ModelSelection;

/// <summary>A setting that has one of several values.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
public sealed class Choice<TValue> : Hyperparameter
{
    private readonly TValue[] _values;

    internal Choice(string name, IReadOnlyList<TValue> values)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            throw new ArgumentException($"'{name}' needs at least one value to choose from.", nameof(values));
        }

        _values = [.. values];
    }

    /// <summary>The values.</summary>
    public IReadOnlyList<TValue> Values => _values;

    internal override int? Count => _values.Length;

    internal override object? At(int index) => _values[index];

    internal override object? Draw(RandomStream stream) => _values[(int)(stream.Bits(0) % (ulong)_values.Length)];
}
