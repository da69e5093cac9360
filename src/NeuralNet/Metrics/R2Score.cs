using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// The coefficient of determination R² = 1 − Σ (e − o)² / Σ (e − ē)²: 1 if every output is its target, 0 if they are as
/// good as the mean ē of the targets would be everywhere, negative if they are worse. Of several outputs, the mean of
/// theirs; <see cref="OfOutput"/> has that of one.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>r2_score</c>, also at the borders: of fewer than two samples it is NaN; of targets that are all
/// the same it is 1 if all outputs are right and else 0. The sums are taken in one pass, by Welford's method on targets
/// from which the first is subtracted, and compensated, so that neither a large mean nor many samples cost digits
/// (B. P. Welford, Note on a method for calculating corrected sums of squares and products, 1962).
/// </remarks>
public sealed class R2Score : IMetric
{
    private readonly int? _output;

    /// <summary>Makes the metric, of all outputs.</summary>
    public R2Score()
    {
    }

    private R2Score(int output)
    {
        _output = Require.AtLeast(output, 0);
    }

    /// <summary>The name in the history: <c>r2</c>, or of one output such as <c>r2_output_2</c>.</summary>
    public string Name =>
        _output is { } output ? string.Create(CultureInfo.InvariantCulture, $"r2_output_{output}") : "r2";

    /// <summary>Makes the metric for one output alone, which may be of another unit than the others.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static R2Score OfOutput(int output) => new(output);

    /// <inheritdoc/>
    public IMetricAccumulator Start() => new R2Accumulator(Name, _output);
}
