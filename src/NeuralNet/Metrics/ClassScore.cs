using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// The part that <see cref="Precision"/>, <see cref="Recall"/> and <see cref="F1Score"/> share: everything but the
/// figure.
/// </summary>
internal sealed class ClassScore
{
    public ClassScore(ClassFigure figure, Averaging averaging, double threshold, double zeroDivision)
    {
        ClassCounts.Require(averaging, zeroDivision);
        Figure = figure;
        Averaging = averaging;
        Threshold = Require.Finite(threshold);
        ZeroDivision = zeroDivision;
        string name = figure switch
        {
            ClassFigure.Precision => "precision",
            ClassFigure.Recall => "recall",
            _ => "f1",
        };
        Name = averaging switch
        {
            Averaging.Macro => $"{name}_macro",
            Averaging.Micro => $"{name}_micro",
            Averaging.Weighted => $"{name}_weighted",
            _ => name,
        };
    }

    public ClassScore(ClassFigure figure, int classIndex, double threshold, double zeroDivision)
        : this(figure, Averaging.Binary, threshold, zeroDivision)
    {
        ClassIndex = Require.AtLeast(classIndex, 0);
        Name = $"{Name}_class_{classIndex}";
    }

    public ClassFigure Figure { get; }

    public Averaging Averaging { get; }

    /// <summary>The class that is measured; if null, all are averaged.</summary>
    public int? ClassIndex { get; }

    public double Threshold { get; }

    public double ZeroDivision { get; }

    public string Name { get; }

    public double Of(ClassCounts counts) =>
        ClassIndex is int index
            ? counts.Score(Figure, index, ZeroDivision)
            : counts.Score(Figure, Averaging, ZeroDivision);

    /// <summary>Requires a number of outputs for which the figure exists.</summary>
    public void RequireOutputs(string metric, int outputs)
    {
        int classes = Decision.Classes(outputs);
        Decision.RequireThresholdMatters(metric, Threshold, outputs);
        if (ClassIndex >= classes)
        {
            throw new ArgumentException(
                $"Metric '{metric}' measures class {ClassIndex}, but {Quantity.Of(outputs, "output")} can only tell "
                + $"{classes} classes apart, counted from 0.",
                nameof(outputs));
        }

        if (ClassIndex is null && Averaging == Averaging.Binary)
        {
            ClassCounts.RequireTwoClasses(metric, classes, nameof(outputs));
        }
    }
}
