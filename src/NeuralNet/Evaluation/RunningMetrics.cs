using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Metrics;

namespace NeuralNet.Evaluation;

/// <summary>The metrics of a run so far, read by name.</summary>
internal sealed class RunningMetrics : IReadOnlyDictionary<string, double>
{
    private const int LongestName = 200;

    private readonly string[] _names;
    private readonly IMetricAccumulator[] _accumulators;
    private readonly bool[] _areWeighted;

    /// <summary>Starts the metrics; refuses those that make no sense for the outputs.</summary>
    public RunningMetrics(IReadOnlyList<IMetric> metrics, OutputDescription outputs)
    {
        _names = metrics.Select(metric => metric.Name).ToArray();
        if (Array.Find(_names, name => !IsName(name)) is { } unusable)
        {
            throw new ArgumentException(
                $"A metric is named {MessageText.Quoted(unusable)}: a name is shown in logs and kept in checkpoints, "
                + $"so it has at most {LongestName} characters, none of them invisible, and is not blank.",
                nameof(metrics));
        }

        string? twice = _names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new ArgumentException($"There are two metrics named {MessageText.Quoted(twice)}.", nameof(metrics));
        }

        _accumulators = metrics.Select(outputs.Begin).ToArray();
        _areWeighted = metrics.Select(metric => metric.IsWeighted).ToArray();
    }

    /// <summary>Whether a text can name a metric in logs, tables and checkpoints.</summary>
    public static bool IsName(string text) =>
        text.Length <= LongestName && !string.IsNullOrWhiteSpace(text) && MessageText.Printable(text) == text;

    public int Count => _names.Length;

    public IEnumerable<string> Keys => _names;

    public IEnumerable<double> Values => _accumulators.Select(accumulator => accumulator.Value);

    public double this[string key] =>
        TryGetValue(key, out double value)
            ? value
            : throw new KeyNotFoundException(
                $"There is no metric {MessageText.Quoted(key)}; there are: {MessageText.Listed(_names)}."
                + NearestName.Question(key, _names));

    /// <summary>Adds a batch; the weights of its samples count for the metrics that are weighted.</summary>
    public void Add<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < _accumulators.Length; i++)
        {
            _accumulators[i].Add(outputs, targets, _areWeighted[i] ? weights : default);
        }
    }

    public void Reset()
    {
        foreach (IMetricAccumulator accumulator in _accumulators)
        {
            accumulator.Reset();
        }
    }

    public Dictionary<string, double> ToDictionary() => new Figures(this);

    public bool ContainsKey(string key) => Array.IndexOf(_names, key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        int at = Array.IndexOf(_names, key);
        value = at >= 0 ? _accumulators[at].Value : double.NaN;
        return at >= 0;
    }

    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() =>
        _names.Zip(_accumulators, (name, accumulator) => KeyValuePair.Create(name, accumulator.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
