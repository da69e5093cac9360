using NeuralNet.Guards;

namespace NeuralNet.Explanations;

/// <summary>
/// Features that are looked at as one, such as those that a column of a table became, or those that go together: their
/// values are shuffled together.
/// </summary>
public sealed class FeatureGroup
{
    private readonly int[] _features;

    /// <summary>Makes a group.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="features">The indices of its features, from 0; at least one.</param>
    /// <exception cref="ArgumentException">
    /// The name is blank, there are no features, or one is negative or there twice.
    /// </exception>
    public FeatureGroup(string name, params IReadOnlyList<int> features)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(features);
        Name = name;
        _features = [.. features];
        if (_features.Length == 0 || Array.Exists(_features, feature => feature < 0)
            || _features.Distinct().Count() < _features.Length)
        {
            throw new ArgumentException(
                $"The group {MessageText.Quoted(name)} must name at least one feature, counted from 0, each once, but "
                + $"it names [{string.Join(", ", _features)}].",
                nameof(features));
        }
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>The indices of its features.</summary>
    public IReadOnlyList<int> Features => _features;

    /// <summary>The name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    /// <summary>The features, for loops.</summary>
    internal ReadOnlySpan<int> Indices => _features;
}
