namespace NeuralNet.Tables.Columns;

/// <summary>
/// Finds the columns of the options among those of a source: which are read, and what holds for each.
/// </summary>
internal sealed class ColumnPlan
{
    private readonly TableOptions _options;
    private readonly string _name;
    private readonly string _hint;
    private readonly string[] _sourceNames;
    private readonly string[] _names;
    private readonly ColumnKind?[] _kinds;
    private readonly ColumnOptions?[] _own;

    /// <summary>Finds the columns.</summary>
    /// <param name="names">The names of all columns of the source.</param>
    /// <param name="options">The options.</param>
    /// <param name="name">The name of the source in messages.</param>
    /// <param name="hint">What to add to the message that a column is not there.</param>
    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    /// <exception cref="InvalidDataException">The source lacks a column that the options name.</exception>
    public ColumnPlan(string[] names, TableOptions options, string name, string hint = "")
    {
        _options = options;
        _name = name;
        _hint = hint;
        RequireComputedNames(names, options);

        // Computed columns have options, too, by their names; a place is one in the source.
        _sourceNames = names;
        _names = [.. names, .. options.Computed.Select(computed => computed.Name)];
        _kinds = new ColumnKind?[_names.Length];
        _own = new ColumnOptions?[_names.Length];
        Declare(options.Numbers, nameof(TableOptions.Numbers), ColumnKind.Number);
        Declare(options.Categories, nameof(TableOptions.Categories), ColumnKind.Category);
        Declare(options.Booleans, nameof(TableOptions.Booleans), ColumnKind.Boolean);
        Declare(options.Dates, nameof(TableOptions.Dates), ColumnKind.Date);
        Declare(options.Identifiers, nameof(TableOptions.Identifiers), ColumnKind.Identifier);
        foreach ((ColumnReference column, ColumnOptions own) in options.PerColumn)
        {
            DeclareOwn(Find(column), column, own);
        }

        Fields = ChosenFields(names.Length);
    }

    /// <summary>The indices of the columns of the source that are read, in their order in the table.</summary>
    public int[] Fields { get; }

    /// <summary>The settings of a column of the source, or behind them of a computed one.</summary>
    public ColumnSettings Settings(int index) => new(
        _kinds[index], _own[index]?.Missing ?? _options.Missing, _options.MissingTexts, _own[index]);

    private static void RequireComputedNames(string[] names, TableOptions options)
    {
        var seen = new HashSet<string>(names, StringComparer.Ordinal);
        foreach (ComputedColumn computed in options.Computed)
        {
            if (!seen.Add(computed.Name))
            {
                throw new ArgumentException(
                    $"{nameof(TableOptions.Computed)} names the column '{FieldText.Shown(computed.Name)}', but there "
                    + "is one of this name already.");
            }
        }
    }

    private void Declare(IReadOnlyList<ColumnReference> columns, string list, ColumnKind kind)
    {
        foreach (ColumnReference column in columns)
        {
            int index = Find(column);
            if (_kinds[index] is { } other && other != kind)
            {
                throw Twice(
                    [.. _options.Numbers, .. _options.Categories, .. _options.Booleans, .. _options.Dates,
                        .. _options.Identifiers],
                    index,
                    $"Column '{FieldText.Shown(_names[index])}' is declared to be both {other} and {kind}, by {list}.");
            }

            _kinds[index] = kind;
        }
    }

    private void DeclareOwn(int index, ColumnReference column, ColumnOptions own)
    {
        ArgumentNullException.ThrowIfNull(own, nameof(TableOptions.PerColumn));
        string shown = FieldText.Shown(_names[index]);
        if (_own[index] is not null)
        {
            throw Twice(
                [.. _options.PerColumn.Keys],
                index,
                $"{nameof(TableOptions.PerColumn)} names the column '{shown}' twice, as {column}, too.");
        }

        _own[index] = own;
        bool isOrdered = own.Order is not null;
        bool isDate = own.DateFormat is not null || own.DateParts is not null;
        ColumnKind? implied = isOrdered ? ColumnKind.OrderedCategory : isDate ? ColumnKind.Date : null;
        bool fits = _kinds[index] is not { } declared || implied is null || declared == implied
            || (isOrdered && declared == ColumnKind.Category);
        if ((isOrdered && isDate) || !fits)
        {
            throw new ArgumentException(
                $"{nameof(TableOptions.PerColumn)} says that the column '{shown}' is {implied}, but it is declared to "
                + $"be {(isOrdered && isDate ? ColumnKind.Date : _kinds[index])}, too.");
        }

        _kinds[index] = implied ?? _kinds[index];
    }

    private int[] ChosenFields(int count)
    {
        int[] ignored = [.. _options.Ignore.Select(FindInSource)];
        int[] fields = _options.Columns is null
            ? [.. Enumerable.Range(0, count).Except(ignored)]
            : [.. _options.Columns.Select(FindInSource)];
        if (fields.Length == 0)
        {
            throw new ArgumentException(
                _options.Columns is null
                    ? $"{nameof(TableOptions.Ignore)} must leave at least one column."
                    : $"{nameof(TableOptions.Columns)} must name at least one column.");
        }

        foreach (int both in fields.Intersect(ignored))
        {
            throw Twice(
                [.. _options.Columns!, .. _options.Ignore],
                both,
                $"Column '{FieldText.Shown(_names[both])}' is named both in {nameof(TableOptions.Columns)} and in "
                + $"{nameof(TableOptions.Ignore)}.");
        }

        foreach (IGrouping<int, int> same in fields.GroupBy(field => field).Where(same => same.Count() > 1))
        {
            throw Twice(
                _options.Columns!,
                same.Key,
                $"{nameof(TableOptions.Columns)} must name no column twice, but it does "
                + $"'{FieldText.Shown(_names[same.Key])}'.");
        }

        return fields;
    }

    // If there are too few columns, two indices may mean the same one, such as the first and the last: an error in the
    // source.
    private Exception Twice(IReadOnlyList<ColumnReference> wanted, int index, string message)
    {
        ColumnReference[] same = [.. wanted.Where(column => IndexOf(column) == index)];
        return Array.TrueForAll(same, column => column.IsPlace) && same.Distinct().Count() == same.Length
            ? new InvalidDataException($"'{_name}' has too few columns, {_names.Length}: {message}")
            : new ArgumentException(message);
    }

    // A column that the source lacks is an error in the source, not of the caller.
    private int Find(ColumnReference column) =>
        IndexOf(column) is int index and >= 0
            ? index
            : throw new InvalidDataException(column.NotIn(_name, _names) + _hint);

    private int FindInSource(ColumnReference column) =>
        column.Find(_sourceNames) is int index and >= 0
            ? index
            : throw new InvalidDataException(column.NotIn(_name, _sourceNames) + _hint);

    private int IndexOf(ColumnReference column) => column.Find(column.IsPlace ? _sourceNames : _names);
}
