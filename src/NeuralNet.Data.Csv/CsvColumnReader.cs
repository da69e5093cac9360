using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace NeuralNet.Data.Csv;

/// <summary>Reads a column, row by row: its texts as they are written.</summary>
internal sealed class CsvColumnReader(
    string name, int place, CsvColumnKind? declared, MissingValues policy, HashSet<string> missingTexts)
{
    private const int MissingLength = 64;

    private readonly List<int> _codes = [];
    private readonly CsvTexts _texts = new();

    /// <summary>Its index in the file.</summary>
    public int Place => place;

    /// <summary>True if the options say what it holds.</summary>
    public bool IsDeclared => declared is not null;

    /// <summary>Reads a field.</summary>
    /// <param name="text">The field, UTF-8.</param>
    /// <param name="source">The position of the row, for messages.</param>
    /// <returns>False if the value is missing and its row is to be left out.</returns>
    public bool TryRead(ReadOnlySpan<byte> text, CsvSource source)
    {
        // A text that was there before is neither missing nor invalid.
        text = text.Trim(" \t"u8);
        int code = _texts.Find(text);
        if (code >= 0)
        {
            _codes.Add(code);
            return true;
        }

        if (IsMissing(text))
        {
            switch (policy)
            {
                case MissingValues.DropRow:
                    return false;
                case MissingValues.Refuse:
                    throw new InvalidDataException(
                        $"{Where(source)} is missing ('{CsvSource.Shown(text)}'). "
                        + $"{nameof(CsvOptions)}.{nameof(CsvOptions.Missing)} says what becomes of missing values.");
                default:
                    _codes.Add(CsvTableColumn.MissingCode);
                    return true;
            }
        }

        if (!Utf8.IsValid(text))
        {
            throw new InvalidDataException(
                $"{Where(source)} is '{CsvSource.Shown(text)}', which is not valid UTF-8.{CsvSource.EncodingAdvice}");
        }

        code = _texts.Add(text);
        if (code < 0)
        {
            throw new InvalidDataException(
                $"{Where(source)}: the different texts of the column take more than {Array.MaxLength:N0} bytes. Leave "
                + $"it out with {nameof(CsvOptions)}.{nameof(CsvOptions.Ignore)}.");
        }

        _codes.Add(code);
        return true;
    }

    /// <summary>Removes the values of a row that is left out.</summary>
    public void Keep(int rows) => _codes.RemoveRange(rows, _codes.Count - rows);

    /// <summary>Returns the whole column.</summary>
    public CsvTableColumn ToColumn(CsvRows rows) => new(name, declared, rows, _texts, [.. _codes]);

    private bool IsMissing(ReadOnlySpan<byte> text)
    {
        // Looked up without making a string of every value.
        Span<char> characters = stackalloc char[MissingLength];
        return Utf8.ToUtf16(text, characters, out _, out int written) == OperationStatus.Done
            ? missingTexts.GetAlternateLookup<ReadOnlySpan<char>>().Contains(characters[..written])
            : text.Length > MissingLength && missingTexts.Any(missing => missing.Length > MissingLength)
                && missingTexts.Contains(Encoding.UTF8.GetString(text));
    }

    private string Where(CsvSource source) => $"{source.Where}, column '{CsvSource.Shown(name)}'";
}
