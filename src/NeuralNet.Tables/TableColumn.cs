using System.Text;
using NeuralNet.Preprocessing;
using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables;

/// <summary>
/// A column of a table. It keeps every field as it is written; what the fields mean, such as numbers or categories, is
/// a reading of their texts.
/// </summary>
public sealed class TableColumn
{
    /// <summary>The code of a missing value.</summary>
    internal const int MissingCode = -1;

    private readonly TableRows _rows;

    // As the source has them, and as the settings make them: mapped, and without what counts as missing.
    private readonly ColumnTexts _sourceTexts;
    private readonly int[] _sourceCodes;
    private readonly ColumnTexts _texts;
    private readonly int[] _codes;
    private ColumnReading? _reading;
    private KindVerdict? _settled;
    private double[]? _values;
    private DateTime?[]? _dates;
    private LabelEncoder? _categories;

    internal TableColumn(
        string name,
        ColumnSettings settings,
        TableRows rows,
        ColumnTexts texts,
        int[] codes,
        KindVerdict? settled = null)
    {
        Name = name;
        Settings = settings;
        _rows = rows;
        _sourceTexts = texts;
        _sourceCodes = codes;
        _settled = settled;
        var mapping = new TextMapping(settings, $"'{rows.Name}', column '{FieldText.Shown(name)}'");
        (_texts, _codes) = mapping.Apply(texts, codes);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>
    /// The kind of data in the column: what the options say or, of other columns, what all their values in the file
    /// look like, whichever of its rows are in this table.
    /// </summary>
    public ColumnKind Kind => Settings.Declared ?? Settled.Kind;

    /// <summary>
    /// A number per row, NaN if it is missing: of a number, itself; of a category, its index in
    /// <see cref="Categories"/>; of true and false, 1 and 0; of a date, the days since the first of January 1970.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// It is undecided what the column holds, a value does not fit its declared kind, or it is an identifier; the
    /// message names the row, the text, and the option to set.
    /// </exception>
    public ReadOnlySpan<double> Values => _values ??= Kind switch
    {
        ColumnKind.Number => Numbers(""),
        ColumnKind.Category => Array.ConvertAll(Encoded(Categories!), index => (double)index),
        ColumnKind.OrderedCategory => Ordered(Categories!),
        ColumnKind.Boolean => Booleans(),
        ColumnKind.Date => Array.ConvertAll(Dates(), date => DateFeatures.Value(date, DateParts.Time)),
        ColumnKind.Identifier => throw new InvalidDataException(
            $"'{_rows.Name}': column '{FieldText.Shown(Name)}' is one of {nameof(TableOptions)}."
            + $"{nameof(TableOptions.Identifiers)}, whose texts tell rows apart and are no numbers: take it out there, "
            + "or out of the inputs."),
        _ => throw new InvalidDataException(Settled.Refusal),
    };

    /// <summary>
    /// The categories as they are written, "" for missing ones: in ordinal order, or in that of
    /// <see cref="ColumnOptions.Order"/>; of true and false these two words; null if the column does not hold
    /// categories.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// There are more than <see cref="TableOptions.MaxCategories"/>.
    /// </exception>
    public LabelEncoder? Categories => _categories ??= Kind switch
    {
        ColumnKind.Category => new(Distinct(inNumericOrder: false)),
        ColumnKind.OrderedCategory => new(Settings.Own!.Order!),
        ColumnKind.Boolean => new(BooleanTexts.Names),
        _ => null,
    };

    /// <summary>The options that hold for the column.</summary>
    internal ColumnSettings Settings { get; }

    /// <summary>True if the options say what the column holds.</summary>
    internal bool IsDeclared => Settings.Declared is not null;

    /// <summary>The kind of the column, from all values of the file.</summary>
    internal KindVerdict Settled => _settled ??= Reading.Verdict();

    /// <summary>Number of rows whose value is missing.</summary>
    internal int MissingCount => _codes.Count(code => code == MissingCode);

    private ColumnReading Reading => _reading ??=
        new(this, _rows, _texts, _codes, Settings.NumberFormat(_rows.Options), Settings.DateFormat);

    /// <summary>The field of a row as it is written, without blanks around it, or as the options map it.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <returns>The text; null if the value is missing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public string? Text(int row) =>
        (uint)row >= (uint)_codes.Length
            ? throw new ArgumentOutOfRangeException(
                nameof(row), row, $"There are {_codes.Length} rows, counted from 0, but row {row} was asked for.")
            : _codes[row] == MissingCode ? null : Encoding.UTF8.GetString(_texts[_codes[row]]);

    /// <summary>The date of a row of a column of dates, as it is written, whatever the zone.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <returns>The date; null if it is missing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidDataException">A text of the column is no date.</exception>
    public DateTime? Date(int row)
    {
        DateTime?[] dates = Dates();
        return (uint)row < (uint)dates.Length
            ? dates[row]
            : throw new ArgumentOutOfRangeException(
                nameof(row), row, $"There are {dates.Length} rows, counted from 0, but row {row} was asked for.");
    }

    /// <summary>The date of each row, null if it is missing.</summary>
    internal DateTime?[] Dates() => _dates ??= Reading.Dates();

    /// <summary>The first row whose value is missing; −1 if there is none.</summary>
    internal int FirstMissing()
    {
        for (int row = 0; row < _codes.Length; row++)
        {
            if (IsMissing(row))
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>True if the value of a row is missing or has no characters.</summary>
    internal bool IsMissing(int row) => _codes[row] == MissingCode || _texts[_codes[row]].IsEmpty;

    /// <summary>The numbers of a column that must hold numbers, NaN where they are missing.</summary>
    /// <param name="reason">Why they must, for messages, such as " as in the training data".</param>
    /// <exception cref="InvalidDataException">A field is no number.</exception>
    internal double[] Numbers(string reason) => Reading.Numbers(reason);

    /// <summary>The true and false of the rows as 1 and 0, NaN where they are missing.</summary>
    internal double[] Booleans() => Reading.Booleans();

    /// <summary>The numbers of the rows among ordered categories, NaN where they are missing.</summary>
    internal double[] Ordered(LabelEncoder order) => Reading.Ordered(order);

    /// <summary>The column as training settled it, whatever the options of this table say of its meaning.</summary>
    /// <exception cref="InvalidDataException">What training did cannot be done again.</exception>
    internal TableColumn As(ColumnRule rule)
    {
        if (rule.IsMapped && Settings.Own?.Map is null)
        {
            throw new InvalidDataException(
                $"'{_rows.Name}': in training a function mapped the texts of column '{FieldText.Shown(Name)}', which "
                + "cannot be saved: read the table with it again, by "
                + $"{nameof(TableOptions)}.{nameof(TableOptions.PerColumn)}[\"{FieldText.Shown(Name)}\"] = new() {{ "
                + $"{nameof(ColumnOptions.Map)} = … }}.");
        }

        ColumnRule plain = rule with { RefusesUnknown = false, TakesMissing = false };
        return plain == ColumnRule.Of(this, _rows.Options, rule.Part)
            ? this
            : new(Name, rule.Settings(Settings), _rows, _sourceTexts, _sourceCodes);
    }

    /// <summary>
    /// The classes of a column of labels: its different texts, in numeric order if all are numbers and not declared to
    /// be categories, else in the order of the options, else in ordinal order.
    /// </summary>
    internal LabelEncoder Classes()
    {
        if (Kind != ColumnKind.OrderedCategory)
        {
            return new(Distinct(IsInNumericOrder));
        }

        _ = Values;
        return Categories!;
    }

    /// <summary>The number of each row's text among known labels; −1 for another text.</summary>
    internal int[] Encoded(LabelEncoder known)
    {
        int missing = known.TryEncode("", out int index) ? index : -1;
        int[] byCode = new int[_texts.Count];
        Array.Fill(byCode, -2);
        return Array.ConvertAll(_codes, code =>
        {
            if (code == MissingCode)
            {
                return missing;
            }

            if (byCode[code] == -2)
            {
                byCode[code] = known.TryEncode(Encoding.UTF8.GetString(_texts[code]), out int found) ? found : -1;
            }

            return byCode[code];
        });
    }

    /// <summary>
    /// A number per row that orders it by class, as <see cref="Classes"/> does, missing values first.
    /// </summary>
    internal int[] Ranks()
    {
        int[] used = Reading.InOrder(IsInNumericOrder);
        int[] rank = new int[_texts.Count];
        for (int i = 0; i < used.Length; i++)
        {
            rank[used[i]] = i;
        }

        return Array.ConvertAll(_codes, code => code == MissingCode ? -1 : rank[code]);
    }

    /// <summary>Returns chosen rows, of which <paramref name="selected"/> tells the lines.</summary>
    internal TableColumn Select(ReadOnlySpan<int> rows, TableRows selected)
    {
        // What the column is does not depend on the rows that are chosen.
        KindVerdict settled = Settled;
        int[] codes = new int[rows.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = _sourceCodes[rows[i]];
        }

        // The texts are shared, unless most of them are those of other rows.
        const int Share = 4;
        if (_sourceTexts.Count / Share <= codes.Length)
        {
            return new(Name, Settings, selected, _sourceTexts, codes, settled);
        }

        var texts = new ColumnTexts();
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = codes[i] == MissingCode ? MissingCode : texts.Add(_sourceTexts[codes[i]]);
        }

        return new(Name, Settings, selected, texts, codes, settled);
    }

    /// <summary>Name and kind.</summary>
    /// <returns>For example <c>age: Number</c>.</returns>
    public override string ToString() => $"{FieldText.Shown(Name)}: {Kind}";

    private bool IsInNumericOrder => Settings.Declared != ColumnKind.Category && Settled.AreNumbers;

    private string[] Distinct(bool inNumericOrder)
    {
        int[] used = Reading.InOrder(inNumericOrder);
        bool hasMissing = Array.IndexOf(_codes, MissingCode) >= 0;
        Reading.RequireFew(used.Length + (hasMissing ? 1 : 0));
        IEnumerable<string> texts = used.Select(code => Encoding.UTF8.GetString(_texts[code]));
        return hasMissing ? [.. texts.Prepend("").Distinct()] : [.. texts];
    }
}
