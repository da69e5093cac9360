using System.Collections;
using NeuralNet.Guards;

namespace NeuralNet.Explanations;

/// <summary>
/// The permutation importance of each feature, the greatest first; its text is a table to print.
/// </summary>
public sealed class FeatureImportances : IReadOnlyList<FeatureImportance>
{
    private readonly FeatureImportance[] _sorted;

    internal FeatureImportances(Score score, double value, IEnumerable<FeatureImportance> importances)
    {
        Score = score;
        Value = value;
        _sorted = [.. importances.OrderByDescending(importance => importance.Mean)];
    }

    /// <summary>The figure by which predictions were judged.</summary>
    public Score Score { get; }

    /// <summary>The value of the score on the samples as they are.</summary>
    public double Value { get; }

    /// <summary>Number of features.</summary>
    public int Count => _sorted.Length;

    /// <summary>One of the features, the most important first.</summary>
    /// <param name="index">Its place, from 0.</param>
    public FeatureImportance this[int index] => _sorted[index];

    /// <summary>The importance of a feature by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such feature.</exception>
    public FeatureImportance this[string name] =>
        Array.Find(_sorted, importance => importance.Name == name)
        ?? throw new KeyNotFoundException(
            $"There is no feature {MessageText.Quoted(name)}; there are "
            + $"{MessageText.Listed(_sorted.Select(importance => importance.Name))}."
            + NearestName.Question(name, _sorted.Select(importance => importance.Name)));

    /// <inheritdoc/>
    public IEnumerator<FeatureImportance> GetEnumerator() => ((IEnumerable<FeatureImportance>)_sorted).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A line per feature: its name, the mean, the ends of the interval, and a bar.</summary>
    /// <returns>The table.</returns>
    public override string ToString()
    {
        var table = new AlignedText("feature", "worse by", "from", "to", "");
        foreach (FeatureImportance importance in _sorted)
        {
            table.Add(
                MessageText.Shortened(importance.Name, AlignedText.LongestName),
                AlignedText.Number(importance.Mean),
                AlignedText.Number(importance.Interval.Lower),
                AlignedText.Number(importance.Interval.Upper),
                AlignedText.Bar(importance.Mean, _sorted[0].Mean));
        }

        return FormattableString.Invariant($"{Score.Name} {Value:G4}; when a feature is shuffled, it is:")
            + Environment.NewLine + table;
    }
}
