using System.Numerics;
using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>
/// Counts how often samples of each class were predicted to be of each class, and computes the figures that follow.
/// </summary>
/// <remarks>
/// Batches are added as to any accumulator. To let a trainer fill it while it measures other metrics, pass
/// <see cref="AsMetric"/>:
/// <code>
/// var confusion = new ConfusionMatrix(10);
/// EvaluationResult evaluation = trainer.Evaluate(test, [new Accuracy(), confusion.AsMetric()]);
/// Console.WriteLine($"{confusion[4, 9]} fours taken for nines; precision of nines {confusion.Precision(9)}");
/// Console.WriteLine(new ClassificationReport(confusion));
/// </code>
/// Its rows are the actual classes, as in scikit-learn's <c>confusion_matrix</c>. Only one thread at a time may use it.
/// A sample with an output or a target that is NaN, or several outputs that overflowed, is of no class, and refused:
/// see <see cref="IMetric"/>.
/// </remarks>
public sealed class ConfusionMatrix : IMetricAccumulator
{
    private readonly CompensatedSum[] _cells;
    private readonly ClassCounts _counts;

    /// <summary>Makes an empty matrix.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="threshold">
    /// With two classes and a single output, the threshold above which an output means class 1. If null, it follows
    /// from the network and its loss where the matrix is filled as a metric, and is 0.5 for matrices added by hand.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="classes"/> is below 2, or its square is more than an array holds, or the threshold is not
    /// finite.
    /// </exception>
    public ConfusionMatrix(int classes, double? threshold = null)
    {
        Require.AtLeast(classes, 2);
        Threshold = Require.FiniteOrNull(threshold);
        _cells = new CompensatedSum[ElementCount.Of(classes, classes, "A confusion matrix")];
        _counts = new ClassCounts(classes);
    }

    /// <summary>Number of classes.</summary>
    public int Classes => _counts.Classes;

    /// <summary>
    /// The threshold above which a single output means class 1; null if it follows from the network.
    /// </summary>
    public double? Threshold { get; }

    /// <summary>The meaning of the outputs, classes or labels; learned from the network and its loss if null.</summary>
    public OutputMeaning? Meaning { get; init; }

    /// <summary>Number of samples added; of samples with weights, the sum of these.</summary>
    public double Count => _counts.Count;

    /// <summary>
    /// Number of correctly predicted samples, which are on the diagonal; or the sum of their weights.
    /// </summary>
    public double Correct => _counts.Right;

    /// <summary>Correct samples as a share of all; NaN if there are none.</summary>
    public double Accuracy => _counts.Accuracy;

    /// <summary>The balanced accuracy, as <see cref="Metrics.BalancedAccuracy"/> measures it.</summary>
    public double BalancedAccuracy => Agreement.BalancedAccuracy(_counts);

    /// <summary>
    /// Matthews' correlation coefficient, as <see cref="Metrics.MatthewsCorrelation"/> measures it.
    /// </summary>
    public double MatthewsCorrelation => Agreement.MatthewsCorrelation(_counts);

    /// <summary>Cohen's kappa, as <see cref="Metrics.CohensKappa"/> measures it.</summary>
    public double CohensKappa => Agreement.CohensKappa(_counts);

    /// <summary>The accuracy, which is this accumulator's figure as a metric.</summary>
    double IMetricAccumulator.Value => Accuracy;

    /// <summary>
    /// The number of samples of one class that were predicted to be of another; or the sum of their weights.
    /// </summary>
    /// <param name="actual">The class that they are of.</param>
    /// <param name="predicted">The class that was predicted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double this[int actual, int predicted]
    {
        get
        {
            RequireClass(actual, nameof(actual));
            RequireClass(predicted, nameof(predicted));
            return _cells[(actual * Classes) + predicted].Value;
        }
    }

    /// <summary>The number of samples of a class: the sum of its row, scikit-learn's support.</summary>
    /// <param name="classIndex">The class, from 0.</param>
    /// <returns>Their number; or the sum of their weights.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double ActualCount(int classIndex)
    {
        RequireClass(classIndex, nameof(classIndex));
        return _counts.Actual(classIndex);
    }

    /// <summary>The number of samples predicted to be of a class: the sum of its column.</summary>
    /// <param name="classIndex">The class, from 0.</param>
    /// <returns>Their number; or the sum of their weights.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double PredictedCount(int classIndex)
    {
        RequireClass(classIndex, nameof(classIndex));
        return _counts.Predicted(classIndex);
    }

    /// <summary>The precision of a class, as <see cref="Metrics.Precision"/> measures it.</summary>
    /// <param name="classIndex">The class, from 0.</param>
    /// <param name="zeroDivision">The figure to return if it would be 0/0: 0, 1 or NaN.</param>
    /// <returns>The precision; NaN if no samples were added.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or no such value for 0/0.</exception>
    public double Precision(int classIndex, double zeroDivision = 0) =>
        Score(ClassFigure.Precision, classIndex, zeroDivision);

