namespace NeuralNet.Metrics;

/// <summary>
/// A sum that keeps track of the rounding errors, so that its error does not grow with the number of terms.
/// </summary>
/// <remarks>A. Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen (1974).</remarks>
internal struct CompensatedSum
{
    private double _sum;
    private double _lost;

    /// <summary>The sum; infinite or NaN if a plain sum is.</summary>
    public readonly double Value => double.IsFinite(_sum) ? _sum + _lost : _sum;

    public void Add(double term)
    {
        double sum = _sum + term;
        _lost += Math.Abs(_sum) >= Math.Abs(term) ? (_sum - sum) + term : (term - sum) + _sum;
        _sum = sum;
    }
}
