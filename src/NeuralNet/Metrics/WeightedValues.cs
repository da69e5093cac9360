using System.Runtime.InteropServices;

namespace NeuralNet.Metrics;

/// <summary>
/// Numbers with weights that can be sorted, such as the scores of samples. Its memory is kept by a reset.
/// </summary>
internal sealed class WeightedValues
{
    private readonly List<double> _values = [];

    // Empty as long as all are 1, which takes half the memory.
    private readonly List<double> _weights = [];

    /// <summary>The number of values.</summary>
    public int Count => _values.Count;

    /// <summary>One of the values.</summary>
    public double Value(int index) => _values[index];

    /// <summary>The weight of one of the values.</summary>
    public double Weight(int index) => _weights.Count == 0 ? 1 : _weights[index];

    /// <summary>Adds a number.</summary>
    public void Add(double value, double weight)
    {
        if (weight != 1 || _weights.Count > 0)
        {
            while (_weights.Count < _values.Count)
            {
                _weights.Add(1);
            }

            _weights.Add(weight);
        }

        _values.Add(value);
    }

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        _values.Clear();
        _weights.Clear();
    }

    /// <summary>
    /// Sorts the numbers in place, and equal ones by their weights: then a sum over them is the same to the bit in
    /// whatever order they were added.
    /// </summary>
    public void Sort()
    {
        Span<double> values = CollectionsMarshal.AsSpan(_values);
        Span<double> weights = CollectionsMarshal.AsSpan(_weights);
        if (weights.IsEmpty)
        {
            values.Sort();
            return;
        }

        values.Sort(weights);
        for (int start = 0, end; start < values.Length; start = end)
        {
            for (end = start + 1; end < values.Length && values[end] == values[start]; end++)
            {
            }

            weights[start..end].Sort();
        }
    }

    /// <summary>Sorts the numbers and finds their median; where two are in the middle, their mean.</summary>
    public double Median()
    {
        Sort();
        var total = default(CompensatedSum);
        for (int i = 0; i < Count; i++)
        {
            total.Add(Weight(i));
        }

        // Sums of weights that are equal may differ by rounding.
        double tolerance = total.Value * Math.ScaleB(1, -51);
        var below = default(CompensatedSum);
        int at = 0;
        for (below.Add(Weight(0)); (2 * below.Value) - total.Value < -tolerance; below.Add(Weight(at)))
        {
            at++;
        }

        bool isBetween = (2 * below.Value) - total.Value <= tolerance && at + 1 < Count;
        return isBetween ? (_values[at] / 2) + (_values[at + 1] / 2) : _values[at];
    }
}
