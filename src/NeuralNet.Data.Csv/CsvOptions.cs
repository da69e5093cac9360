using System.Globalization;
using System.Text;

namespace NeuralNet.Data.Csv;

/// <summary>
/// Options for reading a CSV file. The defaults read the format of RFC 4180, with a header, and refuse whatever is
/// ambiguous.
/// </summary>
public sealed class CsvOptions
{
    private readonly char _delimiter = ',';
    private readonly double _missingConstant;
    private readonly int _maxRecordBytes = 1 << 20;
    private readonly int _maxColumns = 10_000;
    private readonly int _maxRows = 10_000_000;
    private readonly int _maxCategories = 1000;
    private readonly long? _maxDecompressedBytes;
    private readonly CultureInfo _culture = CultureInfo.InvariantCulture;
    private readonly char? _decimalSeparator;
    private readonly char? _thousandsSeparator;

    /// <summary>
    /// True, as by default, if the first line holds the names of the columns. If false, they are called column0,
    /// column1, …
    /// </summary>
    public bool Header { get; init; } = true;

    /// <summary>
    /// The character between fields, such as ',', ';' or a tab. A first line of the file such as <c>sep=;</c> takes
    /// precedence.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The value is not an ASCII character, or is a quotation mark or a line break.
    /// </exception>
    public char Delimiter
    {
        get => _delimiter;
        init
        {
            if (!IsDelimiter(value))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(Delimiter),
                    value,
                    "Delimiter must be an ASCII character other than a quotation mark or a line break.");
            }

