using System.Globalization;
using System.Text;
using System.Text.Unicode;
using NeuralNet.Preprocessing;

namespace NeuralNet.Data.Csv;

/// <summary>Reads a column, row by row.</summary>
internal sealed class CsvColumnReader(
    string name, int place, CsvColumnKind? declared, CsvOptions options, HashSet<string> missingTexts)
{
    private const int MissingLength = 64;

    private readonly List<double> _values = [];
    private readonly Dictionary<string, int> _categories = new(capacity: 0, StringComparer.Ordinal);
    private readonly bool _isDeclared = declared is not null;
    private CsvColumnKind? _kind = declared;

    /// <summary>Its index in the file.</summary>
    public int Place => place;

    /// <summary>Reads a field.</summary>
    /// <param name="text">The field, UTF-8.</param>
    /// <param name="source">The position of the row, for messages.</param>
    /// <returns>False if the value is missing and its row is to be left out.</returns>
    public bool TryRead(ReadOnlySpan<byte> text, CsvSource source)
    {
        text = text.Trim(" \t"u8);
        if (IsMissing(text))
        {
            switch (options.Missing)
            {
                case MissingValues.DropRow:
                    return false;
                case MissingValues.Refuse:
                    throw new InvalidDataException(
                        $"{Where(source)} is missing ('{Shown(text)}'). "
                        + $"{nameof(CsvOptions)}.{nameof(CsvOptions.Missing)} says what becomes of missing values.");
                default:
                    _values.Add(double.NaN);
                    return true;
            }
        }

        // Group separators are not allowed: '1.234' must not silently be 1234 in one culture and 1.234 in another.
        bool isNumber = double.TryParse(text, NumberStyles.Float, options.Culture, out double value);
        _kind ??= isNumber ? CsvColumnKind.Number : CsvColumnKind.Category;
        if (_kind == CsvColumnKind.Number)
        {
            if (!isNumber || !double.IsFinite(value))
            {
                throw new InvalidDataException(
                    $"{Where(source)} is '{Shown(text)}', but must be a finite number"
                    + (!_isDeclared
                        ? ", for those before it are. Should it be missing or a category, name it in "
                            + $"{nameof(CsvOptions.MissingTexts)} or the column in {nameof(CsvOptions.Categories)}."
                        : "."));
            }

            _values.Add(value);
            return true;
        }

        if (!_isDeclared && isNumber)
        {
            throw new InvalidDataException(
                $"{Where(source)} is '{Shown(text)}', a number, but the column began with a name. Say which it is in "
                + $"{nameof(CsvOptions.Numbers)} or {nameof(CsvOptions.Categories)}.");
        }

        _values.Add(Category(Text(text, source), source));
        return true;
    }

    /// <summary>Removes the values of a row that is left out.</summary>
    public void Keep(int rows) => _values.RemoveRange(rows, _values.Count - rows);

    /// <summary>Returns the whole column.</summary>
    public CsvTableColumn ToColumn()
    {
        // A column with missing values only is a column of numbers, unless declared.
        double[] values = [.. _values];
        if (_kind != CsvColumnKind.Category)
        {
            return new(name, values, null);
        }

        // Only if rows were kept, and a missing category is a category of its own.
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                _categories.TryAdd("", _categories.Count);
                values[i] = _categories[""];
            }
        }

        // A category may occur only in rows that were left out.
        bool[] isUsed = new bool[_categories.Count];
        foreach (double value in values)
        {
            isUsed[(int)value] = true;
        }

        string[] byNumber = new string[isUsed.Length];
        foreach ((string text, int number) in _categories)
        {
            byNumber[number] = text;
        }

        string[] labels = [.. byNumber.Where((_, number) => isUsed[number])];
        Array.Sort(labels, StringComparer.Ordinal);
        var encoder = new LabelEncoder(labels);
        int[] encoded = Array.ConvertAll(byNumber, text => encoder.TryEncode(text, out int label) ? label : -1);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = encoded[(int)values[i]];
        }

        return new(name, values, encoder);
    }

    private int Category(string text, CsvSource source)
    {
        if (_categories.TryGetValue(text, out int number))
        {
            return number;
        }

        if (_categories.Count == options.MaxCategories)
        {
            throw new InvalidDataException(
                $"{Where(source)} is '{CsvSource.Shown(text)}', one category more than the {options.MaxCategories} "
                + $"that {nameof(CsvOptions.MaxCategories)} allows. If it is an identifier or free text, name the "
                + $"column in {nameof(CsvOptions)}.{nameof(CsvOptions.Ignore)}.");
        }

        _categories.Add(text, _categories.Count);
        return _categories.Count - 1;
    }

    private bool IsMissing(ReadOnlySpan<byte> text)
    {
        // Looked up without making a string of every value.
        Span<char> characters = stackalloc char[MissingLength];
        return Utf8.ToUtf16(text, characters, out _, out int written) == System.Buffers.OperationStatus.Done
            ? missingTexts.GetAlternateLookup<ReadOnlySpan<char>>().Contains(characters[..written])
            : text.Length > MissingLength && missingTexts.Any(missing => missing.Length > MissingLength)
                && missingTexts.Contains(Encoding.UTF8.GetString(text));
    }

    private string Text(ReadOnlySpan<byte> text, CsvSource source) =>
        Utf8.IsValid(text)
            ? Encoding.UTF8.GetString(text)
            : throw new InvalidDataException($"{Where(source)} is '{Shown(text)}', which is not valid UTF-8.");

    private string Where(CsvSource source) => $"{source.Where}, column '{CsvSource.Shown(name)}'";

    private static string Shown(ReadOnlySpan<byte> text) =>
        CsvSource.Shown(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 1000)]));
}
