using System.Text;
using System.Text.Unicode;
using CsvHelper;
using NeuralNet.Guards;

namespace NeuralNet.Data.Csv;

/// <summary>Reads a table row by row.</summary>
internal sealed class CsvTableReader(CsvReader reader, CsvOptions options, string name)
{
    private readonly CsvSource _source = new(name);

    public CsvTable Read()
    {
        if (!TryRead())
        {
            throw new InvalidDataException(
                $"'{name}' is empty: there is no row{(options.Header ? " and no header" : "")}.");
        }

        string[] names = ReadNames();
        CsvColumnReader[] columns = Columns(names);
        var lines = new List<long>();
        bool more = !options.Header || TryRead();
        while (more)
        {
            if (reader.FieldCount != names.Length)
            {
                throw new InvalidDataException(
                    $"{_source.Where}: the row has {Quantity.Of(reader.FieldCount, "field")}, but "
                    + $"{(options.Header ? "the header" : "the first row")} has {names.Length}.");
            }

            if (lines.Count == options.MaxRows)
            {
                throw new InvalidDataException(
                    $"{_source.Where}: there are more than the {options.MaxRows} rows that "
                    + $"{nameof(CsvOptions.MaxRows)} allows.");
            }

            if (Array.TrueForAll(columns, column => column.TryRead(reader.GetSpan(column.Place), _source)))
            {
                lines.Add(_source.Line);
            }
            else
            {
                Array.ForEach(columns, column => column.Keep(lines.Count));
            }

            more = TryRead();
        }

        if (lines.Count == 0)
        {
            throw new InvalidDataException(
                $"'{name}' has no rows{(options.Missing == MissingValues.DropRow ? " without missing values" : "")}.");
        }

        return new(name, Array.ConvertAll(columns, column => column.ToColumn()), [.. lines], options);
    }

    private bool TryRead()
    {
        try
        {
            bool got = reader.Read();
            if (got)
            {
                _source.Line = reader.LineNumber;
            }

            return got;
        }
        catch (CsvFormatException exception)
        {
            _source.Line = Math.Max(_source.Line, exception.LineNumber);
            throw new InvalidDataException($"{_source.Where}: the row cannot be read: {MessageText.Reason(exception)}.",
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
            ReadOnlySpan<byte> text = options.Header ? reader.GetSpan(i).Trim(" \t"u8) : default;
            if (!Utf8.IsValid(text))
            {
                throw new InvalidDataException($"{_source.Where}: the name of column {i} is not valid UTF-8.");
            }

            names[i] = text.IsEmpty ? CsvColumn.DefaultName(i) : Encoding.UTF8.GetString(text);
            if (!seen.Add(names[i]))
            {
                throw new InvalidDataException(
                    $"{_source.Where}: two columns are called '{CsvSource.Shown(names[i])}'; names must be unique.");
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
            options,
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
            : throw new InvalidDataException(
                $"'{name}' has no column {column}; its columns are {CsvSource.Listed(names, CsvTable.MostNames)}."
                + column.Question(names))),
    ];
}
