using System.Globalization;
using System.Text;

namespace NeuralNet.Tables.Columns;

/// <summary>The way in which numbers are written in a file.</summary>
internal sealed class NumberFormat
{
    private const int LongestNumber = 128;
    private const char Minus = '\u2212';
    private const char NoSeparator = '0';
    private const string PlainCode = ".0";

    private static readonly NumberFormatInfo _plain = NumberFormatInfo.InvariantInfo;

    private static readonly string[] _currencyCodes =
    [
        "USD", "EUR", "GBP", "JPY", "CHF", "CNY", "INR", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "CZK", "BRL",
    ];

    private readonly NumberFormatInfo _format;

    /// <summary>The format of numbers that no text was made of: a decimal point and nothing else.</summary>
    public static NumberFormat Plain { get; } = new(new TableOptions());

    /// <summary>Makes the format of the options.</summary>
    public NumberFormat(TableOptions options)
        : this(options.DecimalCharacter, options.ThousandsSeparator)
    {
        Percent = options.AllowPercent;
        Currency = options.AllowCurrency;
        Accounting = options.AllowAccounting;
        _format = (NumberFormatInfo)options.Culture.NumberFormat.Clone();
        _format.NumberDecimalSeparator = DecimalSeparator.ToString();
    }

    /// <summary>Makes a format with all signs that may surround a number.</summary>
    public NumberFormat(char decimalSeparator, char? thousandsSeparator)
    {
        DecimalSeparator = decimalSeparator;
        ThousandsSeparator = thousandsSeparator;
        Percent = Currency = Accounting = true;
        _format = _plain;
    }

    private NumberFormat(
        char decimalSeparator, char? thousandsSeparator, bool percent, bool currency, bool accounting)
        : this(decimalSeparator, thousandsSeparator)
    {
        Percent = percent;
        Currency = currency;
        Accounting = accounting;
        _format = new() { NumberDecimalSeparator = decimalSeparator.ToString() };
    }

    /// <summary>The character before the fraction.</summary>
    public char DecimalSeparator { get; }

    /// <summary>The character between groups of three digits; null for none.</summary>
    public char? ThousandsSeparator { get; }

    /// <summary>True if a percent sign divides by 100.</summary>
    public bool Percent { get; }

    /// <summary>True if a currency may stand before or behind the number.</summary>
    public bool Currency { get; }

    /// <summary>True if parentheses and a minus sign behind the number make it negative.</summary>
    public bool Accounting { get; }

    /// <summary>
    /// The format as a short text, in which <see cref="Of"/> reads it: the decimal separator, the one of thousands or a
    /// zero for none, and the signs that are allowed, %, $ and (; null for a decimal point and nothing else.
    /// </summary>
    public string? Code
    {
        get
        {
            string code = $"{DecimalSeparator}{ThousandsSeparator ?? NoSeparator}{(Percent ? "%" : "")}"
                + $"{(Currency ? "$" : "")}{(Accounting ? "(" : "")}";
            return code == PlainCode ? null : code;
        }
    }

    /// <summary>
    /// The format of a file that is read with options, of a column whose training data had a format of its own: the
    /// separators of the options, if they say any, else those of training; the signs of both.
    /// </summary>
    /// <param name="options">The options.</param>
    /// <param name="code">The <see cref="Code"/> of training.</param>
    /// <exception cref="InvalidDataException">The code is none.</exception>
    public static NumberFormat Of(TableOptions options, string code)
    {
        var own = new NumberFormat(options);
        ReadOnlySpan<char> signs = code.AsSpan(Math.Min(2, code.Length));
        if (code.Length < 2 || code[0] == code[1] || !char.IsPunctuation(code[0]) || signs.ContainsAnyExcept("%$(")
            || !(code[1] == NoSeparator || char.IsPunctuation(code[1]) || char.IsWhiteSpace(code[1])))
        {
            throw new InvalidDataException($"'{FieldText.Shown(code)}' is no format of numbers.");
        }

        bool isSaid = options.DecimalSeparator is not null || options.ThousandsSeparator is not null
            || !options.Culture.Equals(CultureInfo.InvariantCulture);
        return new(
            isSaid ? own.DecimalSeparator : code[0],
            isSaid ? own.ThousandsSeparator : code[1] == NoSeparator ? null : code[1],
            own.Percent || signs.Contains('%'),
            own.Currency || signs.Contains('$'),
            own.Accounting || signs.Contains('('));
    }

    /// <summary>The scale or the currency of a number: %, a currency, or nothing.</summary>
    /// <param name="text">A text that is a number in this format.</param>
    public string MarkOf(string text)
    {
        if (Percent && text.Contains('%', StringComparison.Ordinal))
        {
            return "%";
        }

        if (!Currency)
        {
            return "";
        }

        foreach (char character in text)
        {
            if (char.GetUnicodeCategory(character) == UnicodeCategory.CurrencySymbol)
            {
                return character switch
                {
                    '$' => "USD",
                    '€' => "EUR",
                    '£' => "GBP",
                    '¥' => "JPY",
                    '₹' => "INR",
                    _ => character.ToString(),
                };
            }
        }

        return Array.Find(_currencyCodes, code => text.Contains(code, StringComparison.Ordinal)) ?? "";
    }

    /// <summary>Reads a number.</summary>
    /// <param name="text">The field, UTF-8.</param>
    /// <param name="value">The number, which may be infinite or NaN where the text says so.</param>
    /// <returns>True if it is one.</returns>
    public bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        // The framework reads over zero characters at the end.
        if (double.TryParse(text, NumberStyles.Float, _format, out value))
        {
            return text[^1] != 0;
        }

        return text.Length is > 0 and <= 4 * LongestNumber && TryParse(Encoding.UTF8.GetString(text), out value);
    }

