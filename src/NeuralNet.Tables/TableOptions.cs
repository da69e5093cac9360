using System.Globalization;

namespace NeuralNet.Tables;

/// <summary>
/// What the columns of a table mean, wherever its rows come from. The defaults refuse whatever is ambiguous.
/// </summary>
/// <remarks>
/// A column is named by its name or its index. One that no option names holds numbers if all its values are, true and
/// false if these words or yes and no are all its values, dates if all are in the order of year, month and day, and
/// categories if none looks like any of these. Any other is <see cref="ColumnKind.Undecided"/>: it is refused as an
/// input, with row, text and the option that settles it. So are integers of equal length of which some begin with a
/// zero, such as postal codes, and texts that are nearly all numbers with something around them, such as 5 kg, 1,200
/// sqft or 2h 50m, if there are more than 10 different ones; of ranges, ordinals and limits, such as 18-25, 1st and
/// 65+, more than 30.
/// </remarks>
public class TableOptions
{
    private readonly int _maxColumns = 10_000;
    private readonly int _maxRows = 10_000_000;
    private readonly int _maxCategories = 10_000;
    private readonly CultureInfo _culture = CultureInfo.InvariantCulture;
    private readonly char? _decimalSeparator;
    private readonly char? _thousandsSeparator;

    /// <summary>The columns to read, in this order; all columns if null. The others may hold anything.</summary>
    public IReadOnlyList<ColumnReference>? Columns { get; init; }

    /// <summary>Columns that are not read. They may hold anything.</summary>
    public IReadOnlyList<ColumnReference> Ignore { get; init; } = [];

    /// <summary>
    /// Columns that tell rows apart, such as the number of an order: read, so that their texts can be had, but never an
    /// input.
    /// </summary>
    public IReadOnlyList<ColumnReference> Identifiers { get; init; } = [];

    /// <summary>
    /// Columns that hold numbers; anything else in them is refused. Identifiers of more than 15 digits are rounded.
    /// </summary>
    public IReadOnlyList<ColumnReference> Numbers { get; init; } = [];

    /// <summary>
    /// Columns that hold categories, even if they look like something else: a category is its text as it is written, so
    /// that 7, 07 and 7.0 are three.
    /// </summary>
    public IReadOnlyList<ColumnReference> Categories { get; init; } = [];

    /// <summary>
    /// Columns that hold true and false, as true and false, t and f, yes and no, y and n, on and off, or 1 and 0, in
    /// capital letters or not.
    /// </summary>
    public IReadOnlyList<ColumnReference> Booleans { get; init; } = [];

    /// <summary>
    /// Columns that hold dates or times; <see cref="ColumnOptions.DateFormat"/> says how they are written.
    /// </summary>
    public IReadOnlyList<ColumnReference> Dates { get; init; } = [];

    /// <summary>Options of single columns, such as <c>PerColumn = { ["age"] = new() { … } }</c>.</summary>
    public IDictionary<ColumnReference, ColumnOptions> PerColumn { get; } =
        new Dictionary<ColumnReference, ColumnOptions>();

    /// <summary>Further columns, computed from those that are read; they follow them in this order.</summary>
    public IReadOnlyList<ComputedColumn> Computed { get; init; } = [];

    /// <summary>
    /// The treatment of missing values in columns of which <see cref="PerColumn"/> says nothing; by default they are
    /// refused where the column is used.
    /// </summary>
    public MissingValues Missing { get; init; }

    /// <summary>The texts that count as missing unless others are set: the empty one, <c>NA</c> and such.</summary>
    public static IReadOnlyList<string> DefaultMissingTexts { get; } =
        ["", "NA", "N/A", "NaN", "nan", "NaT", "null", "NULL", "?"];

    /// <summary>
    /// The texts of fields that count as missing, <see cref="DefaultMissingTexts"/> unless set; compared exactly,
    /// except for white space around them. They are saved with a model. To add some to the usual ones:
    /// <c>MissingTexts = [.. TableOptions.DefaultMissingTexts, "n/a"]</c>.
    /// </summary>
    public IReadOnlyList<string> MissingTexts { get; init; } = DefaultMissingTexts;

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
    /// Largest number of categories of a column; 10,000 by default. An input of more than 100 categories must be
    /// declared in <see cref="Categories"/> if they are more than half as many as the rows, like names or identifiers.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxCategories
    {
        get => _maxCategories;
        init => _maxCategories = InRange(value, 1, int.MaxValue, nameof(MaxCategories));
    }

    /// <summary>The character before the fraction of a number.</summary>
    internal char DecimalCharacter => DecimalSeparator ?? Culture.NumberFormat.NumberDecimalSeparator[0];

    /// <summary>Refuses options that contradict each other, and lists that are not there.</summary>
    internal void Require()
    {
        ArgumentNullException.ThrowIfNull(Ignore);
        ArgumentNullException.ThrowIfNull(Identifiers);
        ArgumentNullException.ThrowIfNull(Numbers);
        ArgumentNullException.ThrowIfNull(Categories);
        ArgumentNullException.ThrowIfNull(Booleans);
        ArgumentNullException.ThrowIfNull(Dates);
        ArgumentNullException.ThrowIfNull(MissingTexts);
        ArgumentNullException.ThrowIfNull(Computed);
        if (MissingTexts.Contains(null!) || Computed.Contains(null!))
        {
            throw new ArgumentException(
                $"{nameof(MissingTexts)} and {nameof(Computed)} must hold no null; values that are null are missing "
                + "anyway.");
        }

        if (DecimalCharacter == ThousandsSeparator)
        {
            throw new ArgumentException(
                $"{nameof(ThousandsSeparator)} and {nameof(DecimalSeparator)} are both '{ThousandsSeparator}'; set "
                + $"{nameof(DecimalSeparator)} to the character before the fraction.");
        }
    }

    private protected static int InRange(int value, int least, int most, string name) =>
        value >= least && value <= most
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, $"{name} must be from {least} to {most}, but it is {value}.");

    private static char? Separator(char? value, bool allowsBlank, string name) =>
        value is not { } given
        || char.IsPunctuation(given)
        || (allowsBlank && char.IsWhiteSpace(given) && given is not ('\r' or '\n'))
            ? value
            : throw new ArgumentOutOfRangeException(
                name,
                value,
                $"{name} must be a punctuation character, such as ','{(allowsBlank ? ", or a blank" : "")}.");
}
