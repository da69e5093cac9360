namespace NeuralNet.Metrics;

/// <summary>
/// The sum of w·(x − x̄)² of numbers with weights, in one pass: by Welford's method in the form with weights (D. H. D.
/// West, Updating mean and variance estimates, 1979), on numbers from which the first is subtracted, and compensated.
/// </summary>
internal struct RunningVariance
{
    private double _first;
    private double _mean;
    private CompensatedSum _deviations;

    /// <summary>Σ w·(x − x̄)².</summary>
    public readonly double Deviations => _deviations.Value;

    /// <summary>Adds a number.</summary>
    /// <param name="value">x.</param>
    /// <param name="weight">w.</param>
    /// <param name="total">The weight of all numbers so far, this one included.</param>
    /// <param name="isFirst">Whether it is the first.</param>
    public void Add(double value, double weight, double total, bool isFirst)
    {
        if (isFirst)
        {
            _first = value;
        }

        double shifted = value - _first;
        double before = shifted - _mean;
        _mean += before * weight / total;
        _deviations.Add(weight * before * (shifted - _mean));
    }
}