    /// <summary>The precision of all classes, as <see cref="Metrics.Precision"/> measures it.</summary>
    /// <param name="averaging">The way the classes are averaged.</param>
    /// <param name="zeroDivision">
    /// The figure of a class if it would be 0/0: 0, 1 or NaN, which leaves the class out.
    /// </param>
    /// <returns>The precision; NaN if no samples were added.</returns>
    /// <exception cref="ArgumentException">There is no such averaging, or none for so many classes.</exception>
    public double Precision(Averaging averaging, double zeroDivision = 0) =>
        Score(ClassFigure.Precision, averaging, zeroDivision);

    /// <summary>The recall of a class, as <see cref="Metrics.Recall"/> measures it.</summary>
    /// <param name="classIndex">The class, from 0.</param>
    /// <param name="zeroDivision">The figure to return if it would be 0/0: 0, 1 or NaN.</param>
    /// <returns>The recall; NaN if no samples were added.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or no such value for 0/0.</exception>
    public double Recall(int classIndex, double zeroDivision = 0) =>
        Score(ClassFigure.Recall, classIndex, zeroDivision);

    /// <summary>The recall of all classes, as <see cref="Metrics.Recall"/> measures it.</summary>
    /// <param name="averaging">The way the classes are averaged.</param>
    /// <param name="zeroDivision">
    /// The figure of a class if it would be 0/0: 0, 1 or NaN, which leaves the class out.
    /// </param>
    /// <returns>The recall; NaN if no samples were added.</returns>
    /// <exception cref="ArgumentException">There is no such averaging, or none for so many classes.</exception>
    public double Recall(Averaging averaging, double zeroDivision = 0) =>
        Score(ClassFigure.Recall, averaging, zeroDivision);

    /// <summary>The F1 score of a class, as <see cref="Metrics.F1Score"/> measures it.</summary>
    /// <param name="classIndex">The class, from 0.</param>
    /// <param name="zeroDivision">The figure to return if it would be 0/0: 0, 1 or NaN.</param>
    /// <returns>The score; NaN if no samples were added.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or no such value for 0/0.</exception>
    public double F1Score(int classIndex, double zeroDivision = 0) => Score(ClassFigure.F1, classIndex, zeroDivision);

    /// <summary>The F1 score of all classes, as <see cref="Metrics.F1Score"/> measures it.</summary>
    /// <param name="averaging">The way the classes are averaged.</param>
    /// <param name="zeroDivision">
    /// The figure of a class if it would be 0/0: 0, 1 or NaN, which leaves the class out.
    /// </param>
    /// <returns>The score; NaN if no samples were added.</returns>
    /// <exception cref="ArgumentException">There is no such averaging, or none for so many classes.</exception>
    public double F1Score(Averaging averaging, double zeroDivision = 0) =>
        Score(ClassFigure.F1, averaging, zeroDivision);

