using NeuralNet.Guards;
using NeuralNet.Tables;

namespace NeuralNet.Forecasting.Series;

/// <summary>Makes series of the rows of a table.</summary>
/// <param name="table">The table.</param>
/// <param name="time">The column of the dates.</param>
/// <param name="values">The columns of the values; all others that hold numbers if null.</param>
/// <param name="key">The column that tells series apart; null for a single one.</param>
/// <param name="options">The policies.</param>
internal sealed class SeriesReading(
    Table table, string time, IReadOnlyList<string>? values, string? key, SeriesOptions options)
{
    /// <summary>Makes the series, in the order in which their keys come first.</summary>
    public IReadOnlyList<SeriesData> Read()
    {
        DateTime[] times = Times();
        TableColumn[] columns = Columns();
        string[] names = Array.ConvertAll(columns, column => column.Name);
        double[][] all = Array.ConvertAll(columns, Numbers);
        var series = new List<SeriesData>();
        foreach ((string text, int[] rows) in Groups())
        {
            var assembly = new SeriesAssembly(table.Name, text, names, options, index => Row(rows[index]));
            series.Add(assembly.Build(
                Array.ConvertAll(rows, index => times[index]),
                Array.ConvertAll(all, column => Array.ConvertAll(rows, index => column[index]))));
        }

        return series;
    }

    private string Row(int row) => $"line {table.Lines[row]}";

    private DateTime[] Times()
    {
        TableColumn column = table[time];
        if (column.Kind != ColumnKind.Date)
        {
            throw new InvalidDataException(
                $"'{table.Name}': column {MessageText.Quoted(time)} must hold the dates, but its first text is "
                + $"{MessageText.Quoted(column.Text(0) ?? "")}. If it does, say how they are written: "
                + $"{nameof(SeriesOptions)}.{nameof(SeriesOptions.Csv)} = new() {{ {nameof(TableOptions.PerColumn)} = "
                + $"{{ [\"{MessageText.Shortened(time)}\"] = new() {{ {nameof(ColumnOptions.DateFormat)} = "
                + "\"dd/MM/yyyy\" } } }.");
        }

        var times = new DateTime[table.RowCount];
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = column.Date(i) ?? throw new InvalidDataException(
                $"'{table.Name}': the date in {Row(i)} is missing. {nameof(Table)}.{nameof(Table.DropMissing)}"
                + $"(\"{MessageText.Shortened(time)}\") leaves such rows out.");
        }

        return times;
    }

    private TableColumn[] Columns()
    {
        if (values is not null)
        {
            if (values.Count == 0 || values.Distinct(StringComparer.Ordinal).Count() != values.Count)
            {
                throw new ArgumentException(
                    $"values must name at least one column, and each once, but they are "
                    + $"{MessageText.Listed(values)}.",
                    nameof(values));
            }

            return [.. values.Select(name => table[name])];
        }

        TableColumn[] numbers =
        [
            .. table.Columns.Where(column =>
                column.Name != time && column.Name != key && column.Kind is ColumnKind.Number or ColumnKind.Boolean),
        ];
        return numbers.Length > 0
            ? numbers
            : throw new InvalidDataException(
                $"'{table.Name}': besides {MessageText.Quoted(time)} no column holds numbers; name those of "
                + "the values.");
    }

    private double[] Numbers(TableColumn column)
    {
        if (column.Kind is ColumnKind.Category or ColumnKind.Date or ColumnKind.OrderedCategory)
        {
            throw new InvalidDataException(
                $"'{table.Name}': column {MessageText.Quoted(column.Name)} must hold numbers, but its first text is "
                + $"{MessageText.Quoted(column.Text(0) ?? "")}.");
        }

        return column.Values.ToArray();
    }

    private IEnumerable<(string Key, int[] Rows)> Groups()
    {
        IEnumerable<int> rows = Enumerable.Range(0, table.RowCount);
        if (key is null)
        {
            return [("", [.. rows])];
        }

        TableColumn column = table[key];
        return rows.GroupBy(row => column.Text(row) ?? "", StringComparer.Ordinal)
            .Select(group => (group.Key, group.ToArray()));
    }
}
