using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables;

/// <summary>
/// One row of a table, as functions of rows see it, such as those of a <see cref="ComputedColumn"/> and of
/// <see cref="Table.Where"/>.
/// </summary>
public readonly struct TableRow
{
    private readonly Table _table;
    private readonly int _index;

    internal TableRow(Table table, int index)
    {
        _table = table;
        _index = index;
    }

    /// <summary>The text of a column, as it is written or as the options map it; null if it is missing.</summary>
    /// <param name="column">The column.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public string? this[ColumnReference column] => _table[column].Text(_index);

    /// <summary>The number of a column; NaN if it is missing.</summary>
    /// <param name="column">The column.</param>
    /// <returns>
    /// The number as <see cref="TableColumn.Values"/> gives it: 1 and 0 for true and false, days for a date.
    /// </returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">The column does not hold numbers.</exception>
    public double Number(ColumnReference column)
    {
        // The number of a category depends on the other rows of the table.
        TableColumn found = _table[column];
        return found.Kind != ColumnKind.Category
            ? found.Values[_index]
            : throw new InvalidDataException(
                $"column '{FieldText.Shown(found.Name)}' holds categories, which are no numbers; take its text, "
                + $"row[…], or name it in {nameof(TableOptions)}.{nameof(TableOptions.Numbers)}");
    }

    /// <summary>The date of a column; null if it is missing.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The date as it is written, whatever the zone.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">The column does not hold dates.</exception>
    public DateTime? Date(ColumnReference column) => _table[column].Date(_index);
}
