using System.Globalization;
using System.Text;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tables.Columns;

/// <summary>
/// Looks at each different text of a column once, and decides what the column holds.
/// </summary>
internal sealed class ColumnReading
{
    private const int MostFormats = 4;

    private readonly TableColumn _column;
    private readonly TableRows _rows;
    private readonly ColumnTexts _texts;
    private readonly int[] _codes;
    private readonly NumberFormat _format;
    private readonly string? _dateFormat;
    private readonly TextLook[] _looks;
    private readonly double[] _numbers;
    private readonly bool[] _isUsed;
    private readonly int _distinctCount;
    private readonly Quantities? _quantities;
    private readonly (int One, int Other)? _mixed;
    private readonly bool _areCodes;
    private readonly ColumnKind _kind;

    // Number of rows that look like each.
    private readonly int[] _counts = new int[(int)TextLook.Text + 1];

    public ColumnReading(
        TableColumn column,
        TableRows rows,
        ColumnTexts texts,
        int[] codes,
        NumberFormat format,
        string? dateFormat)
    {
        _column = column;
        _rows = rows;
        _texts = texts;
        _codes = codes;
        _format = format;
        _dateFormat = dateFormat;
        _looks = new TextLook[texts.Count];
        _numbers = new double[texts.Count];
        _isUsed = new bool[texts.Count];
        foreach (int code in codes)
        {
            if (code == TableColumn.MissingCode)
            {
                continue;
            }

            if (!_isUsed[code])
            {
                _isUsed[code] = true;
                _distinctCount++;
                _looks[code] = Look(texts[code], out _numbers[code]);
            }

            _counts[(int)_looks[code]]++;
        }

        bool isBoolean = PresentCount > 0 && Count(TextLook.Boolean) == PresentCount;
        bool isText = !isBoolean && NumberLikeCount == 0 && Count(TextLook.Text) + Count(TextLook.Boolean) > 0;
        _quantities = isText ? ManyQuantities() : null;
        bool areNumbers = Count(TextLook.Number) == PresentCount;
        _areCodes = areNumbers && AreCodes();
        _mixed = Mixed();
        _kind = areNumbers && !_areCodes && _mixed is null ? ColumnKind.Number
            : isBoolean ? ColumnKind.Boolean
            : AreClearDates() ? ColumnKind.Date
            : isText && _quantities is null ? ColumnKind.Category
            : ColumnKind.Undecided;
    }

    // Where texts stand beside numbers, which are written plainly, what both formats read as different numbers is none.
    private TextLook Look(ReadOnlySpan<byte> text, out double number)
    {
        TextLook look = TextLooks.At(text, _format, out number);
        if (!_column.Settings.IsMixed || _format.Code is null)
        {
            return look;
        }

        TextLook plain = TextLooks.At(text, NumberFormat.Plain, out double value);
        if (IsNumber(look) && IsNumber(plain) && number != value)
        {
            number = double.NaN;
            return TextLook.ForeignNumber;
        }

        number = IsNumber(plain) ? value : number;
        return IsNumber(plain) ? plain : look;
    }

    private int NumberCount => Count(TextLook.Number) + Count(TextLook.LongInteger);

    private int NumberLikeCount => NumberCount + Count(TextLook.ForeignNumber) + Count(TextLook.Date);

    private int PresentCount => _counts.Sum();

    /// <summary>The decision, with the reason where there is none.</summary>
    public KindVerdict Verdict() => new(
        _kind,
        _kind == ColumnKind.Undecided ? Undecided() : null,
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

        return Array.ConvertAll(_codes, code => code == TableColumn.MissingCode ? double.NaN : _numbers[code]);
    }

    /// <summary>The true and false of the rows as 1 and 0, NaN where they are missing.</summary>
    public double[] Booleans() => ByText(
        text => BooleanTexts.TryParse(text, out bool value) ? (value ? 1 : 0) : double.NaN,
        row => $"{Where(row)}, but must be true or false, yes or no, t or f, y or n, on or off, 1 or 0. For other "
            + $"words use {nameof(TableOptions)}.{nameof(TableOptions.PerColumn)}['{FieldText.Shown(_column.Name)}']."
            + $"{nameof(ColumnOptions.Replace)}.");

    /// <summary>The numbers of the rows among ordered categories, NaN where they are missing.</summary>
    public double[] Ordered(LabelEncoder order) => ByText(
        text => order.TryEncode(text, out int number) ? number : double.NaN,
        row => $"{Where(row)}, which is none of its ordered categories: {FieldText.Listed(order.Labels, 10)}. "
            + $"Add it to {nameof(ColumnOptions)}.{nameof(ColumnOptions.Order)}, or to "
            + $"{nameof(TableOptions.MissingTexts)} if it is missing.");

