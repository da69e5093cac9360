using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>A confusion matrix for a console: a table, or of many classes the pairs most often confused.</summary>
internal static class ConfusionText
{
    private const int MostClasses = 20;
    private const int MostPairs = 5;

    public static string Of(ConfusionMatrix confusion, IReadOnlyList<string>? names)
    {
        string[] own = [.. ClassNames.Of(confusion.Classes, names).Select(name => MessageText.Printable(name))];
        string count = TextTable.Count(confusion.Count);
        string first = FormattableString.Invariant(
            $"{count} samples of {confusion.Classes} classes, accuracy {confusion.Accuracy:G4}");
        return confusion.Classes <= MostClasses
            ? $"{first}; a row is what they are, a column what they were taken for\n{Table(confusion, own)}"
            : $"{first}{string.Concat(Confused(confusion, own))}";
    }

    private static string Table(ConfusionMatrix confusion, string[] names) => new TextTable(
    [
        ["", .. names],
        .. names.Select((name, actual) => (string[])
        [
            name,
            .. names.Select((_, predicted) => TextTable.Count(confusion[actual, predicted])),
        ]),
    ]).ToString(leastFirst: 0, leastOther: 0);

    private static IEnumerable<string> Confused(ConfusionMatrix confusion, string[] names) =>
        from pair in Enumerable.Range(0, confusion.Classes)
            .SelectMany(actual => Enumerable.Range(0, confusion.Classes), (actual, predicted) => (actual, predicted))
            .Where(pair => pair.actual != pair.predicted && confusion[pair.actual, pair.predicted] > 0)
            .OrderByDescending(pair => confusion[pair.actual, pair.predicted])
            .Take(MostPairs)
        let count = TextTable.Count(confusion[pair.actual, pair.predicted])
        select $"\n{names[pair.actual]} taken for {names[pair.predicted]}: {count}";
}
