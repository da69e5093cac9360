using System.Globalization;
using System.Text;

namespace NeuralNet.Data.Csv;

/// <summary>What the texts of a column look like: each different text is looked at once.</summary>
internal sealed class CsvReading
{
    /// <summary>Number of different numbers from which on those with a unit are more than a few categories.</summary>
    private const int ManyNumbers = 10;

    private readonly CsvTableColumn _column;
    private readonly CsvRows _rows;
    private readonly CsvTexts _texts;
    private readonly int[] _codes;
    private readonly CsvNumberFormat _format;
    private readonly CsvLook[] _looks;
    private readonly double[] _numbers;
    private readonly string? _unit;

    // Number of rows that look like each.
    private readonly int[] _counts = new int[(int)CsvLook.Text + 1];

    public CsvReading(CsvTableColumn column, CsvRows rows, CsvTexts texts, int[] codes)
    {
        _column = column;
        _rows = rows;
        _texts = texts;
        _codes = codes;
        _format = new(rows.Options);
        _looks = new CsvLook[texts.Count];
        _numbers = new double[texts.Count];
        bool[] isKnown = new bool[texts.Count];
        foreach (int code in codes)
        {
            if (code == CsvTableColumn.MissingCode)
            {
                continue;
            }

            if (!isKnown[code])
            {
                isKnown[code] = true;
                _looks[code] = CsvLooks.At(texts[code], _format, out _numbers[code]);
            }

            _counts[(int)_looks[code]]++;
        }

        bool isText = NumberLikeCount == 0 && Count(CsvLook.Text) > 0;
        _unit = isText ? CommonUnit(isKnown) : null;
        Kind = Count(CsvLook.Number) == PresentCount ? CsvColumnKind.Number
            : isText && _unit is null ? CsvColumnKind.Category
            : CsvColumnKind.Undecided;
    }

    /// <summary>The kind of the column, unless it is declared.</summary>
    public CsvColumnKind Kind { get; }

    private int NumberCount => Count(CsvLook.Number) + Count(CsvLook.LongInteger);

    private int NumberLikeCount => NumberCount + Count(CsvLook.ForeignNumber) + Count(CsvLook.Date);

    private int PresentCount => _counts.Sum();

    /// <summary>The numbers of the rows, NaN where they are missing.</summary>
    /// <param name="reason">Why all must be numbers, for the message.</param>
    public double[] Numbers(string reason)
    {
        if (NumberCount < PresentCount)
        {
            int row = FirstRow(look => look is not (CsvLook.Number or CsvLook.LongInteger));
            throw new InvalidDataException(
                $"{Where(row)}, but must be a finite number{reason}.{Remedy(row)}");
        }

        return Array.ConvertAll(_codes, code => code == CsvTableColumn.MissingCode ? double.NaN : _numbers[code]);
    }

    /// <summary>The codes of the texts that occur, in order.</summary>
    /// <param name="inNumericOrder">True for the order of the numbers, if all are.</param>
    public int[] InOrder(bool inNumericOrder)
    {
        bool[] isUsed = new bool[_texts.Count];
        foreach (int code in _codes)
        {
            if (code != CsvTableColumn.MissingCode)
            {
                isUsed[code] = true;
            }
        }

        int[] used = [.. Enumerable.Range(0, isUsed.Length).Where(code => isUsed[code])];
        string[] texts = Array.ConvertAll(used, code => Encoding.UTF8.GetString(_texts[code]));
        Array.Sort(texts, used, StringComparer.Ordinal);
        return inNumericOrder && NumberCount == PresentCount ? [.. used.OrderBy(code => _numbers[code])] : used;
    }

    /// <summary>Refuses more categories than the options allow.</summary>
    public void RequireFew(int count)
    {
        int most = _rows.Options.MaxCategories;
        if (count <= most)
        {
            return;
        }

        var seen = new HashSet<int>();
        int row = Array.FindIndex(_codes, code => seen.Add(code) && seen.Count > most);
        throw new InvalidDataException(
            $"{Where(row)}, one category more than the {most} that {nameof(CsvOptions.MaxCategories)} allows; there "
            + $"are {count}. If it is an identifier or free text, name the column in {nameof(CsvOptions)}."
            + $"{nameof(CsvOptions.Ignore)}.");
    }

