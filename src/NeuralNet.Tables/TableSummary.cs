using System.Collections;
using System.Globalization;
using System.Text;
using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables;

/// <summary>What each column of a table holds; its text is a table to print.</summary>
public sealed class TableSummary : IReadOnlyList<ColumnSummary>
{
    private readonly ColumnSummary[] _columns;
    private readonly string _name;
    private readonly int _rowCount;

    internal TableSummary(Table table)
    {
        _name = table.Name;
        _rowCount = table.RowCount;
        _columns = [.. table.Columns.Select(column => new ColumnSummary(column, table.RowCount))];
    }

    /// <summary>Number of columns.</summary>
    public int Count => _columns.Length;

    /// <summary>The summary of a column.</summary>
    /// <param name="index">Its index, from 0.</param>
    public ColumnSummary this[int index] => _columns[index];

    /// <inheritdoc/>
    public IEnumerator<ColumnSummary> GetEnumerator() => ((IEnumerable<ColumnSummary>)_columns).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A line per column: its name, kind, missing and different values, and range.</summary>
    /// <returns>The table.</returns>
    public override string ToString()
    {
        string[][] cells =
        [
            ["column", "kind", "missing", "different", "values"],
            .. _columns.Select(column => (string[])
            [
                FieldText.Shown(column.Name),
                column.Kind.ToString(),
                column.Missing.ToString(CultureInfo.InvariantCulture),
                column.Distinct.ToString(CultureInfo.InvariantCulture),
                column.Values,
            ]),
        ];
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(i => cells.Max(row => row[i].Length))];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"'{_name}': {Guards.Quantity.Of(_rowCount, "row")}");
        foreach (string[] row in cells)
        {
            text.AppendLine().Append(
                $"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2].PadLeft(widths[2])}  "
                + $"{row[3].PadLeft(widths[3])}  {row[4]}".TrimEnd());
        }

        return text.ToString();
    }
}
