using System.Globalization;
using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;

namespace NeuralNet.Metrics;

/// <summary>
/// The share of targets that lie within a predicted interval, its ends included: of a good 90 % interval, about 0.9.
/// </summary>
/// <remarks>
/// The interval is that between two of the quantiles of <see cref="QuantileLoss"/>, in whose order the outputs are:
/// all levels of the first number, then all of the second. An interval whose ends have changed places holds nothing. A
/// wide interval covers much: beside the coverage, look at the loss.
/// </remarks>
/// <example><code>
/// var loss = new QuantileLoss([0.05, 0.5, 0.95]);
/// IMetric[] metrics = [new IntervalCoverage(loss.Quantiles, 0.05, 0.95)];     // coverage_90
/// </code></example>
public sealed class IntervalCoverage : IMetric
{
    private readonly int _count;
    private readonly int _lower;
    private readonly int _upper;

    /// <summary>Makes the metric.</summary>
    /// <param name="quantiles">The levels of the outputs, as the loss has them.</param>
    /// <param name="lower">The level of the lower end, one of them.</param>
    /// <param name="upper">The level of the upper end, one of them.</param>
    /// <exception cref="ArgumentException">
    /// There is no level, they do not ascend, or an end is none of them or not below the other.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A level is not above 0 and below 1.</exception>
    public IntervalCoverage(IReadOnlyList<double> quantiles, double lower, double upper)
    {
        double[] levels = QuantileLevels.Copy(quantiles, nameof(quantiles));
        _count = levels.Length;
        _lower = Find(levels, lower, nameof(lower));
        _upper = Find(levels, upper, nameof(upper));
        if (_lower >= _upper)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The lower end must be below the upper one, but they are {lower} and {upper}."),
                nameof(lower));
        }

        Level = Math.Round(upper - lower, 12);
        Name = string.Create(CultureInfo.InvariantCulture, $"coverage_{Math.Round(Level * 100, 10)}");
    }

    /// <summary>The share of targets that the interval is meant to hold, such as 0.9.</summary>
    public double Level { get; }

    /// <summary>The name in the history, with the level in percent, such as <c>coverage_90</c>.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        if (outputs.Count is { } count)
        {
            RequireOutputs(count, nameof(outputs));
        }

        return new Accumulator(this);
    }

    private static int Find(double[] levels, double level, string name)
    {
        int index = Array.IndexOf(levels, level);
        return index >= 0
            ? index
            : throw new ArgumentException(
                FormattableString.Invariant($"{name} must be one of the quantiles, but {level} is none of ")
                + $"{string.Join(", ", levels.Select(one => one.ToString(CultureInfo.InvariantCulture)))}.",
                name);
    }

    private void RequireOutputs(int count, string argument)
    {
        if (count % _count != 0)
        {
            throw new ArgumentException(
                $"Metric '{Name}' is about {Quantity.Of(_count, "quantile")}, so a sample must have a multiple of "
                + $"{Quantity.Of(_count, "output")}, but it has {count}.",
                argument);
        }
    }

    private sealed class Accumulator(IntervalCoverage metric) : IMetricAccumulator
    {
        private BatchRows _rows;
        private CompensatedSum _count;
        private CompensatedSum _within;
        private bool _isNaN;

        public double Value => _isNaN ? double.NaN : _within.Value / _count.Value;

        public void Add<T>(
            ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            _rows.Require(metric.Name, outputs, targets, weights);
            metric.RequireOutputs(outputs.Rows, nameof(outputs));
            _rows.Settle(outputs.Rows);
            for (int start = 0; start < outputs.Values.Length; start += metric._count)
            {
                double weight = SampleWeights.Of(weights, start / outputs.Rows);
                if (weight == 0)
                {
                    continue;
                }

                int lower = start + metric._lower;
                int upper = start + metric._upper;
                T low = outputs.Values[lower] - targets.Values[lower];
                T high = outputs.Values[upper] - targets.Values[upper];
                _isNaN |= T.IsNaN(low) || T.IsNaN(high);
                _within.Add(low <= T.Zero && high >= T.Zero ? weight : 0);
                _count.Add(weight);
            }
        }

        public void Reset() => (_rows, _count, _within, _isNaN) = (default, default, default, false);
    }
}