    /// <summary>The exception that says why the kind of the column is undecided.</summary>
    public InvalidDataException Undecided()
    {
        const string Declare =
            $"declare the column in {nameof(CsvOptions)}.{nameof(CsvOptions.Numbers)} or in "
            + $"{nameof(CsvOptions.Categories)}, or leave it out with {nameof(CsvOptions.Ignore)}";
        int first = FirstRow(_ => true);
        if (_unit is not null)
        {
            return new($"{Where(first)}, which looks like a number with the unit '{CsvSource.Shown(_unit)}', as all "
                + $"values of the column do. Remove the unit from the file; if they are names, {Declare}.");
        }

        int texts = PresentCount - NumberLikeCount;
        bool isNumeric = texts < NumberLikeCount || (texts == NumberLikeCount && IsNumberLike(LookOf(first)));
        if (NumberLikeCount > 0 && !isNumeric)
        {
            int odd = FirstRow(IsNumberLike);
            string looks = LookOf(odd) switch
            {
                CsvLook.Number or CsvLook.LongInteger => "a number",
                CsvLook.Date => "which looks like a date or a time",
                _ => "which looks like a number",
            };
            return new($"{Where(odd)}, {looks}, but {texts} of the {PresentCount} values of the column are none, such "
                + $"as '{Shown(FirstRow(look => !IsNumberLike(look)))}'. Is it a category, {Declare}.");
        }

        int row = FirstRow(look => look is not (CsvLook.Number or CsvLook.LongInteger));
        if (row >= 0 && NumberCount > 0)
        {
            return new($"{Where(row)}, but must be a finite number, as {NumberCount} of the {PresentCount} values of "
                + $"the column are.{Remedy(row)}");
        }

        row = FirstRow(look => look is CsvLook.ForeignNumber or CsvLook.Date);
        row = row >= 0 ? row : FirstRow(look => look is CsvLook.LongInteger or CsvLook.NoValue);
        return new(LookOf(row) switch
        {
            CsvLook.LongInteger =>
                $"{Where(row)}, a whole number of more digits than a double keeps, such as an identifier: {Declare}.",
            CsvLook.Date => $"{Where(row)}, which looks like a date or a time.{Remedy(row)}",
            CsvLook.NoValue => $"{Where(row)}, which is neither a finite number nor a name.{Remedy(row)}",
            _ => $"{Where(row)}, which looks like a number but is not written as one.{Remedy(row)}",
        });
    }

    // The unit of many numbers that have the same; null if some text has another or none, or there are few.
    private string? CommonUnit(bool[] isUsed)
    {
        string? unit = null;
        int count = 0;
        for (int code = 0; code < isUsed.Length; code++)
        {
            if (!isUsed[code])
            {
                continue;
            }

            string? next = CsvLooks.UnitOf(_texts[code], _format);
            if (next is null || (unit is not null && next != unit))
            {
                return null;
            }

            unit = next;
            count++;
        }

        return count > ManyNumbers ? unit : null;
    }

    private static bool IsNumberLike(CsvLook look) =>
        look is CsvLook.Number or CsvLook.LongInteger or CsvLook.ForeignNumber or CsvLook.Date;

    private int Count(CsvLook look) => _counts[(int)look];

    private CsvLook LookOf(int row) => _looks[_codes[row]];

    // The row that comes first in the file, wherever a split put it; −1 if there is none.
    private int FirstRow(Func<CsvLook, bool> isWanted)
    {
        int first = -1;
        for (int row = 0; row < _codes.Length; row++)
        {
            int code = _codes[row];
            if (code != CsvTableColumn.MissingCode
                && isWanted(_looks[code])
                && (first < 0 || _rows.Lines[row] < _rows.Lines[first]))
            {
                first = row;
            }
        }

        return first;
    }

    private string Remedy(int row)
    {
        const string Options = nameof(CsvOptions);
        const string Otherwise =
            $" If the column holds categories, name it in {Options}.{nameof(CsvOptions.Categories)}; to leave it out, "
            + $"in {nameof(CsvOptions.Ignore)}.";
        switch (LookOf(row))
        {
            case CsvLook.Date:
                return " Dates and times are not read as numbers: if its few texts are names, name the column in "
                    + $"{Options}.{nameof(CsvOptions.Categories)}; else leave it out with {nameof(CsvOptions.Ignore)}.";
            case CsvLook.ForeignNumber:
                string ways = CsvLooks.OptionsFor(Encoding.UTF8.GetString(_texts[_codes[row]]), _format);
                return (ways.Length > 0 ? $" Set {Options}.{ways}." : "") + Otherwise;
            default:
                return $" If it is missing, add its text to {Options}.{nameof(CsvOptions.MissingTexts)}." + Otherwise;
        }
    }

    private string Shown(int row) =>
        _codes[row] == CsvTableColumn.MissingCode ? "" : CsvSource.Shown(_texts[_codes[row]]);

    private string Where(int row) => string.Create(
        CultureInfo.InvariantCulture,
        $"'{_rows.Name}', line {_rows.Lines[row]}, column '{CsvSource.Shown(_column.Name)}' is '{Shown(row)}'");
}
