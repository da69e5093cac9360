using System.Text;
using System.Text.Unicode;
using CsvHelper;
using NeuralNet.Guards;

namespace NeuralNet.Data.Csv;

/// <summary>Reads a table row by row.</summary>
internal sealed class CsvTableReader(CsvReader reader, CsvOptions options, CsvStart start, string name)
{
    private readonly CsvSource _source = new(name) { Line = 1 + start.LinesBefore };

    public CsvTable Read()
    {
        if (!TryReadRow())
        {
            throw new InvalidDataException(
                $"'{name}' is empty: there is no row{(options.Header ? " and no header" : "")}.");
        }

        string[] names = ReadNames();
        CsvColumnReader[] columns = Columns(names);
        RequireDelimiter(names.Length, columns);

        // In a file of one column a blank line is a row whose value is missing; in others it is no row.
        bool isBlankRow = names.Length == 1;
        var lines = new List<long>();
        bool more = !options.Header || TryReadRow(isBlankRow);
        if (isBlankRow && !options.Header)
        {
            AddBlankRows(columns[0], lines);
        }

        while (more)
        {
            if (reader.FieldCount != names.Length)
            {
                throw new InvalidDataException(
                    $"{_source.Where}: the row has {Quantity.Of(reader.FieldCount, "field")}, but "
                    + $"{(options.Header ? "the header" : "the first row")} has {names.Length}.{DelimiterHint}");
            }

            RequireRoom(lines);
            if (Array.TrueForAll(columns, column => column.TryRead(reader.GetSpan(column.Place), _source)))
            {
                lines.Add(_source.Line);
            }
            else
            {
                Array.ForEach(columns, column => column.Keep(lines.Count));
            }

            more = TryReadRow(isBlankRow);
        }

        if (lines.Count == 0)
        {
            throw new InvalidDataException(
                $"'{name}' has no rows{(options.Missing == MissingValues.DropRow ? " without missing values" : "")}."
                + DelimiterHint);
        }

        var rows = new CsvRows(name, [.. lines], options);
        CsvTableColumn[] read = Array.ConvertAll(columns, column => column.ToColumn(rows));

        // What the options say of a column holds for every table; what others hold matters where they are used.
        foreach (CsvTableColumn declared in read.Where(column => column.IsDeclared))
        {
            _ = declared.Values;
        }

        return new(rows, read);
    }

    // The blank lines before the first text, whose number of fields said that they are rows.
    private void AddBlankRows(CsvColumnReader column, List<long> lines)
    {
        long first = _source.Line;
        for (_source.Line = 1 + start.LinesBefore; _source.Line < first; _source.Line++)
        {
            RequireRoom(lines);
            if (column.TryRead([], _source))
            {
                lines.Add(_source.Line);
            }
        }
    }

    private void RequireRoom(List<long> lines)
    {
        if (lines.Count == options.MaxRows)
        {
            throw new InvalidDataException(
                $"{_source.Where}: there are more than the {options.MaxRows} rows that "
                + $"{nameof(CsvOptions.MaxRows)} allows.");
        }
    }

    private string DelimiterHint =>
        start.Likely is { } likely
            ? $" Its delimiter may be {CsvStart.NameOf(likely)}, not {CsvStart.NameOf(start.Delimiter)}: set "
                + $"{nameof(CsvOptions)}.{nameof(CsvOptions.Delimiter)}."
            : "";

    // The columns of a file with another delimiter are one, or fewer than that delimiter makes. A comma, which text may
    // hold, counts only against a file of one column; nothing counts against columns that the options declare.
    private void RequireDelimiter(int count, CsvColumnReader[] columns)
    {
        if (Array.Exists(columns, column => column.IsDeclared))
        {
            return;
        }

        if (start.Likely is not { } likely)
        {
            if (count == 1 && start.HasBlanks)
            {
                throw new InvalidDataException(
                    $"{_source.Where}: the delimiter {CsvStart.NameOf(start.Delimiter)} leaves the line whole, but "
                    + "blanks divide it and the next into as many fields: replace each run of blanks by one delimiter. "
                    + $"If the line is a text, name the column in {nameof(CsvOptions.Categories)}.");
            }

            return;
        }

        // In numbers, too, but not in a header of one column.
        bool isPartOfNumber = (likely == options.ThousandsSeparator || likely == options.DecimalCharacter)
            && !(options.Header && count == 1);
        if (!isPartOfNumber && (count == 1 || likely != ','))
        {
            throw new InvalidDataException(
                $"{_source.Where}: the delimiter {CsvStart.NameOf(start.Delimiter)} divides the line into "
                + $"{Quantity.Of(count, "field")}, but {CsvStart.NameOf(likely)} into more, and the next line into as "
                + $"many: set {nameof(CsvOptions)}.{nameof(CsvOptions.Delimiter)} = {CsvStart.NameOf(likely)}. If "
                + $"{CsvStart.NameOf(likely)} belongs to the text, name the column in "
                + $"{nameof(CsvOptions.Categories)} or {nameof(CsvOptions.Numbers)}.");
        }
    }

