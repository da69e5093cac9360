using System.Text;
using System.Text.Unicode;
using CsvHelper;
using NeuralNet.Guards;
using NeuralNet.Tables.Columns;
using NeuralNet.Tables.Sources;

namespace NeuralNet.Tables.Csv;

/// <summary>Reads a table row by row.</summary>
internal sealed class CsvTableReader(CsvReader reader, CsvOptions options, CsvStart start, string name)
{
    internal const string EncodingAdvice =
        $" Set {nameof(CsvOptions)}.{nameof(CsvOptions.Encoding)} to that of the file, such as Encoding.Latin1.";

    private readonly RowPosition _position = new(name, RowPosition.Line) { Number = 1 + start.LinesBefore };

    public Table Read()
    {
        var blankLines = new List<long>();
        if (!TryReadRow(blankLines: blankLines))
        {
            throw new InvalidDataException(
                $"'{name}' is empty: there is no row{(options.HasHeader ? " and no header" : "")}.");
        }

        string[] names = ReadNames();
        var plan = new ColumnPlan(names, options, name, DelimiterHint);
        ColumnBuilder[] columns = Array.ConvertAll(
            plan.Fields, field => new ColumnBuilder(names[field], field, plan.Settings(field)));
        RequireDelimiter(names.Length, columns);

        // In a file of one column a blank line is a row whose value is missing; in others it is no row.
        bool isBlankRow = names.Length == 1;
        var lines = new List<long>();
        bool more = !options.HasHeader || TryReadRow(isBlankRow);
        if (isBlankRow && !options.HasHeader)
        {
            AddBlankRows(columns[0], blankLines, lines);
        }

        while (more)
        {
            if (reader.FieldCount != names.Length)
            {
                throw new InvalidDataException(
                    $"{_position.Where}: the row has {Quantity.Of(reader.FieldCount, "field")}, but "
                    + $"{(options.HasHeader ? "the header" : "the first row")} has {names.Length}.{DelimiterHint}");
            }

            RequireRoom(lines);
            foreach (ColumnBuilder column in columns)
            {
                column.Add(reader.GetSpan(column.Place), _position, EncodingAdvice);
            }

            lines.Add(_position.Number);
            more = TryReadRow(isBlankRow);
        }

        if (lines.Count == 0)
        {
            throw new InvalidDataException($"'{name}' has no rows.{DelimiterHint}");
        }

        var rows = new TableRows(name, [.. lines], RowPosition.Line, options);
        return TableAssembly.Assemble(
            rows, Array.ConvertAll(columns, column => column.ToColumn(rows)), plan, names.Length);
    }

    // The blank lines before the first text, whose number of fields said that they are rows.
    private void AddBlankRows(ColumnBuilder column, List<long> blankLines, List<long> lines)
    {
        long first = _position.Number;
        foreach (long line in blankLines)
        {
            _position.Number = line;
            RequireRoom(lines);
            column.Add([], _position, EncodingAdvice);
            lines.Add(line);
        }

        _position.Number = first;
    }

    private void RequireRoom(List<long> lines)
    {
        if (lines.Count == options.MaxRows)
        {
            throw new InvalidDataException(
                $"{_position.Where}: there are more than the {options.MaxRows} rows that "
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
    private void RequireDelimiter(int count, ColumnBuilder[] columns)
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
                    $"{_position.Where}: the delimiter {CsvStart.NameOf(start.Delimiter)} leaves the line whole, but "
                    + "blanks divide it and the next into as many fields: replace each run of blanks by one delimiter. "
                    + $"If the line is a text, name the column in {nameof(CsvOptions.Categories)}.");
            }

            return;
        }

