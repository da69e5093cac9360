using System.Text;
using NeuralNet.Preprocessing;

namespace NeuralNet.Data.Csv;

/// <summary>
/// A column of a table. It keeps every field as it is written; what the fields mean, numbers or categories, is a
/// reading of their texts.
/// </summary>
public sealed class CsvTableColumn
{
    /// <summary>The code of a missing value.</summary>
    internal const int MissingCode = -1;

    private readonly CsvRows _rows;
    private readonly CsvTexts _texts;
    private readonly int[] _codes;
    private readonly CsvColumnKind? _declared;
    private CsvReading? _reading;
    private CsvVerdict? _settled;
    private double[]? _values;
    private LabelEncoder? _categories;

    internal CsvTableColumn(
        string name, CsvColumnKind? declared, CsvRows rows, CsvTexts texts, int[] codes, CsvVerdict? settled = null)
    {
        Name = name;
        _declared = declared;
        _rows = rows;
        _texts = texts;
        _codes = codes;
        _settled = settled;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>
    /// The kind of data in the column: what <see cref="CsvOptions.Numbers"/> or <see cref="CsvOptions.Categories"/>
    /// says or, of other columns, what all their values in the file look like, whichever of its rows are in this table.
    /// </summary>
    public CsvColumnKind Kind => _declared ?? Settled.Kind;

    /// <summary>
    /// A number per row, NaN if it is missing; for categories, the number of each in <see cref="Categories"/>.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// It is undecided whether the column holds numbers, or a declared number is none; the message names the line, the
    /// text, and the option to set.
    /// </exception>
    public ReadOnlySpan<double> Values => _values ??= Kind switch
    {
        CsvColumnKind.Number => Numbers(""),
        CsvColumnKind.Category => Array.ConvertAll(Encoded(Categories!), index => (double)index),
        _ => throw new InvalidDataException(Settled.Refusal),
    };

    /// <summary>
    /// The categories as they are written, in ordinal order, "" for missing ones; null if the column does not hold
    /// categories.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// There are more than <see cref="CsvOptions.MaxCategories"/>.
    /// </exception>
    public LabelEncoder? Categories =>
        Kind == CsvColumnKind.Category ? _categories ??= new(Distinct(inNumericOrder: false)) : null;

    /// <summary>True if the options say what the column holds.</summary>
    internal bool IsDeclared => _declared is not null;

    /// <summary>The kind of the column, from all values of the file.</summary>
    internal CsvVerdict Settled => _settled ??= Reading.Verdict();

    private CsvReading Reading => _reading ??= new(this, _rows, _texts, _codes, new(_rows.Options));

    /// <summary>The field of a row as it is written, without blanks around it.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <returns>The text; null if the value is missing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public string? Text(int row) =>
        (uint)row >= (uint)_codes.Length
            ? throw new ArgumentOutOfRangeException(
                nameof(row), row, $"There are {_codes.Length} rows, counted from 0, but row {row} was asked for.")
            : _codes[row] == MissingCode ? null : Encoding.UTF8.GetString(_texts[_codes[row]]);

    /// <summary>True if the value of a row is missing or has no characters.</summary>
    internal bool IsMissing(int row) => _codes[row] == MissingCode || _texts[_codes[row]].IsEmpty;

    /// <summary>The numbers of a column that must hold numbers, NaN where they are missing.</summary>
    /// <param name="reason">Why they must, for messages, such as " as in the training data".</param>
    /// <param name="numberFormat">
    /// The <see cref="CsvNumberFormat.Code"/> of the training data's format; null for the plain one.
    /// </param>
    /// <exception cref="InvalidDataException">A field is no number, or the format is none.</exception>
    internal double[] Numbers(string reason, string? numberFormat = null) =>
        numberFormat is null
            ? Reading.Numbers(reason)
            : new CsvReading(this, _rows, _texts, _codes, CsvNumberFormat.Of(_rows.Options, numberFormat))
                .Numbers(reason);

    /// <summary>
    /// The classes of a column of labels: its different texts, in numeric order if all are numbers and not declared to
    /// be categories, else in ordinal order.
    /// </summary>
    internal LabelEncoder Classes() => new(Distinct(IsInNumericOrder));

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
    internal CsvTableColumn Select(ReadOnlySpan<int> rows, CsvRows selected)
    {
        // What the column is does not depend on the rows that are chosen.
        CsvVerdict settled = Settled;
        int[] codes = new int[rows.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = _codes[rows[i]];
        }

        // The texts are shared, unless most of them are those of other rows.
        const int Share = 4;
        if (_texts.Count / Share <= codes.Length)
        {
            return new(Name, _declared, selected, _texts, codes, settled);
        }

        var texts = new CsvTexts();
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = codes[i] == MissingCode ? MissingCode : texts.Add(_texts[codes[i]]);
        }

        return new(Name, _declared, selected, texts, codes, settled);
    }

    private bool IsInNumericOrder => _declared != CsvColumnKind.Category && Settled.AreNumbers;

    private string[] Distinct(bool inNumericOrder)
    {
        int[] used = Reading.InOrder(inNumericOrder);
        bool hasMissing = Array.IndexOf(_codes, MissingCode) >= 0;
        Reading.RequireFew(used.Length + (hasMissing ? 1 : 0));
        IEnumerable<string> texts = used.Select(code => Encoding.UTF8.GetString(_texts[code]));
        return hasMissing ? [.. texts.Prepend("").Distinct()] : [.. texts];
    }
}
