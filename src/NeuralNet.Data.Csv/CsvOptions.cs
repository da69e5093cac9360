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

    /// <summary>
    /// True, as by default, if the first line holds the names of the columns. If false, they are called column0,
    /// column1, …
    /// </summary>
    public bool Header { get; init; } = true;

    /// <summary>The character between fields, such as ',', ';' or a tab.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The value is not an ASCII character, or is a quotation mark or a line break.
    /// </exception>
    public char Delimiter
    {
        get => _delimiter;
        init
        {
            if (!char.IsAscii(value) || value is '"' or '\r' or '\n' or '\0')
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
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>The encoding of files and streams, unless a byte order mark says otherwise; UTF-8 by default.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The columns to read, in this order; all columns if null. The others may hold anything.</summary>
    public IReadOnlyList<CsvColumn>? Columns { get; init; }

    /// <summary>Columns that are not read, such as an identifier. They may hold anything.</summary>
    public IReadOnlyList<CsvColumn> Ignore { get; init; } = [];

    /// <summary>Columns that hold numbers; anything else in them is refused.</summary>
    public IReadOnlyList<CsvColumn> Numbers { get; init; } = [];

    /// <summary>
    /// Columns that hold categories, even if they look like numbers. The kind of a column that is neither here nor in
    /// <see cref="Numbers"/> is that of its first value; a later value of another kind is refused.
    /// </summary>
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
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxRows
    {
        get => _maxRows;
        init => _maxRows = InRange(value, 1, Array.MaxLength, nameof(MaxRows));
    }

    /// <summary>Largest number of categories of a column, each of which becomes a feature; 1000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxCategories
    {
        get => _maxCategories;
        init => _maxCategories = InRange(value, 1, int.MaxValue, nameof(MaxCategories));
    }

    private static int InRange(int value, int least, int most, string name) =>
        value >= least && value <= most
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, $"{name} must be from {least} to {most}, but it is {value}.");
}
