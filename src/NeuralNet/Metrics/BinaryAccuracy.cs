using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// Share of the outputs that are on the right side of a threshold: for a yes-or-no question with one output, or several
/// such questions with one output each.
/// </summary>
/// <remarks>
/// As Keras's <c>BinaryAccuracy</c>; of several labels, 1 − scikit-learn's <c>hamming_loss</c>. Outputs that are
/// classes that exclude each other are refused, because most of them are right just by being low: use
/// <see cref="Accuracy"/>. The share of samples with all answers right is <see cref="ExactMatch"/>.
/// <see cref="IMetric"/> says what outputs mean.
/// </remarks>
public sealed class BinaryAccuracy : IMetric
{
    private readonly ClassScore _score;

    /// <summary>Makes the metric for all outputs.</summary>
    /// <param name="threshold">
    /// The threshold above which an output means yes; if null, it follows from the network and its loss: 0.5 for
    /// probabilities, 0 for logits.
    /// </param>
    /// <param name="averaging">
    /// The way the outputs are averaged: micro or macro, which are the same here, or weighted by the number of samples
    /// with the label.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="threshold"/> is not finite, or there is no such averaging.
    /// </exception>
    public BinaryAccuracy(double? threshold = null, Averaging averaging = Averaging.Micro)
        : this(new ClassScore(ClassFigure.Accuracy, RequireMean(averaging), threshold, zeroDivision: 0))
    {
    }

    private BinaryAccuracy(ClassScore score)
    {
        _score = score;
        Name = score.Name;
    }

    /// <summary>The threshold above which an output means yes; null if it follows from the network.</summary>
    public double? Threshold => _score.Threshold;

    /// <summary>
    /// The name in the history, such as <c>binary_accuracy</c>, <c>binary_accuracy_weighted</c> or
    /// <c>binary_accuracy_output_3</c>, unless set: for measuring at several thresholds.
    /// </summary>
    /// <exception cref="ArgumentException">The value is null or blank.</exception>
    public string Name
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Name));
            field = value;
        }
    }

    /// <summary>Makes the metric for one output alone, such as one of several labels.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <param name="threshold">
    /// The threshold above which it means yes; if null, it follows from the network and its loss.
    /// </param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The output is negative, or the threshold is not finite.
    /// </exception>
    public static BinaryAccuracy OfOutput(int output, double? threshold = null) =>
        new(new ClassScore(ClassFigure.Accuracy, Require.AtLeast(output, 0), threshold, zeroDivision: 0));

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs) => _score.Start(Name, outputs);

    private static Averaging RequireMean(Averaging averaging) =>
        averaging != Averaging.Binary
            ? averaging
            : throw new ArgumentOutOfRangeException(
                nameof(averaging),
                averaging,
                $"The accuracy of outputs is averaged as {nameof(Averaging.Micro)}, {nameof(Averaging.Macro)} or "
                + $"{nameof(Averaging.Weighted)}.");
}