        // In numbers, too, but not in a header of one column.
        bool isPartOfNumber = (likely == options.ThousandsSeparator || likely == options.DecimalCharacter)
            && !(options.HasHeader && count == 1);
        if (!isPartOfNumber && (count == 1 || likely != ','))
        {
            throw new InvalidDataException(
                $"{_position.Where}: the delimiter {CsvStart.NameOf(start.Delimiter)} divides the line into "
                + $"{Quantity.Of(count, "field")}, but {CsvStart.NameOf(likely)} into more, and the next line into as "
                + $"many: set {nameof(CsvOptions)}.{nameof(CsvOptions.Delimiter)} = {CsvStart.NameOf(likely)}. If "
                + $"{CsvStart.NameOf(likely)} belongs to the text, name the column in "
                + $"{nameof(CsvOptions.Categories)} or {nameof(CsvOptions.Numbers)}.");
        }
    }

    // Reads on to a row; blank lines are passed over, unless they are rows. Of those passed over, one more than are
    // allowed is enough to know.
    private bool TryReadRow(bool isBlankRow = false, List<long>? blankLines = null)
    {
        bool got = TryRead();
        while (got && !isBlankRow && reader.RawRecord.IsEmpty)
        {
            if (blankLines?.Count <= options.MaxRows)
            {
                blankLines.Add(_position.Number);
            }

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
                _position.Number = reader.LineNumber + start.LinesBefore;
            }

            return got;
        }
        catch (CsvFormatException exception)
        {
            _position.Number = Math.Max(_position.Number, exception.LineNumber + start.LinesBefore);
            throw new InvalidDataException(
                $"{_position.Where}: the row cannot be read: {MessageText.Reason(exception)}.{DelimiterHint}",
                MessageText.Cause(exception));
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException(
                $"'{name}' cannot be read after line {_position.Number}: {MessageText.Reason(exception)}."
                + EncodingAdvice,
                MessageText.Cause(exception));
        }
    }

    private string[] ReadNames()
    {
        if (reader.FieldCount > options.MaxColumns)
        {
            throw new InvalidDataException(
                $"{_position.Where}: there are {reader.FieldCount} columns, more than the {options.MaxColumns} that "
                + $"{nameof(CsvOptions.MaxColumns)} allows.");
        }

        if (options.Names is { } given && given.Count != reader.FieldCount)
        {
            throw new InvalidDataException(
                $"{_position.Where}: there are {reader.FieldCount} columns, but {nameof(CsvOptions.Names)} gives "
                + $"{given.Count} names.{DelimiterHint}");
        }

        string[] names = new string[reader.FieldCount];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            if (reader.GetSpan(i).Contains((byte)0))
            {
                throw new InvalidDataException(
                    $"{_position.Where}: column {i} holds zero characters, as text in UTF-16 does without its mark: "
                    + $"set {nameof(CsvOptions)}.{nameof(CsvOptions.Encoding)}.");
            }

            ReadOnlySpan<byte> text = options.HasHeader ? reader.GetSpan(i).Trim(" \t"u8) : default;
            if (!Utf8.IsValid(text))
            {
                throw new InvalidDataException(
                    $"{_position.Where}: the name of column {i} is not valid UTF-8.{EncodingAdvice}");
            }

            names[i] = options.Names?[i]
                ?? (text.IsEmpty ? ColumnReference.DefaultName(i) : Encoding.UTF8.GetString(text));
            if (!seen.Add(names[i]))
            {
                throw new InvalidDataException(
                    $"{_position.Where}: two columns are called '{FieldText.Shown(names[i])}'; names must be unique. "
                    + $"If the first line holds data, set {nameof(CsvOptions)}.{nameof(CsvOptions.Header)} = false.");
            }
        }

        if (options.HasHeader)
        {
            RequireNames(names);
        }

        return names;
    }

    // A fraction is no name: the first line of a file without a header would be lost.
    private void RequireNames(string[] names)
    {
        var format = new NumberFormat(options);
        string? number = Array.Find(
            names, name => format.TryParse(name, out double value) && value != Math.Floor(value));
        if (number is not null)
        {
            throw new InvalidDataException(
                $"{_position.Where}: a column would be called '{FieldText.Shown(number)}', which is a number: if the "
                + $"first line holds data, set {nameof(CsvOptions)}.{nameof(CsvOptions.Header)} = false, or give "
                + $"{nameof(CsvOptions.Names)}. If these are names, give them in {nameof(CsvOptions.Names)} and set "
                + $"{nameof(CsvOptions.SkipLines)} = 1.");
        }
    }
}