    /// <summary>Reads a number with the signs that the format allows around and in it.</summary>
    /// <param name="text">The field.</param>
    /// <param name="value">The number.</param>
    /// <returns>True if it is one.</returns>
    public bool TryParse(string text, out double value)
    {
        value = 0;
        if (text.Length > LongestNumber)
        {
            return false;
        }

        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        bool isNegative = false;
        if (Accounting && rest is ['(', .., ')'])
        {
            isNegative = true;
            rest = rest[1..^1].Trim();
        }

        rest = WithoutCurrency(rest, out bool hasCurrency);
        if (!isNegative && rest is ['-' or Minus or '+', ..])
        {
            isNegative = rest[0] != '+';
            rest = rest[1..];
        }
        else if (!isNegative && Accounting && rest is [.., '-' or Minus])
        {
            isNegative = true;
            rest = rest[..^1].TrimEnd();
        }

        rest = hasCurrency ? rest : WithoutCurrency(rest, out hasCurrency);
        bool isPercent = Percent && !hasCurrency && rest is [.., '%'];
        rest = isPercent ? rest[..^1].TrimEnd() : rest;
        if (!TryParseDigits(rest, out value))
        {
            return false;
        }

        value = isPercent ? value / 100 : value;
        value = isNegative ? -value : value;
        return true;
    }

    /// <summary>True if a character is the separator, or looks like it.</summary>
    public static bool IsSeparator(char character, char? separator) => separator switch
    {
        null => false,
        ' ' or '\u00A0' or '\u202F' => character is ' ' or '\u00A0' or '\u202F' or '\u2009',
        '\'' or '\u2019' => character is '\'' or '\u2019',
        _ => character == separator,
    };

    private ReadOnlySpan<char> WithoutCurrency(ReadOnlySpan<char> text, out bool found)
    {
        found = false;
        if (!Currency || text.IsEmpty)
        {
            return text;
        }

        found = true;
        if (char.GetUnicodeCategory(text[0]) == UnicodeCategory.CurrencySymbol)
        {
            return text[1..].TrimStart();
        }

        if (char.GetUnicodeCategory(text[^1]) == UnicodeCategory.CurrencySymbol)
        {
            return text[..^1].TrimEnd();
        }

        foreach (string code in _currencyCodes)
        {
            if (text.StartsWith(code, StringComparison.Ordinal))
            {
                return text[code.Length..].TrimStart();
            }

            if (text.EndsWith(code, StringComparison.Ordinal))
            {
                return text[..^code.Length].TrimEnd();
            }
        }

        found = false;
        return text;
    }

    // Digits, with groups of three if the format has a separator, a fraction and an exponent. Written anew without
    // separators and with a decimal point; what the framework would let pass, such as 1,2,3, is refused.
    private bool TryParseDigits(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        Span<char> plain = stackalloc char[LongestNumber];
        int length = 0;
        int digitsInGroup = 0;
        int groups = 1;
        bool isInteger = true;
        bool isExponent = false;
        for (int i = 0; i < text.Length; i++)
        {
            char next = text[i];
            if (char.IsAsciiDigit(next))
            {
                digitsInGroup++;
            }
            else if (isInteger && IsSeparator(next, ThousandsSeparator))
            {
                // 1 to 3 digits, the first no zero, then 3 each; 2, too, where lakhs are counted.
                bool fits = groups == 1
                    ? digitsInGroup is >= 1 and <= 3 && text[0] != '0'
                    : digitsInGroup is 2 or 3;
                if (!fits)
                {
                    return false;
                }

                groups++;
                digitsInGroup = 0;
                continue;
            }
            else if (isInteger && next == DecimalSeparator)
            {
                if (groups > 1 && digitsInGroup != 3)
                {
                    return false;
                }

                isInteger = false;
                next = '.';
            }
            else if (!isExponent && next is 'e' or 'E' && length > 0)
            {
                if (isInteger && groups > 1 && digitsInGroup != 3)
                {
                    return false;
                }

                isInteger = false;
                isExponent = true;
            }
            else if (next is '-' or '+' or Minus && isExponent && plain[length - 1] is 'e' or 'E')
            {
                next = next == '+' ? '+' : '-';
            }
            else
            {
                return false;
            }

            plain[length++] = next;
        }

        return (!isInteger || groups == 1 || digitsInGroup == 3)
            && double.TryParse(
                plain[..length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, _plain, out value);
    }
}