            _delimiter = value;
        }
    }

    /// <summary>The culture in which numbers are written; by default the invariant one, with a decimal point.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public CultureInfo Culture
    {
        get => _culture;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Culture));
            _culture = value;
        }
    }

    /// <summary>
    /// The character before the fraction of a number, such as ',' in 1,5; that of <see cref="Culture"/> if null.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a punctuation character.</exception>
    public char? DecimalSeparator
    {
        get => _decimalSeparator;
        init => _decimalSeparator = Separator(value, allowsBlank: false, nameof(DecimalSeparator));
    }

    /// <summary>
    /// The character between groups of three digits, such as ',' in 1,234.5; a blank means no-break spaces, too. If
    /// null, as by default, numbers with separators are refused, because 1.234 must not silently be 1234.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The value is neither a punctuation character nor a blank.
    /// </exception>
    public char? ThousandsSeparator
    {
        get => _thousandsSeparator;
        init => _thousandsSeparator = Separator(value, allowsBlank: true, nameof(ThousandsSeparator));
    }

    /// <summary>True to read a number with a percent sign behind it, such as 12 %, as its hundredth, 0.12.</summary>
    /// <remarks>A column in which some numbers have a percent sign and others none is refused.</remarks>
    public bool AllowPercent { get; init; }

    /// <summary>
    /// True to read a number with a currency before or behind it, such as $5, 5 € or EUR 5, as the number.
    /// </summary>
    /// <remarks>A column with two currencies is refused.</remarks>
    public bool AllowCurrency { get; init; }

    /// <summary>
    /// True to read a number in parentheses, such as (5), or with a minus sign behind it, such as 5-, as negative.
    /// </summary>
    public bool AllowAccounting { get; init; }

    /// <summary>The encoding of files and streams, unless a byte order mark says otherwise; UTF-8 by default.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The columns to read, in this order; all columns if null. The others may hold anything.</summary>
    public IReadOnlyList<CsvColumn>? Columns { get; init; }

    /// <summary>Columns that are not read, such as an identifier. They may hold anything.</summary>
    public IReadOnlyList<CsvColumn> Ignore { get; init; } = [];

    /// <summary>
    /// Columns that hold numbers; anything else in them is refused. Identifiers of more than 15 digits are rounded.
    /// </summary>
    public IReadOnlyList<CsvColumn> Numbers { get; init; } = [];

    /// <summary>
    /// Columns that hold categories, even if they look like numbers: a category is its text as it is written, so that
    /// 7, 07 and 7.0 are three.
    /// </summary>
    /// <remarks>
    /// A column that is neither here nor in <see cref="Numbers"/> holds numbers if all its values are, and categories
    /// if none looks like a number or a date. Any other is <see cref="CsvColumnKind.Undecided"/>: it is refused as an
    /// input, with line and text. So are integers of equal length of which some begin with a zero, such as postal
    /// codes, and texts that are nearly all numbers with something around them, such as 5 kg, 1,200 sqft or 2h 50m, if
    /// there are more than 10 different ones; of ranges, ordinals and limits, such as 18-25, 1st and 65+, more than 30.
    /// </remarks>
    public IReadOnlyList<CsvColumn> Categories { get; init; } = [];

    /// <summary>The treatment of missing values; by default they are refused.</summary>
    public MissingValues Missing { get; init; }

    /// <summary>The number that replaces missing numbers with <see cref="MissingValues.Constant"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number.</exception>
    public double MissingConstant
    {
        get => _missingConstant;
        init
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(MissingConstant), value, "MissingConstant must be a finite number.");
            }

            _missingConstant = value;
        }
    }

    /// <summary>
    /// The texts of fields that count as missing; compared exactly, except for white space around them.
    /// </summary>
    public IReadOnlyList<string> MissingTexts { get; init; } = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "?"];

    /// <summary>
    /// Largest size of a row, in bytes of UTF-8; 1 MiB by default. It limits the memory that a damaged file can take.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 256, or above 1 GiB.</exception>
    public int MaxRecordBytes
    {
        get => _maxRecordBytes;
        init => _maxRecordBytes = InRange(value, 256, 1 << 30, nameof(MaxRecordBytes));
    }

    /// <summary>Largest number of columns; 10,000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxColumns
    {
        get => _maxColumns;
        init => _maxColumns = InRange(value, 1, int.MaxValue, nameof(MaxColumns));
    }

    /// <summary>Largest number of rows, not counting the header; 10,000,000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The value is below 1, or above <see cref="Array.MaxLength"/>.
    /// </exception>
    public int MaxRows
    {
        get => _maxRows;
        init => _maxRows = InRange(value, 1, Array.MaxLength, nameof(MaxRows));
    }

    /// <summary>
    /// Largest number of categories of a column, each of which becomes a feature; 1000 by default. An input of more
    /// than 100 categories must be declared in <see cref="Categories"/> if they are more than half as many as the rows,
    /// like names or identifiers.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxCategories
    {
        get => _maxCategories;
        init => _maxCategories = InRange(value, 1, int.MaxValue, nameof(MaxCategories));
    }

    /// <summary>
    /// Largest size of the text of a file that is compressed with gzip, in bytes. If null, as by default, it is 16 MiB
    /// and 32 times what was read of the compressed file, because a thousand times as much can come out of a small one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long? MaxDecompressedBytes
    {
        get => _maxDecompressedBytes;
        init => _maxDecompressedBytes = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MaxDecompressedBytes), value, $"MaxDecompressedBytes must be at least 1, but it is {value}.");
    }

    /// <summary>True if a character can stand between fields.</summary>
    internal static bool IsDelimiter(char value) => char.IsAscii(value) && value is not ('"' or '\r' or '\n' or '\0');

    /// <summary>The character before the fraction of a number.</summary>
    internal char DecimalCharacter => DecimalSeparator ?? Culture.NumberFormat.NumberDecimalSeparator[0];

    /// <summary>Refuses options that contradict each other.</summary>
    internal void RequireSeparators()
    {
        if (DecimalCharacter == ThousandsSeparator)
        {
            throw new ArgumentException(
                $"{nameof(ThousandsSeparator)} and {nameof(DecimalSeparator)} are both '{ThousandsSeparator}'; set "
                + $"{nameof(DecimalSeparator)} to the character before the fraction.");
        }
    }

    private static char? Separator(char? value, bool allowsBlank, string name) =>
        value is not { } given
        || char.IsPunctuation(given)
        || (allowsBlank && char.IsWhiteSpace(given) && given is not ('\r' or '\n'))
            ? value
            : throw new ArgumentOutOfRangeException(
                name,
                value,
                $"{name} must be a punctuation character, such as ','{(allowsBlank ? ", or a blank" : "")}.");

    private static int InRange(int value, int least, int most, string name) =>
        value >= least && value <= most
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, $"{name} must be from {least} to {most}, but it is {value}.");
}
