using NeuralNet.Guards;

namespace NeuralNet.Explanations;

/// <summary>The options of a permutation importance.</summary>
public sealed class PermutationOptions
{
    private readonly int _repeats = 10;
    private readonly int? _threads;

    /// <summary>The number of times each feature is shuffled, at least 2; 10 unless set (scikit-learn: 5).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value below 2.</exception>
    public int Repeats
    {
        get => _repeats;
        init => _repeats = Require.AtLeast(value, 2, nameof(Repeats));
    }

    /// <summary>The seed of the orders; 0 unless set. The same seed gives the same bits.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Most threads at work; as many as there are processors if null. The result is the same to the bit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value below 1.</exception>
    public int? Threads
    {
        get => _threads;
        init => _threads = value is { } threads ? Require.AtLeast(threads, 1, nameof(Threads)) : null;
    }

    /// <summary>
    /// The features that are shuffled together, such as those that go together; each by itself if null.
    /// </summary>
    public IReadOnlyList<FeatureGroup>? Groups { get; init; }
}
