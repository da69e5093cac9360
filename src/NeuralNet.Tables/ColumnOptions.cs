using System.Globalization;

namespace NeuralNet.Tables;

/// <summary>
/// Options of one column of a table, such as the treatment of its missing values; see
/// <see cref="TableOptions.PerColumn"/>.
/// </summary>
public sealed class ColumnOptions
{
    private readonly IReadOnlyList<string>? _order;
    private readonly Dictionary<string, string>? _replace;
    private readonly string? _dateFormat;
    private readonly DateParts? _dateParts;

    /// <summary>
    /// The treatment of missing values in this column; <see cref="TableOptions.Missing"/> if null.
    /// </summary>
    public MissingValues? Missing { get; init; }

    /// <summary>
    /// A function of each text of the column, applied when the table is read, before anything else looks at the text,
    /// such as <c>text => text.TrimEnd('.')</c>; null makes the value missing. It is called for each different text,
    /// also of new rows, and must give the same for the same.
    /// </summary>
    /// <remarks>
    /// A function cannot be saved: to read new rows for a saved model, give it again. <see cref="Replace"/> is saved.
    /// </remarks>
    public Func<string, string?>? Map { get; init; }

    /// <summary>
    /// Texts and what stands for them, such as <c>["m"] = "male"</c>; others stay as they are. Compared exactly,
    /// applied behind <see cref="Map"/>, and saved with a model.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Replace
    {
        get => _replace;

        // Exactly, whatever the dictionary does: a saved model knows nothing of its way to compare.
        init => _replace = value is null ? null : new(value, StringComparer.Ordinal);
    }

    /// <summary>
    /// The categories in their order, such as ["fair", "good", "ideal"]: makes the column an
    /// <see cref="ColumnKind.OrderedCategory"/>, whose values 0, 1, 2, … are encoded like numbers. Any other text is
    /// refused.
    /// </summary>
    /// <exception cref="ArgumentException">There are fewer than two, or one occurs twice.</exception>
    public IReadOnlyList<string>? Order
    {
        get => _order;
        init
        {
            if (value is not null && (value.Count < 2 || value.Distinct(StringComparer.Ordinal).Count() != value.Count))
            {
                throw new ArgumentException(
                    "Order must name at least two categories, each once, but it is "
                    + $"[{string.Join(", ", value)}].",
                    nameof(Order));
            }

            _order = value is null ? null : [.. value];
        }
    }

    /// <summary>
    /// The format of dates, such as <c>dd/MM/yyyy HH:mm</c>, in the letters of .NET and with English names: makes the
    /// column a <see cref="ColumnKind.Date"/>. If null, dates are read in the order of year, month and day, such as
    /// 2024-03-01, 2024/3/1 and 2024-03, with or without a time.
    /// </summary>
    /// <exception cref="ArgumentException">The value is no format of dates.</exception>
    public string? DateFormat
    {
        get => _dateFormat;
        init => _dateFormat = value is null || IsDateFormat(value)
            ? value
            : throw new ArgumentException($"DateFormat is '{value}', which is no format of dates.", nameof(DateFormat));
    }

    /// <summary>
    /// The parts of a date that become features. If null, they are the month, the day of the week and the hour,
    /// without those that are the same in all rows of the training data; the year and the time would be unlike those of
    /// the training data in all rows to come.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part, or none is named.</exception>
    public DateParts? DateParts
    {
        get => _dateParts;
        init => _dateParts = value is not { } parts
            || (parts != Tables.DateParts.None && (parts & ~Columns.DateFeatures.Whole) == 0)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(DateParts), value, $"DateParts must name parts of a date, but is {value}.");
    }

    /// <summary>True if dates can be written in a format.</summary>
    internal static bool IsDateFormat(string format)
    {
        try
        {
            return DateTime.UnixEpoch.ToString(format, CultureInfo.InvariantCulture).Length > 0 && format.Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
