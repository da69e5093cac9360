using System.Globalization;
using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables;

/// <summary>
/// A summary of one column of a table: its kind, its missing and different values, and their range.
/// </summary>
public sealed class ColumnSummary
{
    private const int MostShown = 4;

    internal ColumnSummary(TableColumn column, int rows)
    {
        Name = column.Name;
        Kind = column.Kind;
        Missing = column.MissingCount;
        string[] texts =
        [
            .. Enumerable.Range(0, rows).Select(column.Text).OfType<string>().Distinct(StringComparer.Ordinal),
        ];
        Distinct = texts.Length;
        Values = Kind switch
        {
            ColumnKind.Number when Missing < rows => Range(column),
            ColumnKind.Date when Missing < rows => Period(column, rows),
            ColumnKind.OrderedCategory => string.Join(" < ", column.Categories!.Labels.Select(FieldText.Shown)),
            _ => Listed(texts),
        };
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The kind of data in it.</summary>
    public ColumnKind Kind { get; }

    /// <summary>Number of rows whose value is missing.</summary>
    public int Missing { get; }

    /// <summary>Number of different texts.</summary>
    public int Distinct { get; }

    /// <summary>The range of numbers and dates with the mean or the order, or a few of the texts.</summary>
    public string Values { get; }

    /// <summary>The summary as a line.</summary>
    /// <returns>The name, the kind and the values.</returns>
    public override string ToString() => $"{FieldText.Shown(Name)}: {Kind}, {Missing} missing, {Values}";

    private static string Range(TableColumn column)
    {
        double[] present = [.. column.Values.ToArray().Where(double.IsFinite)];

        // The sum of large numbers may be too large, their mean not.
        double mean = present.Sum(value => value / present.Length);
        return string.Create(
            CultureInfo.InvariantCulture, $"{present.Min():g6} to {present.Max():g6}, mean {mean:g6}");
    }

    private static string Period(TableColumn column, int rows)
    {
        int[] order = [.. Enumerable.Range(0, rows).Where(row => column.Date(row) is not null).OrderBy(column.Date)];
        return $"{column.Text(order[0])} to {column.Text(order[^1])}";
    }

    private static string Listed(string[] texts)
    {
        Array.Sort(texts, StringComparer.Ordinal);
        return string.Join(", ", texts.Take(MostShown).Select(FieldText.Shown))
            + (texts.Length > MostShown ? ", …" : "");
    }
}
