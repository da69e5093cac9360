using System.Text.Unicode;

namespace NeuralNet.Tables.Columns;

/// <summary>Takes the values of a column, row by row, as they are written.</summary>
internal sealed class ColumnBuilder(string name, int place, ColumnSettings settings)
{
    private readonly List<int> _codes = [];
    private readonly ColumnTexts _texts = new();

    /// <summary>Its index in the source.</summary>
    public int Place => place;

    /// <summary>True if the options say what it holds.</summary>
    public bool IsDeclared => settings.Declared is not null;

    /// <summary>True if a value was given as a text.</summary>
    public bool HasText { get; set; }

    /// <summary>True if a value was given as a number, a date or the like, which is written plainly.</summary>
    public bool HasValue { get; set; }

    /// <summary>Takes a value.</summary>
    /// <param name="text">The field, UTF-8.</param>
    /// <param name="position">The position of the row, for messages.</param>
    /// <param name="advice">What to do about text that is not valid.</param>
    public void Add(ReadOnlySpan<byte> text, RowPosition position, string advice)
    {
        text = text.Trim(" \t"u8);
        int code = _texts.Find(text);
        if (code < 0)
        {
            if (!Utf8.IsValid(text))
            {
                throw new InvalidDataException(
                    $"{Where(position)} is '{FieldText.Shown(text)}', which is not valid UTF-8.{advice}");
            }

            code = _texts.Add(text);
        }

        if (code < 0)
        {
            throw new InvalidDataException(
                $"{Where(position)}: the different texts of the column take more than {Array.MaxLength:N0} bytes. "
                + $"Leave it out with {nameof(TableOptions)}.{nameof(TableOptions.Ignore)}.");
        }

        _codes.Add(code);
    }

    /// <summary>Takes a value that is not there at all.</summary>
    public void AddMissing() => _codes.Add(TableColumn.MissingCode);

    /// <summary>Returns the whole column.</summary>
    public TableColumn ToColumn(TableRows rows) => new(
        name,
        settings with { IsPlain = HasValue && !HasText, IsMixed = HasValue && HasText },
        rows,
        _texts,
        [.. _codes]);

    private string Where(RowPosition position) => $"{position.Where}, column '{FieldText.Shown(name)}'";
}
