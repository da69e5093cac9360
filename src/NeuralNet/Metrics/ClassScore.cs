using NeuralNet.Decisions;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// The part that metrics share whose figure follows from <see cref="ClassCounts"/>, such as <see cref="Precision"/> and
/// <see cref="CohensKappa"/>: everything but the figure.
/// </summary>
internal sealed class ClassScore
{
    private readonly Func<ClassCounts, double> _of;
    private readonly bool _isOfClasses;
    private readonly bool _isOfEachOutput;
    private readonly bool _isOfTwoClasses;

    /// <summary>A figure of all classes, or labels, combined.</summary>
    public ClassScore(ClassFigure figure, Averaging averaging, double? threshold, double zeroDivision)
    {
        ClassCounts.Require(averaging, zeroDivision);
        _of = counts => counts.Score(figure, averaging, zeroDivision);
        _isOfEachOutput = figure == ClassFigure.Accuracy;
        _isOfTwoClasses = averaging == Averaging.Binary;
        Threshold = Require.FiniteOrNull(threshold);
        Name = averaging switch
        {
            Averaging.Macro => $"{figure.Name}_macro",
            Averaging.Micro when !_isOfEachOutput => $"{figure.Name}_micro",
            Averaging.Weighted => $"{figure.Name}_weighted",
            _ => figure.Name,
        };
    }

    /// <summary>A figure of one class or label.</summary>
    public ClassScore(ClassFigure figure, int classIndex, double? threshold, double zeroDivision)
        : this(figure, figure == ClassFigure.Accuracy ? Averaging.Micro : Averaging.Binary, threshold, zeroDivision)
    {
        _of = counts => counts.Score(figure, classIndex, zeroDivision);
        _isOfTwoClasses = false;
        ClassIndex = Require.AtLeast(classIndex, 0);
        Name = figure == ClassFigure.Accuracy ? $"{Name}_output_{classIndex}" : $"{Name}_class_{classIndex}";
    }

    /// <summary>A figure of a classifier as a whole, which must tell classes apart.</summary>
    public ClassScore(string name, Func<ClassCounts, double> figure, double? threshold)
    {
        _of = figure;
        _isOfClasses = true;
        Threshold = Require.FiniteOrNull(threshold);
        Name = name;
    }

    /// <summary>The class or label that is measured; if null, all are.</summary>
    public int? ClassIndex { get; }

    /// <summary>The threshold that was given; null if it follows from the outputs.</summary>
    public double? Threshold { get; }

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

    public double Of(ClassCounts counts) => _of(counts);

    /// <summary>Whether outputs are judged one by one; otherwise the largest of a sample names its class.</summary>
    public bool JudgesEach(OutputReading reading, int outputs) =>
        _isOfEachOutput || (!_isOfClasses && reading.AreLabels(outputs));

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

        if (_isOfTwoClasses)
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