    /// <summary>The dates of the rows; null where they are missing.</summary>
    public DateTime?[] Dates()
    {
        // A builder may have added texts since.
        var byCode = new DateTime?[_isUsed.Length];
        for (int code = 0; code < byCode.Length; code++)
        {
            if (_isUsed[code])
            {
                byCode[code] = DateTexts.TryParse(Text(code), _dateFormat, out DateTime value)
                    ? value
                    : throw new InvalidDataException(
                        $"{Where(First(found => found == code))}, but must be a date "
                        + (_dateFormat is null
                            ? "in the order of year, month and day"
                            : $"in the format '{FieldText.Shown(_dateFormat)}'")
                        + $".{DateRemedy()}");
            }
        }

        return Array.ConvertAll(_codes, code => code == TableColumn.MissingCode ? null : byCode[code]);
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
            $"{Where(row)}, one category more than the {most} that {nameof(TableOptions.MaxCategories)} allows; there "
            + $"are {count}. If it is an identifier or free text, name the column in {nameof(TableOptions)}."
            + $"{nameof(TableOptions.Ignore)}.");
    }

    // Says why the kind of the column is undecided.
    private string Undecided()
    {
        const string Declare =
            $"declare the column in {nameof(TableOptions)}.{nameof(TableOptions.Numbers)} or in "
            + $"{nameof(TableOptions.Categories)}, or leave it out with {nameof(TableOptions.Ignore)}";
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
            int quantity = First(code => _looks[code] == TextLook.Text && Quantities.Is(_texts[code]));
            string unit = _quantities.Unit is { Length: > 0 } common
                ? $"a number with the unit '{FieldText.Shown(common)}'"
                : "a number with something around it, or like a date";
            return $"{Where(quantity)}, which looks like {unit}, as {_quantities.Count} of the {_distinctCount} "
                + "different texts of the column do. Write plain numbers in the file, such as without the unit, or "
                + $"take away what is around them by {nameof(ColumnOptions)}.{nameof(ColumnOptions.Map)}; if they are "
                + $"names, {Declare}.";
        }

        int texts = PresentCount - NumberLikeCount;
        bool isNumeric = texts < NumberLikeCount || (texts == NumberLikeCount && IsNumberLike(LookOf(first)));
        if (NumberLikeCount > 0 && !isNumeric)
        {
            int odd = FirstRow(IsNumberLike);
            string looks = LookOf(odd) switch
            {
                TextLook.Number or TextLook.LongInteger => "a number",
                TextLook.Date => "which looks like a date or a time",
                _ => "which looks like a number",
            };
            return $"{Where(odd)}, {looks}, but {texts} of the {PresentCount} values of the column are none, such "
                + $"as '{Shown(FirstRow(look => !IsNumberLike(look)))}'. "
                + (LookOf(odd) == TextLook.Date ? $"If all are dates, name it in {nameof(TableOptions.Dates)}. " : "")
                + $"Is it a category, {Declare}.";
        }

        int row = FirstRow(look => !IsNumber(look));
        if (row >= 0 && NumberCount > 0)
        {
            return $"{Where(row)}, but must be a finite number, as {NumberCount} of the {PresentCount} values of "
                + $"the column are.{Remedy(row)}";
        }

        row = First(code => _looks[code] == TextLook.ForeignNumber
            || (_looks[code] == TextLook.Date && !IsClearDate(code)));
        if (row < 0 && Count(TextLook.Date) > 0)
        {
            int other = FirstRow(look => look != TextLook.Date);
            return $"{Where(other)}, but must be a date, as {Count(TextLook.Date)} of the {PresentCount} values of the "
                + "column are."
                + (IsClearDate(_codes[other]) ? $" If it is one, name the column in {nameof(TableOptions.Dates)}." : "")
                + Remedy(other);
        }

        row = row >= 0 ? row : FirstRow(look => look is TextLook.LongInteger or TextLook.NoValue);
        return LookOf(row) switch
        {
            TextLook.LongInteger =>
                $"{Where(row)}, a whole number of more digits than a double keeps, such as an identifier: {Declare}.",
            TextLook.Date => $"{Where(row)}, which looks like a date or a time.{Remedy(row)}",
            TextLook.NoValue => $"{Where(row)}, which is neither a finite number nor a name.{Remedy(row)}",
            _ => $"{Where(row)}, which looks like a number but is not written as one.{Remedy(row)}",
        };
    }

    // Numbers with a unit and the like, if they are nearly all texts and many.
    private Quantities? ManyQuantities()
    {
        var quantities = new Quantities();
        for (int code = 0; code < _isUsed.Length; code++)
        {
            if (_isUsed[code] && _looks[code] == TextLook.Text)
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

    // A number of each text, found once for all rows that have it.
    private double[] ByText(Func<string, double> number, Func<int, string> refusal)
    {
        double[] byCode = new double[_isUsed.Length];
        for (int code = 0; code < byCode.Length; code++)
        {
            if (!_isUsed[code])
            {
                continue;
            }

            byCode[code] = number(Text(code));
            if (double.IsNaN(byCode[code]))
            {
                throw new InvalidDataException(refusal(First(found => found == code)));
            }
        }

        return Array.ConvertAll(_codes, code => code == TableColumn.MissingCode ? double.NaN : byCode[code]);
    }

    private bool AreClearDates()
    {
        if (PresentCount == 0 || Count(TextLook.Date) < PresentCount)
        {
            return false;
        }

        for (int code = 0; code < _isUsed.Length; code++)
        {
            if (_isUsed[code] && !IsClearDate(code))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsClearDate(int code) => DateTexts.TryParse(Text(code), null, out _);

    // How dates may be written, as far as all of them agree.
    private string DateRemedy()
    {
        string[] texts =
        [
            .. Enumerable.Range(0, _isUsed.Length)
                .Where(code => _isUsed[code] && _looks[code] != TextLook.NoValue)
                .Select(Text),
        ];
        string column = $"{nameof(TableOptions)}.{nameof(TableOptions.PerColumn)}["
            + $"\"{FieldText.Shown(_column.Name)}\"] = new() {{ {nameof(ColumnOptions.DateFormat)} = ";
        string[] formats = [.. DateTexts.FormatsFor(texts).Take(MostFormats)];
        return formats.Length == 0
            ? $" Say how dates are written: {column}\"…\" }}."
            : $" Say how dates are written: {column}\"{string.Join("\" }, or with \"", formats)}\" }}.";
    }

    private string Text(int code) => Encoding.UTF8.GetString(_texts[code]);

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
        return $"{Where(one)}, but in {_rows.Unit} {_rows.Lines[other]} it is '{Shown(other)}': "
            + (isPercent ? "some numbers are in percent and others are not" : "the numbers are in several currencies")
            + ". Write all in one unit, or leave the column out with "
            + $"{nameof(TableOptions)}.{nameof(TableOptions.Ignore)}.";
    }

    private static bool IsNumber(TextLook look) => look is TextLook.Number or TextLook.LongInteger;

    private static bool IsNumberLike(TextLook look) =>
        IsNumber(look) || look is TextLook.ForeignNumber or TextLook.Date;

    private int Count(TextLook look) => _counts[(int)look];

    private TextLook LookOf(int row) => _looks[_codes[row]];

    // The row that comes first in the file, wherever a split put it; −1 if there is none.
    private int FirstRow(Func<TextLook, bool> isWanted) => First(code => isWanted(_looks[code]));

    private int First(Func<int, bool> isWanted)
    {
        int first = -1;
        for (int row = 0; row < _codes.Length; row++)
        {
            int code = _codes[row];
            if (code != TableColumn.MissingCode
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
        const string Options = nameof(TableOptions);
        const string Otherwise =
            $" If the column holds categories, name it in {Options}.{nameof(TableOptions.Categories)}; to leave it "
            + $"out, in {nameof(TableOptions.Ignore)}.";
        switch (LookOf(row))
        {
            case TextLook.Date:
                return (IsClearDate(_codes[row]) ? "" : DateRemedy())
                    + $" If its texts are names, name the column in {Options}.{nameof(TableOptions.Categories)}; to "
                    + $"leave it out, in {nameof(TableOptions.Ignore)}.";
            case TextLook.ForeignNumber:
                string ways = TextLooks.OptionsFor(Encoding.UTF8.GetString(_texts[_codes[row]]), _format);
                return (ways.Length > 0 ? $" Set {Options}.{ways}." : "") + Otherwise;
            default:
                return $" If it is missing, add its text: {Options}.{nameof(TableOptions.MissingTexts)} = [.. "
                    + $"{Options}.{nameof(TableOptions.DefaultMissingTexts)}, \"{Shown(row)}\"]." + Otherwise;
        }
    }

    private string Shown(int row) =>
        _codes[row] == TableColumn.MissingCode ? "" : FieldText.Shown(_texts[_codes[row]]);

    private string Where(int row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{_rows.Where(row, _column.Name)} is '{Shown(row)}'");
}
