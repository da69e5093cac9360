using System.Globalization;
using System.Text;

namespace NeuralNet.Data.Csv;

/// <summary>
/// Looks at each different text of a column once, and decides whether the column holds numbers or categories.
/// </summary>
internal sealed class CsvReading
{
    private readonly CsvTableColumn _column;
    private readonly CsvRows _rows;
    private readonly CsvTexts _texts;
    private readonly int[] _codes;
    private readonly CsvNumberFormat _format;
    private readonly CsvLook[] _looks;
    private readonly double[] _numbers;
    private readonly bool[] _isUsed;
    private readonly int _distinctCount;
    private readonly CsvQuantities? _quantities;
    private readonly (int One, int Other)? _mixed;
    private readonly bool _areCodes;
    private readonly CsvColumnKind _kind;

    // Number of rows that look like each.
    private readonly int[] _counts = new int[(int)CsvLook.Text + 1];

    public CsvReading(CsvTableColumn column, CsvRows rows, CsvTexts texts, int[] codes, CsvNumberFormat format)
    {
        _column = column;
        _rows = rows;
        _texts = texts;
        _codes = codes;
        _format = format;
        _looks = new CsvLook[texts.Count];
        _numbers = new double[texts.Count];
        _isUsed = new bool[texts.Count];
        foreach (int code in codes)
        {
            if (code == CsvTableColumn.MissingCode)
            {
                continue;
            }

            if (!_isUsed[code])
            {
                _isUsed[code] = true;
                _distinctCount++;
                _looks[code] = CsvLooks.At(texts[code], _format, out _numbers[code]);
            }

            _counts[(int)_looks[code]]++;
        }

        bool isText = NumberLikeCount == 0 && Count(CsvLook.Text) > 0;
        _quantities = isText ? ManyQuantities() : null;
        bool areNumbers = Count(CsvLook.Number) == PresentCount;
        _areCodes = areNumbers && AreCodes();
        _mixed = Mixed();
        _kind = areNumbers && !_areCodes && _mixed is null ? CsvColumnKind.Number
            : isText && _quantities is null ? CsvColumnKind.Category
            : CsvColumnKind.Undecided;
    }

    private int NumberCount => Count(CsvLook.Number) + Count(CsvLook.LongInteger);

    private int NumberLikeCount => NumberCount + Count(CsvLook.ForeignNumber) + Count(CsvLook.Date);

    private int PresentCount => _counts.Sum();

    /// <summary>The decision, with the reason where there is none.</summary>
    public CsvVerdict Verdict() => new(
        _kind,
        _kind == CsvColumnKind.Undecided ? Undecided() : null,
        NumberCount == PresentCount,
        _distinctCount,
        _codes.Length);

    /// <summary>The numbers of the rows, NaN where they are missing.</summary>
    /// <param name="reason">Why all must be numbers, for the message.</param>
    public double[] Numbers(string reason)
    {
        if (NumberCount < PresentCount)
        {
            int row = FirstRow(look => !IsNumber(look));
            throw new InvalidDataException(
                $"{Where(row)}, but must be a finite number{reason}.{Remedy(row)}");
        }

        if (_mixed is not null)
        {
            throw new InvalidDataException(MixedRefusal());
        }

        return Array.ConvertAll(_codes, code => code == CsvTableColumn.MissingCode ? double.NaN : _numbers[code]);
    }

