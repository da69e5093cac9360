using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.ModelSelection;

/// <summary>The settings of one trial, by name.</summary>
public sealed class Hyperparameters
{
    private readonly KeyValuePair<string, object?>[] _values;

    internal Hyperparameters(IEnumerable<KeyValuePair<string, object?>> values, bool sharesProcessors)
    {
        _values = [.. values];
        SharesProcessors = sharesProcessors;
    }

    /// <summary>The settings, in the order of the search space.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Values => _values;

    /// <summary>Whether other trials run at the same time.</summary>
    internal bool SharesProcessors { get; }

    /// <summary>The value of a setting.</summary>
    /// <typeparam name="TValue">
    /// Its type: that of a choice's values, <see cref="double"/> for a number from a range.
    /// </typeparam>
    /// <param name="name">The name.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">There is no such setting.</exception>
    /// <exception cref="InvalidCastException">The value is of another type.</exception>
    public TValue Get<TValue>(string name)
    {
        foreach ((string key, object? value) in _values)
        {
            if (key == name)
            {
                return value is TValue typed ? typed
                    : value is null && default(TValue) is null ? default!
                    : throw new InvalidCastException(
                        $"{MessageText.Quoted(name)} is a {value?.GetType().Name ?? "null"}, not a "
                        + $"{typeof(TValue).Name}.");
            }
        }

        throw new KeyNotFoundException(
            $"There is no setting {MessageText.Quoted(name)}; there are: "
            + $"{MessageText.Listed(_values.Select(v => v.Key))}."
            + NearestName.Question(name, _values.Select(v => v.Key)));
    }

    /// <summary>The settings, one after the other.</summary>
    /// <returns>For example <c>hidden 32, rate 0.01</c>.</returns>
    public override string ToString() =>
        string.Join(", ", _values.Select(v => MessageText.Shortened(
            string.Create(CultureInfo.InvariantCulture, $"{v.Key} {v.Value}"))));
}
