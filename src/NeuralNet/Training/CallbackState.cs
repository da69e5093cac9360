using System.Globalization;
using System.Numerics;

namespace NeuralNet.Training;

/// <summary>The state of a callback: numbers and arrays, by name.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class CallbackState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Single numbers, kept exactly, NaN and infinity included.</summary>
    public IDictionary<string, double> Numbers { get; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Arrays, kept exactly.</summary>
    public IDictionary<string, T[]> Arrays { get; } = new SortedDictionary<string, T[]>(StringComparer.Ordinal);

    /// <summary>Returns a number that must be there.</summary>
    /// <param name="name">The name of the number.</param>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidDataException">There is no such number.</exception>
    public double Number(string name) =>
        Numbers.TryGetValue(name, out double value)
            ? value
            : throw new InvalidDataException($"It holds no number '{name}'.");

    /// <summary>Returns a whole number, at least 0, that must be there.</summary>
    /// <param name="name">The name of the number.</param>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidDataException">There is no such number, or it is no count.</exception>
    public int Count(string name) =>
        Number(name) is var value && value is >= 0 and <= int.MaxValue && value == Math.Floor(value)
            ? (int)value
            : throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"Its number '{name}' must be whole and at least 0, but it is {value}."));
}
