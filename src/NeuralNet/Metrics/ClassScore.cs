using NeuralNet.Decisions;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// The part that <see cref="Precision"/>, <see cref="Recall"/>, <see cref="F1Score"/> and <see cref="BinaryAccuracy"/>
/// share: everything but the figure.
/// </summary>
internal sealed class ClassScore
{
    public ClassScore(ClassFigure figure, Averaging averaging, double? threshold, double zeroDivision)
    {
        ClassCounts.Require(averaging, zeroDivision);
        Figure = figure;
        Averaging = averaging;
        Threshold = Require.FiniteOrNull(threshold);
        ZeroDivision = zeroDivision;
        string name = figure switch
        {
            ClassFigure.Precision => "precision",
            ClassFigure.Recall => "recall",
            ClassFigure.F1 => "f1",
            _ => "binary_accuracy",
        };
        Name = averaging switch
        {
            Averaging.Macro => $"{name}_macro",
            Averaging.Micro when figure != ClassFigure.Accuracy => $"{name}_micro",
            Averaging.Weighted => $"{name}_weighted",
            _ => name,
        };
    }

    public ClassScore(ClassFigure figure, int classIndex, double? threshold, double zeroDivision)
        : this(figure, figure == ClassFigure.Accuracy ? Averaging.Micro : Averaging.Binary, threshold, zeroDivision)
    {
        ClassIndex = Require.AtLeast(classIndex, 0);
        Name = figure == ClassFigure.Accuracy ? $"{Name}_output_{classIndex}" : $"{Name}_class_{classIndex}";
    }

    public ClassFigure Figure { get; }

    public Averaging Averaging { get; }

    /// <summary>The class or label that is measured; if null, all are averaged.</summary>
    public int? ClassIndex { get; }

    /// <summary>The threshold that was given; null if it follows from the outputs.</summary>
    public double? Threshold { get; }

    public double ZeroDivision { get; }

    public string Name { get; }

    /// <summary>Starts a measurement.</summary>
    public IMetricAccumulator Start(string metric, OutputDescription outputs, OutputMeaning? meaning = null)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        var reading = new OutputReading(metric, outputs, Threshold, meaning);
        if (reading.Count is { } count)
        {
            RequireOutputs(reading, count);
        }

        return new ClassAccumulator(this, reading);
    }

    public double Of(ClassCounts counts) =>
        ClassIndex is int index
            ? counts.Score(Figure, index, ZeroDivision)
            : counts.Score(Figure, Averaging, ZeroDivision);

    /// <summary>Whether outputs are judged one by one; otherwise the largest of a sample names its class.</summary>
    public bool JudgesEach(OutputReading reading, int outputs) =>
        Figure == ClassFigure.Accuracy || reading.AreLabels(outputs);

    /// <summary>Requires a number of outputs for which the figure exists.</summary>
    public void RequireOutputs(OutputReading reading, int outputs)
    {
        bool judgesEach = JudgesEach(reading, outputs);
        if (judgesEach)
        {
            reading.RequireLabels(outputs);
        }
        else
        {
            reading.RequireClasses(outputs);
        }

        int classes = Decision.Classes(outputs, judgesEach);
        if (ClassIndex >= classes)
        {
            throw new ArgumentException(
                judgesEach
                    ? $"Metric '{reading.Metric}' is about output {ClassIndex}, counted from 0, but there are "
                        + $"{outputs} per sample."
                    : $"Metric '{reading.Metric}' measures class {ClassIndex}, but "
                        + $"{Quantity.Of(outputs, "output")} can only tell {classes} classes apart, counted from 0.",
                nameof(outputs));
        }

        if (ClassIndex is null && Averaging == Averaging.Binary)
        {
            if (judgesEach)
            {
                throw new ArgumentException(
                    $"Metric '{reading.Metric}' is the figure of one question, but each of the {outputs} outputs "
                    + $"answers one of its own. Choose one with OfClass, or an averaging: {nameof(Averaging.Macro)}, "
                    + $"{nameof(Averaging.Micro)} or {nameof(Averaging.Weighted)}.",
                    nameof(outputs));
            }

            ClassCounts.RequireTwoClasses(reading.Metric, classes, nameof(outputs));
        }
    }
}