    /// <summary>
    /// Returns this matrix as a metric, so that a trainer or evaluator fills it in the same pass in which it measures
    /// others. Its figure is the accuracy.
    /// </summary>
    /// <remarks>
    /// Each measurement begins by clearing the matrix, so it holds the last one: after an evaluation, its data; after a
    /// training with validation, the validation data after the last complete epoch; after one without validation, the
    /// training samples of the last epoch, each predicted at the time it was trained on. Unlike other metrics, it
    /// serves one measurement at a time.
    /// </remarks>
    /// <param name="name">The name of the accuracy in a history.</param>
    /// <returns>A metric whose accumulator fills this matrix.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public IMetric AsMetric(string name = "confusion_accuracy")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new Filling(this, name);
    }

    /// <summary>
    /// Counts a batch. <see cref="IMetric"/> says what outputs and targets mean; nothing else is known of them.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="outputs">The network's outputs, classes × batch; for two classes also 1 × batch.</param>
    /// <param name="targets">The desired outputs, in the same shape.</param>
    /// <param name="weights">A weight per sample, finite and at least 0; 1 for each if left out.</param>
    /// <exception cref="ArgumentException">
    /// A shape does not fit, outputs tell no class, a target names none, or a weight is out of range; nothing was
    /// counted.
    /// </exception>
    public void Add<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Add(outputs, targets, weights, ReadingOf("confusion matrix", OutputDescription.Default));

    /// <summary>Counts one sample whose class was predicted in some other way.</summary>
    /// <param name="actual">The class that it is of.</param>
    /// <param name="predicted">The class that was predicted.</param>
    /// <param name="weight">Its weight, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or no such weight.</exception>
    public void Add(int actual, int predicted, double weight = 1)
    {
        RequireClass(actual, nameof(actual));
        RequireClass(predicted, nameof(predicted));
        AddSample(actual, predicted, Require.NotNegative(weight));
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_cells);
        _counts.Clear();
    }

    /// <summary>The matrix as a table; of more than 20 classes, the pairs most often confused.</summary>
    /// <returns>A line with samples and accuracy, and the table below it.</returns>
    public override string ToString() => ToString(names: null);

    /// <summary>The matrix as a table with names of classes.</summary>
    /// <param name="names">The names; numbers from 0 if null.</param>
    /// <returns>A line with samples and accuracy, and the table below it.</returns>
    /// <exception cref="ArgumentException">There is not one name for each class.</exception>
    public string ToString(IReadOnlyList<string>? names) => ConfusionText.Of(this, names);

    private OutputReading ReadingOf(string name, OutputDescription outputs) => new(name, outputs, Threshold, Meaning);

    private bool Fits(int outputs) => outputs == Classes || (outputs == 1 && Classes == 2);

    private void Add<T>(
        ReadOnlyMatrixSpan<T> outputs,
        ReadOnlyMatrixSpan<T> targets,
        ReadOnlySpan<T> weights,
        OutputReading reading)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Fits(outputs.Rows) || outputs.Rows != targets.Rows || outputs.Columns != targets.Columns)
        {
            throw new ArgumentException(
                $"Outputs and targets must both be {Classes} × samples{(Classes == 2 ? " or 1 × samples" : "")}, but "
                + $"they are {outputs.Rows} × {outputs.Columns} and {targets.Rows} × {targets.Columns}.",
                nameof(outputs));
        }

        SampleWeights.Require(reading.Metric, weights, outputs.Columns);
        reading.RequireClasses(outputs.Rows);
        reading.RequireNamedClasses(targets, weights);
        for (int j = 0; j < outputs.Columns; j++)
        {
            if (SampleWeights.Of(weights, j) != 0)
            {
                RequireAnswer(reading.ClassOrNone(outputs.Column(j)), outputs.Column(j), j, "Output", nameof(outputs));
                RequireAnswer(
                    Decision.TargetOrNone(targets.Column(j)), targets.Column(j), j, "Target", nameof(targets));
            }
        }

        for (int j = 0; j < outputs.Columns; j++)
        {
            double weight = SampleWeights.Of(weights, j);
            if (weight != 0)
            {
                AddSample(
                    Decision.TargetOrNone(targets.Column(j)), reading.ClassOrNone(outputs.Column(j)), weight);
            }
        }
    }

    private static void RequireAnswer<T>(
        int answer, ReadOnlySpan<T> values, int sample, string what, string argument)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (answer == Decision.None)
        {
            throw new ArgumentException(
                $"{Decision.WhyNone(values, $" of sample {sample} of the batch", what)}, so the sample is of no class "
                + $"to count. {Decision.Advice}",
                argument);
        }
    }

    private void AddSample(int actual, int predicted, double weight)
    {
        _cells[(actual * Classes) + predicted].Add(weight);
        _counts.Add(actual, predicted, weight);
    }

    private double Score(ClassFigure figure, int classIndex, double zeroDivision)
    {
        RequireClass(classIndex, nameof(classIndex));
        ClassCounts.Require(zeroDivision);
        return _counts.Score(figure, classIndex, zeroDivision);
    }

    private double Score(ClassFigure figure, Averaging averaging, double zeroDivision)
    {
        ClassCounts.Require(averaging, zeroDivision);
        if (averaging == Averaging.Binary)
        {
            ClassCounts.RequireTwoClasses("confusion matrix", Classes, nameof(averaging));
        }

        return _counts.Score(figure, averaging, zeroDivision);
    }

    private void RequireClass(int classIndex, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(classIndex, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(classIndex, Classes, name);
    }

    private sealed class Filling(ConfusionMatrix matrix, string name) : IMetric
    {
        public string Name => name;

        public IMetricAccumulator Start(OutputDescription outputs)
        {
            ArgumentNullException.ThrowIfNull(outputs);
            OutputReading reading = matrix.ReadingOf(name, outputs);
            if (outputs.Count is { } count)
            {
                reading.RequireClasses(count);
                if (!matrix.Fits(count))
                {
                    throw new ArgumentException(
                        $"Metric '{name}' fills a confusion matrix of {matrix.Classes} classes, but there are {count} "
                        + "outputs per sample.",
                        nameof(outputs));
                }
            }

            matrix.Reset();
            return new FillingAccumulator(matrix, reading);
        }
    }

    private sealed class FillingAccumulator(ConfusionMatrix matrix, OutputReading reading) : IMetricAccumulator
    {
        public double Value => matrix.Accuracy;

        public void Add<T>(
            ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
            where T : unmanaged, IFloatingPointIeee754<T> => matrix.Add(outputs, targets, weights, reading);

        public void Reset() => matrix.Reset();
    }
}
