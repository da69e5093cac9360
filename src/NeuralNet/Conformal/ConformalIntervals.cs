using NeuralNet.Guards;

namespace NeuralNet.Conformal;

/// <summary>
/// Says between which two numbers each target lies, so that it does as often as was asked for: from one output less a
/// margin to the same or another plus the margin.
/// </summary>
/// <remarks>
/// Split conformal prediction: see <see cref="ConformalQuantile"/> for what is guaranteed, for each target by itself.
/// Of outputs that are the targets, the margin follows from the absolute residuals, and all intervals of a target are
/// of the same width (J. Lei and others, 2018). Of outputs that are quantiles, it is what is missing or too much at
/// their ends, so that the width follows the network: conformalized quantile regression (Y. Romano, E. Patterson and
/// E. Candès, 2019). A margin below 0 makes intervals smaller; ends that pass each other make an interval that holds
/// nothing.
/// </remarks>
public sealed class ConformalIntervals
{
    private readonly int[] _lower;
    private readonly int[] _upper;
    private readonly double[] _margins;

    /// <summary>Makes the intervals from their numbers, of each target.</summary>
    /// <param name="coverage">The share of targets within their interval, above 0 and below 1.</param>
    /// <param name="lower">The output at the lower end, from 0.</param>
    /// <param name="upper">The output at the upper end; the same where outputs are targets.</param>
    /// <param name="margins">The margin.</param>
    /// <exception cref="ArgumentException">There is no target, or not as many of one as of the other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ConformalIntervals(
        double coverage, IReadOnlyList<int> lower, IReadOnlyList<int> upper, IReadOnlyList<double> margins)
    {
        ArgumentNullException.ThrowIfNull(lower);
        ArgumentNullException.ThrowIfNull(upper);
        ArgumentNullException.ThrowIfNull(margins);
        Coverage = Require.ShareOfBoth(coverage);
        _lower = [.. lower];
        _upper = [.. upper];
        _margins = [.. margins];
        if (_lower.Length == 0 || _upper.Length != _lower.Length || _margins.Length != _lower.Length)
        {
            throw new ArgumentException(
                $"Each target has two ends and a margin, but there are {_lower.Length} lower and {_upper.Length} upper "
                + $"ends, and {Quantity.Of(_margins.Length, "margin")}.",
                nameof(margins));
        }

        Array.ForEach(_lower, row => Require.AtLeast(row, 0, nameof(lower)));
        Array.ForEach(_upper, row => Require.AtLeast(row, 0, nameof(upper)));
        Array.ForEach(_margins, margin => Require.Finite(margin, nameof(margins)));
    }

    /// <summary>The share of targets that are meant to lie within their interval.</summary>
    public double Coverage { get; }

    /// <summary>Number of targets.</summary>
    public int Count => _margins.Length;

    /// <summary>The output at the lower end of each target, from 0.</summary>
    public IReadOnlyList<int> Lower => _lower;

    /// <summary>The output at the upper end of each target, from 0.</summary>
    public IReadOnlyList<int> Upper => _upper;

    /// <summary>The margin of each target, in the unit of the outputs.</summary>
    public IReadOnlyList<double> Margins => _margins;

    /// <summary>The intervals in words.</summary>
    /// <returns>Such as <c>intervals for 90 %, margin 1.25</c>.</returns>
    public override string ToString() =>
        FormattableString.Invariant($"intervals for {Coverage * 100:0.##} %, margin ")
        + MessageText.Listed(_margins.Select(margin => FormattableString.Invariant($"{margin:G4}")));

    /// <summary>By how much a target lies outside, below 0 inside.</summary>
    internal static double Score(double low, double high, double target) => Math.Max(low - target, target - high);

    /// <summary>Finds the margins from samples that the network was not trained on.</summary>
    /// <param name="outputs">The outputs, sample after sample.</param>
    /// <param name="targets">The targets in the same rows, a number once for each of its quantiles.</param>
    /// <param name="rows">Number of rows of each sample.</param>
    /// <param name="perTarget">Number of quantiles of each target; 1 where outputs are targets.</param>
    /// <param name="ends">The quantiles at the ends.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="argument">The argument that the samples come from.</param>
    /// <exception cref="ArgumentException">There are too few samples, or a number is NaN.</exception>
    internal static ConformalIntervals Fit(
        ReadOnlySpan<double> outputs,
        ReadOnlySpan<double> targets,
        int rows,
        int perTarget,
        (int Lower, int Upper) ends,
        double coverage,
        string argument)
    {
        int count = rows / perTarget;
        int[] lower = [.. Enumerable.Range(0, count).Select(i => (i * perTarget) + ends.Lower)];
        int[] upper = [.. Enumerable.Range(0, count).Select(i => (i * perTarget) + ends.Upper)];
        double[] margins = new double[count];
        double[] scores = new double[outputs.Length / rows];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < scores.Length; j++)
            {
                int start = j * rows;
                scores[j] = Score(outputs[start + lower[i]], outputs[start + upper[i]], targets[start + lower[i]]);
            }

            margins[i] = ConformalQuantile.Of(scores, coverage, argument);
        }

        return new(coverage, lower, upper, margins);
    }
}
