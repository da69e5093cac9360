using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.Decisions;

/// <summary>A goal for choosing a threshold: the figure to make as large as possible.</summary>
/// <remarks>
/// Figures are those of scikit-learn, with 0 where they would be 0/0. Immutable and safe for any number of threads.
/// </remarks>
/// <example><code>
/// pipeline = pipeline.ChooseThreshold(validation, ThresholdGoal.F1);
/// pipeline = pipeline.ChooseThreshold(validation, ThresholdGoal.LeastCost(falsePositive: 1, falseNegative: 20));
/// </code></example>
public sealed class ThresholdGoal
{
    private readonly Func<BinaryCounts, double> _score;
    private readonly Func<BinaryCounts, double>? _floored;
    private readonly double _floor;

    private ThresholdGoal(
        string name, Func<BinaryCounts, double> score, Func<BinaryCounts, double>? floored = null, double floor = 0)
    {
        Name = name;
        _score = score;
        _floored = floored;
        _floor = floor;
    }

    /// <summary>The share of right answers.</summary>
    public static ThresholdGoal Accuracy { get; } = new("accuracy", counts => counts.Accuracy);

    /// <summary>The harmonic mean of precision and recall.</summary>
    public static ThresholdGoal F1 { get; } = new("F1", counts => F(counts, 1));

    /// <summary>The mean of recall and specificity, for which both answers count alike, however rare one is.</summary>
    public static ThresholdGoal BalancedAccuracy { get; } =
        new("balanced accuracy", counts => (counts.Recall + counts.Specificity) / 2);

    /// <summary>
    /// Youden's J: recall + specificity − 1. The threshold is that of <see cref="BalancedAccuracy"/>.
    /// </summary>
    public static ThresholdGoal YoudensJ { get; } =
        new("Youden's J", counts => counts.Recall + counts.Specificity - 1);

    /// <summary>Matthews's correlation of answers and truth, from −1 to 1.</summary>
    public static ThresholdGoal Matthews { get; } = new("Matthews correlation", Correlation);

    /// <summary>The name in messages.</summary>
    public string Name { get; }

    /// <summary>
    /// (1 + β²) P R / (β² P + R) of precision P and recall R, to which recall matters β times as much as precision.
    /// </summary>
    /// <param name="beta">β, above 0.</param>
    /// <returns>The goal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">β is not a finite number above 0.</exception>
    public static ThresholdGoal FBeta(double beta)
    {
        Require.Positive(beta);
        return new(Shown($"F({beta})"), counts => F(counts, beta));
    }

    /// <summary>The greatest recall of a precision that is high enough.</summary>
    /// <param name="precision">The least precision, above 0 and at most 1.</param>
    /// <returns>The goal, which is refused where no threshold has that precision.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is no such number.</exception>
    public static ThresholdGoal PrecisionAtLeast(double precision)
    {
        Require.Share(precision);
        return new(
            Shown($"precision of at least {precision}"),
            counts => counts.Recall,
            counts => counts.Precision,
            precision);
    }

    /// <summary>The greatest precision of a recall that is high enough.</summary>
    /// <param name="recall">The least recall, above 0 and at most 1.</param>
    /// <returns>The goal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is no such number.</exception>
    public static ThresholdGoal RecallAtLeast(double recall)
    {
        Require.Share(recall);
        return new(
            Shown($"recall of at least {recall}"), counts => counts.Precision, counts => counts.Recall, recall);
    }

    /// <summary>The least cost of all wrong answers.</summary>
    /// <param name="falsePositive">What a wrong yes costs, above 0 in any unit.</param>
    /// <param name="falseNegative">What a wrong no costs, above 0 in the same unit.</param>
    /// <returns>The goal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A cost is not a finite number above 0.</exception>
    public static ThresholdGoal LeastCost(double falsePositive, double falseNegative)
    {
        Require.Positive(falsePositive);
        Require.Positive(falseNegative);
        return new(
            Shown($"least cost at {falsePositive} for a wrong yes and {falseNegative} for a wrong no"),
            counts => -((falsePositive * counts.FalsePositives) + (falseNegative * counts.FalseNegatives)));
    }

    /// <summary>A figure of your own.</summary>
    /// <param name="name">Its name in messages.</param>
    /// <param name="score">Computes it; larger is better, and NaN is never chosen.</param>
    /// <returns>The goal.</returns>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public static ThresholdGoal Of(string name, Func<BinaryCounts, double> score)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(score);
        return new(name, score);
    }

    /// <summary>Computes the figure.</summary>
    /// <param name="counts">The numbers of right and wrong answers.</param>
    /// <returns>The figure; −∞ where a floor is not reached.</returns>
    public double Score(BinaryCounts counts) =>
        _floored is { } floored && !(floored(counts) >= _floor) ? double.NegativeInfinity : _score(counts);

    /// <summary>The name.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;

    private static double F(BinaryCounts counts, double beta)
    {
        double squared = beta * beta;
        double right = (1 + squared) * counts.TruePositives;
        return right == 0
            ? 0
            : right / (right + (squared * counts.FalseNegatives) + counts.FalsePositives);
    }

    // The product of four counts may be beyond a long.
    private static double Correlation(BinaryCounts counts)
    {
        (double tp, double fp, double fn, double tn) =
            (counts.TruePositives, counts.FalsePositives, counts.FalseNegatives, counts.TrueNegatives);
        double scale = Math.Sqrt(tp + fp) * Math.Sqrt(tp + fn) * Math.Sqrt(tn + fp) * Math.Sqrt(tn + fn);
        return scale == 0 ? 0 : ((tp * tn) - (fp * fn)) / scale;
    }

    private static string Shown(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
