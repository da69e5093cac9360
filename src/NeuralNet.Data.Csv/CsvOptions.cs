using System.Globalization;
using System.Text;

namespace NeuralNet.Data.Csv;

/// <summary>
/// How a CSV file is read. The defaults read what RFC 4180 describes, with a header, and refuse whatever is unclear.
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
    /// Whether the first line holds the names of the columns. Without, they are called column0, column1, …
    /// </summary>
    public bool Header { get; init; } = true;

    /// <summary>What is between fields, such as ',', ';' or a tab.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Not an ASCII character, a quotation mark or a line break.
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

    /// <summary>
    /// How numbers are written: invariant, with a decimal point, unless set to a culture with a decimal comma, for
    /// example.
    /// </summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>The encoding of files and streams: UTF-8 unless set, or what a byte order mark says.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The columns to read, in this order; all of them if left out. The others may hold anything.</summary>
    public IReadOnlyList<CsvColumn>? Columns { get; init; }

    /// <summary>
    /// Columns that are not read, such as an identifier, which says nothing about other rows. They may hold anything.
    /// </summary>
    public IReadOnlyList<CsvColumn> Ignore { get; init; } = [];

    /// <summary>Columns that hold numbers; where they hold anything else, it is refused.</summary>
    public IReadOnlyList<CsvColumn> Numbers { get; init; } = [];

    /// <summary>
    /// Columns that hold categories, even if they look like numbers. A column that is named neither here nor in
    /// <see cref="Numbers"/> is what its first value looks like, and refused if a later value looks different.
    /// </summary>
    public IReadOnlyList<CsvColumn> Categories { get; init; } = [];

    /// <summary>What becomes of a missing value: refused, unless told otherwise.</summary>
    public MissingValues Missing { get; init; }

    /// <summary>What a missing number becomes with <see cref="MissingValues.Constant"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number.</exception>
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

    /// <summary>Which fields count as missing, white space around them aside; compared exactly.</summary>
    public IReadOnlyList<string> MissingTexts { get; init; } = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "?"];

    /// <summary>
    /// Largest size of a row, in bytes of UTF-8: 1 MiB unless set. It bounds the memory that a damaged file can take.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 256, or above 1 GiB.</exception>
    public int MaxRecordBytes
    {
        get => _maxRecordBytes;
        init => _maxRecordBytes = InRange(value, 256, 1 << 30, nameof(MaxRecordBytes));
    }

    /// <summary>Largest number of columns: 10,000 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int MaxColumns
    {
        get => _maxColumns;
        init => _maxColumns = InRange(value, 1, int.MaxValue, nameof(MaxColumns));
    }

    /// <summary>Largest number of rows, the header aside: 10,000,000 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int MaxRows
    {
        get => _maxRows;
        init => _maxRows = InRange(value, 1, Array.MaxLength, nameof(MaxRows));
    }

    /// <summary>Largest number of categories of a column, each of which becomes a feature: 1000 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
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
