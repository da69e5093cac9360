using System.Text;
using NeuralNet.Guards;
using NeuralNet.Tables.Columns;
using NeuralNet.Tables.Sources;

namespace NeuralNet.Tables;

/// <summary>Makes a table row by row, from wherever the values come.</summary>
/// <remarks>
/// A value is a text, a number, a bool, a date (<see cref="DateTime"/>, <see cref="DateTimeOffset"/>,
/// <see cref="DateOnly"/>), a <see cref="TimeSpan"/> (its seconds), an enum (its name) or a <see cref="Guid"/>; null,
/// <see cref="DBNull"/> and NaN are missing. The table equals the one that a file with these values gives.
/// </remarks>
/// <example><code>
/// var builder = new TableBuilder(["zone", "fare"]);
/// builder.Add("Midtown", 12.5);
/// builder.Add("Harlem", null);
/// Table table = builder.ToTable();
/// </code></example>
public sealed class TableBuilder
{
    private readonly string[] _names;
    private readonly TableOptions _options;
    private readonly string _name;
    private readonly ColumnPlan _plan;
    private readonly ColumnBuilder[] _columns;
    private readonly RowPosition _position;
    private int _count;

    /// <summary>Begins a table without rows.</summary>
    /// <param name="columns">The names of the columns, all different; at least one.</param>
    /// <param name="options">What the columns mean; the defaults if null.</param>
    /// <param name="name">The name of the table in messages.</param>
    /// <exception cref="ArgumentException">
    /// There are no columns, a name is missing or occurs twice, or options contradict each other.
    /// </exception>
    /// <exception cref="InvalidDataException">The options name a column that is not there.</exception>
    public TableBuilder(IReadOnlyList<string> columns, TableOptions? options = null, string name = "rows")
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(name);
        _options = options ?? new();
        _options.Require();
        _names = [.. columns];
        _name = MessageText.File(name);
        RequireNames();
        _plan = new(_names, _options, _name);
        _columns = Array.ConvertAll(
            _plan.Fields, field => new ColumnBuilder(_names[field], field, _plan.Settings(field)));
        _position = new(_name, RowPosition.Row);
    }

    /// <summary>Adds a row.</summary>
    /// <param name="values">A value for each column, in the order of their names.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than columns.</exception>
    /// <exception cref="InvalidDataException">
    /// A value is of a type of which no text, number or date can be made, or there are too many rows.
    /// </exception>
    public void Add(params ReadOnlySpan<object?> values)
    {
        if (values.Length != _names.Length)
        {
            throw new ArgumentException(
                $"The row has {Quantity.Of(values.Length, "value")}, but there "
                + $"{Quantity.Are(_names.Length, "column")}.",
                nameof(values));
        }

        _position.Number = _count + 1L;
        if (_count == _options.MaxRows)
        {
            throw new InvalidDataException(
                $"{_position.Where}: there are more than the {_options.MaxRows} rows that "
                + $"{nameof(TableOptions.MaxRows)} allows.");
        }

        // All texts first, so that a row is taken whole or not at all.
        string?[] texts = new string?[_columns.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = Text(values[_columns[i].Place], _columns[i].Place);
        }

        for (int i = 0; i < texts.Length; i++)
        {
            bool isText = ValueText.IsText(values[_columns[i].Place]);
            _columns[i].HasText |= isText;
            _columns[i].HasValue |= !isText && texts[i] is not null;
            if (texts[i] is { } text)
            {
                _columns[i].Add(Encoding.UTF8.GetBytes(text), _position, "");
            }
            else
            {
                _columns[i].AddMissing();
            }
        }

        _count++;
    }

    /// <summary>Makes the table of all rows so far.</summary>
    /// <returns>The table.</returns>
    /// <exception cref="InvalidDataException">
    /// There are no rows, or a value does not fit what the options say of its column.
    /// </exception>
    public Table ToTable()
    {
        if (_count == 0)
        {
            throw new InvalidDataException($"'{_name}' has no rows.");
        }

        long[] numbers = [.. Enumerable.Range(1, _count).Select(number => (long)number)];
        var rows = new TableRows(_name, numbers, RowPosition.Row, _options);
        return TableAssembly.Assemble(
            rows, [.. _columns.Select(column => column.ToColumn(rows))], _plan, _names.Length);
    }

    private void RequireNames()
    {
        if (_names.Length == 0 || _names.Length > _options.MaxColumns)
        {
            throw new ArgumentException(
                $"A table has from 1 to {nameof(TableOptions.MaxColumns)} = {_options.MaxColumns} columns, but "
                + $"{_names.Length} are named.",
                "columns");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in _names)
        {
            if (name is null || !seen.Add(name))
            {
                throw new ArgumentException(
                    name is null
                        ? "The name of a column is null."
                        : $"Two columns are called '{FieldText.Shown(name)}'; names must be unique.",
                    "columns");
            }
        }
    }

    private string? Text(object? value, int column)
    {
        try
        {
            return ValueText.Of(value);
        }
        catch (NotSupportedException exception)
        {
            throw new InvalidDataException(
                $"{_position.Where}, column '{FieldText.Shown(_names[column])}' {exception.Message}. Leave it out with "
                + $"{nameof(TableOptions)}.{nameof(TableOptions.Ignore)}, or convert it.",
                exception);
        }
    }
}
