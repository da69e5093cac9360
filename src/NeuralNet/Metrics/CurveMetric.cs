using NeuralNet.Decisions;

namespace NeuralNet.Metrics;

/// <summary>
/// A figure of the curve that a binary classifier draws when its threshold goes through all scores: there is no
/// threshold to choose. <see cref="ScoreCurve"/> has the curve itself.
/// </summary>
/// <remarks>
/// <para>
/// One output: it is the score of class 1, a probability or a logit, because only the order counts. Two outputs:
/// that of class 1 is measured. More outputs: the average over the classes, each against the rest. Several labels: the
/// average over the labels, each with its own output as its score. A class or label that has no curve, because it has
/// no samples, is left out; the figure is NaN if none has one, or if a score is NaN.
/// </para>
/// <para>
/// Figures are exact, as scikit-learn's: Keras approximates them with 200 thresholds. To be exact, they keep every
/// score: 8 bytes per sample, or 16 where samples have weights, times the number of classes if there are more than two.
/// Adding a batch allocates only when that memory grows, by doubling, and never in later epochs. Reading the figure
/// sorts the n scores, O(n log n), if samples were added since it was last read, so do not read it after every batch.
/// </para>
/// </remarks>
public abstract class CurveMetric : IMetric
{
    private CurveScore _score;

    private protected CurveMetric(CurveFigure figure, int? classIndex, bool? fromLogits)
    {
        _score = new(figure, fromLogits, classIndex);
    }

    /// <summary>
    /// The name in the history: that of the figure, and of the averaging or of the class, such as <c>roc_auc_micro</c>
    /// or <c>roc_auc_class_3</c>.
    /// </summary>
    public string Name => _score.Name;

    /// <summary>
    /// The way the curves of several classes or labels are averaged; the plain mean of their figures unless set. Micro
    /// is the figure of one curve through the scores of all; weighted counts each class by the number of its samples.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Set to <see cref="Averaging.Binary"/>: two classes have one curve in any case.
    /// </exception>
    public Averaging Averaging
    {
        get => _score.Averaging;
        init => _score = _score with { Averaging = value };
    }

    /// <summary>
    /// The meaning of several outputs, classes or labels; learned from the network and its loss if null.
    /// </summary>
    public OutputMeaning? Meaning { get; init; }

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs) => _score.Start(Name, outputs, Meaning);
}
