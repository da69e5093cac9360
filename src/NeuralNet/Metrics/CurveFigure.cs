namespace NeuralNet.Metrics;

/// <summary>
/// A figure of a curve over all thresholds: of its points (false positives, true positives), with P positives and N
/// negatives in all.
/// </summary>
internal abstract class CurveFigure(string name, bool needsNegatives)
{
    /// <summary>The name of the metric.</summary>
    public string Name => name;

    /// <summary>Whether there is no curve without negative samples; without positive ones there never is.</summary>
    public bool NeedsNegatives => needsNegatives;

    /// <summary>The area under the ROC curve by the trapezoidal rule.</summary>
    public static CurveFigure RocArea { get; } = new RocAreaFigure();

    /// <summary>The sum of precision × gain in recall, each gain at the precision of its end.</summary>
    public static CurveFigure AveragePrecision { get; } =
        new PrecisionRecallArea("average_precision", isTrapezoidal: false);

    /// <summary>The area under the precision–recall curve by the trapezoidal rule.</summary>
    public static CurveFigure PrecisionRecallTrapezoids { get; } =
        new PrecisionRecallArea("pr_auc", isTrapezoidal: true);

    /// <summary>The figure of the thresholds of a sweep that has not begun.</summary>
    public abstract double Of(ScoreSweep sweep);

    /// <summary>The largest of one figure at the thresholds at which another is at least a level; else 0.</summary>
    /// <param name="name">The name of the metric.</param>
    /// <param name="needsNegatives">Whether either needs negative samples.</param>
    /// <param name="level">The level.</param>
    /// <param name="condition">The figure that must reach it.</param>
    /// <param name="sought">The figure sought.</param>
    public static CurveFigure BestAt(
        string name,
        bool needsNegatives,
        double level,
        Func<CurveRates, double> condition,
        Func<CurveRates, double> sought) =>
        new Best(name, needsNegatives, level, condition, sought);

    private sealed class RocAreaFigure() : CurveFigure("roc_auc", needsNegatives: true)
    {
        public override double Of(ScoreSweep sweep)
        {
            // Twice the weight of the pairs in the right order, where a tie counts half: exact for weights of 1.
            var ordered = default(CompensatedSum);
            double above = 0;
            double before = 0;
            while (sweep.MoveNext())
            {
                ordered.Add((sweep.FalsePositives - before) * (above + sweep.TruePositives));
                (above, before) = (sweep.TruePositives, sweep.FalsePositives);
            }

            return ordered.Value / (2 * above * before);
        }
    }

    private sealed class PrecisionRecallArea(string name, bool isTrapezoidal)
        : CurveFigure(name, needsNegatives: false)
    {
        public override double Of(ScoreSweep sweep)
        {
            var area = default(CompensatedSum);
            double recalled = 0;
            double precision = 1;
            while (sweep.MoveNext())
            {
                double next = sweep.TruePositives / (sweep.TruePositives + sweep.FalsePositives);
                area.Add((sweep.TruePositives - recalled) * (isTrapezoidal ? (precision + next) / 2 : next));
                (recalled, precision) = (sweep.TruePositives, next);
            }

            return area.Value / recalled;
        }
    }

    private sealed class Best(
        string name,
        bool needsNegatives,
        double level,
        Func<CurveRates, double> condition,
        Func<CurveRates, double> sought)
        : CurveFigure(name, needsNegatives)
    {
        public override double Of(ScoreSweep sweep)
        {
            (double positives, double negatives) = sweep.Total();
            double best = 0;
            do
            {
                var rates = new CurveRates(sweep.TruePositives, sweep.FalsePositives, positives, negatives);
                if (condition(rates) >= level)
                {
                    best = Math.Max(best, sought(rates));
                }
            }
            while (sweep.MoveNext());

            return best;
        }
    }
}
