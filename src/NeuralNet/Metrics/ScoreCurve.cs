using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>
/// The curve that a binary classifier draws when its threshold goes from above all scores down to the lowest: a point
/// for each score that differs from the others, in the order in which it is drawn, from left to right.
/// </summary>
/// <remarks>
/// The points are those of scikit-learn's <c>roc_curve(drop_intermediate=False)</c>, and of its
/// <c>precision_recall_curve</c> in reverse order. Samples that are all positive or all negative have no ROC curve, and
/// without positive ones there is no precision–recall curve: the rates that would be 0/0 are NaN, and so is the area.
/// </remarks>
/// <example><code>
/// var curve = ScoreCurve.Roc(network.Predict(test.Inputs), test.Targets, of: OutputDescription.Of(network, loss));
/// foreach ((double threshold, double x, double y) in curve.Points) { … }
/// </code></example>
public sealed class ScoreCurve
{
    private ScoreCurve(IReadOnlyList<CurvePoint> points, double area) => (Points, Area) = (points, area);

    /// <summary>The points; at the first, the threshold is ∞ and nothing is predicted to be positive.</summary>
    public IReadOnlyList<CurvePoint> Points { get; }

    /// <summary>
    /// The area under the curve by the trapezoidal rule: of a ROC curve, the figure of <see cref="RocAuc"/>; of a
    /// precision–recall curve, that of <see cref="PrecisionRecallAuc"/>.
    /// </summary>
    public double Area { get; }

    /// <summary>Draws the ROC curve: the true positive rate (y) over the false positive rate (x).</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="outputs">The outputs of the network, outputs × samples.</param>
    /// <param name="targets">The targets, in the same shape.</param>
    /// <param name="weights">A weight per sample, finite and at least 0; 1 for each if left out.</param>
    /// <param name="classIndex">
    /// The class or label, from 0; class 1 if null, where there are two, or a single output.
    /// </param>
    /// <param name="of">What the outputs are; probabilities, and several of them classes, if null.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="ArgumentException">
    /// The shapes differ, there are several curves and no class was chosen, a number is NaN, outputs are not what they
    /// are said to be, or a weight is out of range.
    /// </exception>
    public static ScoreCurve Roc<T>(
        ReadOnlyMatrixSpan<T> outputs,
        ReadOnlyMatrixSpan<T> targets,
        ReadOnlySpan<T> weights = default,
        int? classIndex = null,
        OutputDescription? of = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ScoreSet scores = Collect("ROC curve", CurveFigure.RocArea, outputs, targets, weights, classIndex, of);
        return new(Draw(scores, rates => rates.FalsePositiveRate, rates => rates.Recall), scores.Value);
    }

    /// <summary>Draws the precision–recall curve: the precision (y) over the recall (x).</summary>
    /// <remarks>
    /// It begins at a recall of 0, where the precision is 1 by convention. scikit-learn takes 1 for the recall where no
    /// sample is positive; here it is NaN.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="outputs">The outputs of the network, outputs × samples.</param>
    /// <param name="targets">The targets, in the same shape.</param>
    /// <param name="weights">A weight per sample, finite and at least 0; 1 for each if left out.</param>
    /// <param name="classIndex">
    /// The class or label, from 0; class 1 if null, where there are two, or a single output.
    /// </param>
    /// <param name="of">What the outputs are; probabilities, and several of them classes, if null.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="ArgumentException">
    /// The shapes differ, there are several curves and no class was chosen, a number is NaN, outputs are not what they
    /// are said to be, or a weight is out of range.
    /// </exception>
    public static ScoreCurve PrecisionRecall<T>(
        ReadOnlyMatrixSpan<T> outputs,
        ReadOnlyMatrixSpan<T> targets,
        ReadOnlySpan<T> weights = default,
        int? classIndex = null,
        OutputDescription? of = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ScoreSet scores = Collect(
            "precision–recall curve",
            CurveFigure.PrecisionRecallTrapezoids,
            outputs,
            targets,
            weights,
            classIndex,
            of);
        return new(Draw(scores, rates => rates.Recall, rates => rates.Precision), scores.Value);
    }

    /// <summary>The number of points and the area.</summary>
    /// <returns>For example <c>57 points, area 0.9312</c>.</returns>
    public override string ToString() =>
        FormattableString.Invariant($"{Quantity.Of(Points.Count, "point")}, area {Area:G4}");

    private static ScoreSet Collect<T>(
        string curve,
        CurveFigure figure,
        ReadOnlyMatrixSpan<T> outputs,
        ReadOnlyMatrixSpan<T> targets,
        ReadOnlySpan<T> weights,
        int? classIndex,
        OutputDescription? of)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int? index = classIndex is { } given ? Require.AtLeast(given, 0, nameof(classIndex)) : null;
        var score = new CurveScore(figure, FromLogits: null, index);
        ScoreAccumulator accumulator = score.Start(curve, of ?? OutputDescription.Default, meaning: null);
        accumulator.Add(outputs, targets, weights);
        ScoreSet scores = accumulator.Only ?? throw new ArgumentException(
            $"Each of {outputs.Rows} outputs has a {curve} of its own: choose one.", nameof(classIndex));
        return !scores.HasNaN ? scores : throw new ArgumentException(
            "A number is NaN, which has no place on a curve. Check that the inputs are finite numbers, and the "
            + "parameters of the network, too.",
            nameof(outputs));
    }

    private static List<CurvePoint> Draw(ScoreSet scores, Func<CurveRates, double> x, Func<CurveRates, double> y)
    {
        ScoreSweep sweep = scores.Sweep();
        (double positives, double negatives) = sweep.Total();
        var points = new List<CurvePoint>();
        do
        {
            var rates = new CurveRates(sweep.TruePositives, sweep.FalsePositives, positives, negatives);
            points.Add(new(sweep.Threshold, x(rates), y(rates)));
        }
        while (sweep.MoveNext());

        return points;
    }
}