    // Reads on to a row; blank lines are passed over, unless they are rows.
    private bool TryReadRow(bool isBlankRow = false)
    {
        bool got = TryRead();
        while (got && !isBlankRow && reader.RawRecord.IsEmpty)
        {
            got = TryRead();
        }

        return got;
    }

    private bool TryRead()
    {
        try
        {
            bool got = reader.Read();
            if (got)
            {
                _source.Line = reader.LineNumber + start.LinesBefore;
            }

            return got;
        }
        catch (CsvFormatException exception)
        {
            _source.Line = Math.Max(_source.Line, exception.LineNumber + start.LinesBefore);
            throw new InvalidDataException(
                $"{_source.Where}: the row cannot be read: {MessageText.Reason(exception)}.{DelimiterHint}",
                MessageText.Cause(exception));
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException(
                $"'{name}' cannot be read after line {_source.Line}: {MessageText.Reason(exception)}.",
                MessageText.Cause(exception));
        }
    }

    private string[] ReadNames()
    {
        if (reader.FieldCount > options.MaxColumns)
        {
            throw new InvalidDataException(
                $"{_source.Where}: there are {reader.FieldCount} columns, more than the {options.MaxColumns} that "
                + $"{nameof(CsvOptions.MaxColumns)} allows.");
        }

        string[] names = new string[reader.FieldCount];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            if (reader.GetSpan(i).Contains((byte)0))
            {
                throw new InvalidDataException(
                    $"{_source.Where}: column {i} holds zero characters, as text in UTF-16 does without its mark: set "
                    + $"{nameof(CsvOptions)}.{nameof(CsvOptions.Encoding)}.");
            }

            ReadOnlySpan<byte> text = options.Header ? reader.GetSpan(i).Trim(" \t"u8) : default;
            if (!Utf8.IsValid(text))
            {
                throw new InvalidDataException(
                    $"{_source.Where}: the name of column {i} is not valid UTF-8.{CsvSource.EncodingAdvice}");
            }

            names[i] = text.IsEmpty ? CsvColumn.DefaultName(i) : Encoding.UTF8.GetString(text);
            if (!seen.Add(names[i]))
            {
                throw new InvalidDataException(
                    $"{_source.Where}: two columns are called '{CsvSource.Shown(names[i])}'; names must be unique. "
                    + $"If the first line holds data, set {nameof(CsvOptions)}.{nameof(CsvOptions.Header)} = false.");
            }
        }

        return names;
    }

    private CsvColumnReader[] Columns(string[] names)
    {
        var missingTexts = new HashSet<string>(options.MissingTexts, StringComparer.Ordinal);
        int[] numbers = Find(options.Numbers, names);
        int[] categories = Find(options.Categories, names);
        foreach (int both in numbers.Intersect(categories))
        {
            throw Twice(
                [.. options.Numbers, .. options.Categories],
                both,
                names,
                $"Column '{CsvSource.Shown(names[both])}' is named both in {nameof(CsvOptions.Numbers)} and in "
                + $"{nameof(CsvOptions.Categories)}.");
        }

        int[] ignored = Find(options.Ignore, names);
        int[] fields = options.Columns is null
            ? [.. Enumerable.Range(0, names.Length).Except(ignored)]
            : Find(options.Columns, names);
        if (fields.Length == 0)
        {
            throw new ArgumentException(
                options.Columns is null
                    ? $"{nameof(CsvOptions.Ignore)} must leave at least one column."
                    : $"{nameof(CsvOptions.Columns)} must name at least one column.");
        }

        foreach (int both in fields.Intersect(ignored))
        {
            throw Twice(
                [.. options.Columns!, .. options.Ignore],
                both,
                names,
                $"Column '{CsvSource.Shown(names[both])}' is named both in {nameof(CsvOptions.Columns)} and in "
                + $"{nameof(CsvOptions.Ignore)}.");
        }

        foreach (IGrouping<int, int> same in fields.GroupBy(field => field).Where(same => same.Count() > 1))
        {
            throw Twice(
                options.Columns!,
                same.Key,
                names,
                $"{nameof(CsvOptions.Columns)} must name no column twice, but it does "
                + $"'{CsvSource.Shown(names[same.Key])}'.");
        }

        return Array.ConvertAll(fields, field => new CsvColumnReader(
            names[field],
            field,
            numbers.Contains(field) ? CsvColumnKind.Number : categories.Contains(field) ? CsvColumnKind.Category : null,
            options.Missing,
            missingTexts));
    }

    // If there are too few columns, two indices may mean the same one, such as the first and the last: an error in the
    // file.
    private Exception Twice(IReadOnlyList<CsvColumn> wanted, int field, string[] names, string message)
    {
        CsvColumn[] same = [.. wanted.Where(column => column.Find(names) == field)];
        return Array.TrueForAll(same, column => column.IsPlace) && same.Distinct().Count() == same.Length
            ? new InvalidDataException($"'{name}' has too few columns, {names.Length}: {message}")
            : new ArgumentException(message);
    }

    // A column that the file lacks is an error in the file, not of the caller.
    private int[] Find(IReadOnlyList<CsvColumn> wanted, string[] names) =>
    [
        .. wanted.Select(column => column.Find(names) is int index and >= 0
            ? index
            : throw new InvalidDataException(column.NotIn(name, names) + DelimiterHint)),
    ];
}
