using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>Precision, recall, F1 and support of every class, and their averages, as data and as a table.</summary>
/// <remarks>As scikit-learn's <c>classification_report</c>, with all classes as its <c>labels</c>.</remarks>
/// <example><code>
/// Console.WriteLine(new ClassificationReport(confusion, ["cat", "dog", "bird"]));
/// //               precision    recall  f1-score   support
/// //
/// //          cat       0.67      1.00      0.80         2
/// // …
/// </code></example>
public sealed class ClassificationReport
{
    /// <summary>Makes the report of what a matrix has counted so far.</summary>
    /// <param name="confusion">The matrix.</param>
    /// <param name="names">The names of its classes; their numbers, from 0, if null.</param>
    /// <param name="zeroDivision">The figure of a class where it would be 0/0: 0, 1 or NaN.</param>
    /// <exception cref="ArgumentException">There is not one name for each class.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="zeroDivision"/> is something else.</exception>
    public ClassificationReport(
        ConfusionMatrix confusion, IReadOnlyList<string>? names = null, double zeroDivision = 0)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        string[] own = ClassNames.Of(confusion.Classes, names);
        Classes =
        [
            .. own.Select((name, index) => new ClassReport(
                name,
                confusion.Precision(index, zeroDivision),
                confusion.Recall(index, zeroDivision),
                confusion.F1Score(index, zeroDivision),
                confusion.ActualCount(index))),
        ];
        Accuracy = confusion.Accuracy;
        MacroAverage = Average("macro avg", Averaging.Macro);
        WeightedAverage = Average("weighted avg", Averaging.Weighted);

        ClassReport Average(string name, Averaging averaging) => new(
            name,
            confusion.Precision(averaging, zeroDivision),
            confusion.Recall(averaging, zeroDivision),
            confusion.F1Score(averaging, zeroDivision),
            confusion.Count);
    }

    /// <summary>The figures of each class.</summary>
    public IReadOnlyList<ClassReport> Classes { get; }

    /// <summary>Right samples as a share of all.</summary>
    public double Accuracy { get; }

    /// <summary>The plain means over the classes.</summary>
    public ClassReport MacroAverage { get; }

    /// <summary>The means over the classes, each weighted by its support.</summary>
    public ClassReport WeightedAverage { get; }

    /// <summary>The report as a table, laid out as scikit-learn's.</summary>
    /// <returns>A line for each class, and below them accuracy and averages.</returns>
    public override string ToString() => new TextTable(
    [
        ["", "precision", "recall", "f1-score", "support"],
        [],
        .. Classes.Select(Line),
        [],
        ["accuracy", "", "", Share(Accuracy), TextTable.Count(MacroAverage.Support)],
        Line(MacroAverage),
        Line(WeightedAverage),
    ]).ToString(leastFirst: "weighted avg".Length, leastOther: 9);

    private static string[] Line(ClassReport line) =>
    [
        MessageText.Printable(line.Name),
        Share(line.Precision),
        Share(line.Recall),
        Share(line.F1),
        TextTable.Count(line.Support),
    ];

    private static string Share(double share) => share.ToString("F2", CultureInfo.InvariantCulture);
}