    /// <summary>The codes of the texts that occur, in order.</summary>
    /// <param name="inNumericOrder">True for the order of the numbers, which all must be.</param>
    public int[] InOrder(bool inNumericOrder)
    {
        int[] used = [.. Enumerable.Range(0, _isUsed.Length).Where(code => _isUsed[code])];
        string[] texts = Array.ConvertAll(used, code => Encoding.UTF8.GetString(_texts[code]));
        Array.Sort(texts, used, StringComparer.Ordinal);
        return inNumericOrder ? [.. used.OrderBy(code => _numbers[code])] : used;
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

    // Says why the kind of the column is undecided.
    private string Undecided()
    {
        const string Declare =
            $"declare the column in {nameof(CsvOptions)}.{nameof(CsvOptions.Numbers)} or in "
            + $"{nameof(CsvOptions.Categories)}, or leave it out with {nameof(CsvOptions.Ignore)}";
        int first = FirstRow(_ => true);
        if (_mixed is not null)
        {
            return MixedRefusal();
        }

        if (_areCodes)
        {
            int zero = First(code => _texts[code] is [(byte)'0', ..]);
            return $"{Where(zero)}, which begins with a zero and has as many digits as all values of the column, as "
                + $"codes have: {Declare}.";
        }

        if (_quantities is not null)
        {
            int quantity = First(code => _looks[code] == CsvLook.Text && CsvQuantities.Is(_texts[code]));
            string unit = _quantities.Unit is { Length: > 0 } common
                ? $"a number with the unit '{CsvSource.Shown(common)}'"
                : "a number with something around it, or like a date,";
            return $"{Where(quantity)}, which looks like {unit}, as {_quantities.Count} of the {_distinctCount} "
                + "different texts of the column do. Write plain numbers in the file, such as without the unit; if "
                + $"they are names, {Declare}.";
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
            return $"{Where(odd)}, {looks}, but {texts} of the {PresentCount} values of the column are none, such "
                + $"as '{Shown(FirstRow(look => !IsNumberLike(look)))}'. Is it a category, {Declare}.";
        }

        int row = FirstRow(look => !IsNumber(look));
        if (row >= 0 && NumberCount > 0)
        {
            return $"{Where(row)}, but must be a finite number, as {NumberCount} of the {PresentCount} values of "
                + $"the column are.{Remedy(row)}";
        }

        row = FirstRow(look => look is CsvLook.ForeignNumber or CsvLook.Date);
        row = row >= 0 ? row : FirstRow(look => look is CsvLook.LongInteger or CsvLook.NoValue);
        return LookOf(row) switch
        {
            CsvLook.LongInteger =>
                $"{Where(row)}, a whole number of more digits than a double keeps, such as an identifier: {Declare}.",
            CsvLook.Date => $"{Where(row)}, which looks like a date or a time.{Remedy(row)}",
            CsvLook.NoValue => $"{Where(row)}, which is neither a finite number nor a name.{Remedy(row)}",
            _ => $"{Where(row)}, which looks like a number but is not written as one.{Remedy(row)}",
        };
    }

    // Numbers with a unit and the like, if they are nearly all texts and many.
    private CsvQuantities? ManyQuantities()
    {
        var quantities = new CsvQuantities();
        for (int code = 0; code < _isUsed.Length; code++)
        {
            if (_isUsed[code] && _looks[code] == CsvLook.Text)
            {
                quantities.Add(_texts[code]);
            }
        }

        return quantities.AreMany ? quantities : null;
    }

    // Integers of the same length, some with a zero in front, as postal codes have it: the zeros would be lost.
    private bool AreCodes()
    {
        int length = -1;
        bool hasZero = false;
        for (int code = 0; code < _isUsed.Length; code++)
        {
            if (!_isUsed[code])
            {
                continue;
            }

            ReadOnlySpan<byte> text = _texts[code];
            if (text.Length < 2 || (length >= 0 && text.Length != length)
                || text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                return false;
            }

            length = text.Length;
            hasZero |= text[0] == '0';
        }

        return hasZero && _distinctCount > 1;
    }

    // Two codes whose numbers are in percent and not, or in two currencies; null if there are none. A zero is the same
    // in percent, and a number without a currency may be in that of the others.
    private (int One, int Other)? Mixed()
    {
        if (!_format.Percent && !_format.Currency)
        {
            return null;
        }

        int first = -1;
        string firstMark = "";
        int plain = -1;
        for (int code = 0; code < _isUsed.Length; code++)
        {
            if (!_isUsed[code] || !IsNumber(_looks[code]))
            {
                continue;
            }

            string mark = _format.MarkOf(Encoding.UTF8.GetString(_texts[code]));
            if (mark.Length == 0 || (mark == "%" && _numbers[code] == 0))
            {
                plain = plain < 0 && mark.Length == 0 && _numbers[code] != 0 ? code : plain;
            }
            else if (first < 0)
            {
                first = code;
                firstMark = mark;
            }
            else if (mark != firstMark)
            {
                return (first, code);
            }
        }

        return firstMark == "%" && plain >= 0 ? (first, plain) : null;
    }

    private string MixedRefusal()
    {
        int one = First(code => code == _mixed!.Value.One);
        int other = First(code => code == _mixed!.Value.Other);
        if (_rows.Lines[other] < _rows.Lines[one])
        {
            (one, other) = (other, one);
        }

        bool isPercent = Shown(one).Contains('%', StringComparison.Ordinal)
            || Shown(other).Contains('%', StringComparison.Ordinal);
        return $"{Where(one)}, but in line {_rows.Lines[other]} it is '{Shown(other)}': "
            + (isPercent ? "some numbers are in percent and others are not" : "the numbers are in several currencies")
            + ". Write all in one unit, or leave the column out with "
            + $"{nameof(CsvOptions)}.{nameof(CsvOptions.Ignore)}.";
    }

    private static bool IsNumber(CsvLook look) => look is CsvLook.Number or CsvLook.LongInteger;

    private static bool IsNumberLike(CsvLook look) =>
        IsNumber(look) || look is CsvLook.ForeignNumber or CsvLook.Date;

    private int Count(CsvLook look) => _counts[(int)look];

    private CsvLook LookOf(int row) => _looks[_codes[row]];

    // The row that comes first in the file, wherever a split put it; −1 if there is none.
    private int FirstRow(Func<CsvLook, bool> isWanted) => First(code => isWanted(_looks[code]));

    private int First(Func<int, bool> isWanted)
    {
        int first = -1;
        for (int row = 0; row < _codes.Length; row++)
        {
            int code = _codes[row];
            if (code != CsvTableColumn.MissingCode
                && isWanted(code)
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
