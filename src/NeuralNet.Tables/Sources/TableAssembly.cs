using System.Text;
using NeuralNet.Guards;
using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables.Sources;

/// <summary>Makes a table of the columns that were read and of those that are computed.</summary>
internal static class TableAssembly
{
    /// <summary>Computes columns, and holds what is declared against the values.</summary>
    /// <param name="rows">What the columns share.</param>
    /// <param name="columns">The columns that were read.</param>
    /// <param name="plan">What the options say of them.</param>
    /// <param name="sourceColumns">Number of columns of the source, behind which computed ones are planned.</param>
    public static Table Assemble(TableRows rows, TableColumn[] columns, ColumnPlan plan, int sourceColumns)
    {
        var table = new Table(rows, columns);
        for (int i = 0; i < rows.Options.Computed.Count; i++)
        {
            ColumnSettings settings = plan.Settings(sourceColumns + i) with { IsComputed = true };
            table = new(rows, [.. table.Columns, Compute(table, rows, rows.Options.Computed[i], settings)]);
        }

        // What the options say of a column holds for every table; what others hold matters where they are used.
        foreach (TableColumn declared in table.Columns.Where(column => column.IsDeclared))
        {
            _ = declared.Kind == ColumnKind.Identifier ? default : declared.Values;
        }

        return table;
    }

    private static TableColumn Compute(Table table, TableRows rows, ComputedColumn computed, ColumnSettings settings)
    {
        var position = new RowPosition(rows.Name, rows.Unit);
        var builder = new ColumnBuilder(computed.Name, table.Columns.Count, settings) { HasValue = computed.IsPlain };
        for (int row = 0; row < table.RowCount; row++)
        {
            position.Number = rows.Lines[row];
            if (Value(table, row, computed, rows) is { } text)
            {
                builder.Add(Encoding.UTF8.GetBytes(text), position, "");
            }
            else
            {
                builder.AddMissing();
            }
        }

        return builder.ToColumn(rows);
    }

    private static string? Value(Table table, int row, ComputedColumn computed, TableRows rows)
    {
        try
        {
            return computed.Of(new(table, row));
        }
        catch (Exception exception)
        {
            throw new InvalidDataException(
                $"{rows.Where(row, computed.Name)} cannot be computed: {MessageText.Reason(exception)}.", exception);
        }
    }
}
