using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NeuralNet.Data.Csv;

/// <summary>Tells what a field looks like, and which options would read it as a number.</summary>
internal static partial class CsvLooks
{
    private const int Longest = 64;
    private const double LargestExactInteger = 1L << 53;

    private static readonly SearchValues<byte> _ofIntegers = SearchValues.Create("0123456789+-"u8);

    private static readonly CsvNumberFormat[] _formats =
    [
        .. from decimalSeparator in new[] { '.', ',' }
           from thousandsSeparator in new char?[] { null, ',', '.', ' ', '\'' }
           where thousandsSeparator != decimalSeparator
           select new CsvNumberFormat(decimalSeparator, thousandsSeparator),
    ];

    private static readonly HashSet<string> _noValues = new(StringComparer.OrdinalIgnoreCase)
    {
        "-", "--", "---", "–", "—", ".", "..", "...", "*", "/", "?", "na", "n/a", "n.a.", "#n/a", "#na", "<na>", "nan",
        "-nan", "none", "nil", "null", "(null)", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "-∞",
        "#div/0!", "#value!", "#ref!", "#num!", "nat",
    };

    /// <summary>Tells what a field looks like.</summary>
    /// <param name="text">The field, UTF-8.</param>
    /// <param name="format">The format of numbers.</param>
    /// <param name="value">Its number; NaN if it is none.</param>
    public static CsvLook At(ReadOnlySpan<byte> text, CsvNumberFormat format, out double value)
    {
        if (format.TryParse(text, out value) && double.IsFinite(value))
        {
            return Math.Abs(value) > LargestExactInteger && !text.ContainsAnyExcept(_ofIntegers)
                ? CsvLook.LongInteger
                : CsvLook.Number;
        }

        value = double.NaN;
        if (text.Length > Longest * 4)
        {
            return CsvLook.Text;
        }

        string shown = Encoding.UTF8.GetString(text);
        return _noValues.Contains(shown) ? CsvLook.NoValue
            : IsDate(shown) ? CsvLook.Date
            : IsNumber(shown) ? CsvLook.ForeignNumber
            : CsvLook.Text;
    }

    /// <summary>The options that would read a field as a number; empty if there are none.</summary>
    /// <param name="text">The field.</param>
    /// <param name="current">The format of the options.</param>
    public static string OptionsFor(string text, CsvNumberFormat current)
    {
        var ways = new List<string>();
        foreach (CsvNumberFormat format in _formats)
        {
            if (!format.TryParse(text, out double value) || !double.IsFinite(value))
            {
                continue;
            }

            string way = string.Join(", ", Settings(text, current, format));
            if (way.Length > 0 && !ways.Exists(known => known.StartsWith($"{way} to", StringComparison.Ordinal)))
            {
                ways.Add(string.Create(CultureInfo.InvariantCulture, $"{way} to read it as {value}"));
            }
        }

        return string.Join(", or ", ways);
    }

    /// <summary>The unit behind a number, such as the kg of 5.5 kg; null if there is none.</summary>
    /// <param name="text">The field, UTF-8.</param>
    /// <param name="format">The format of numbers.</param>
    public static string? UnitOf(ReadOnlySpan<byte> text, CsvNumberFormat format)
    {
        int end = text.LastIndexOfAnyInRange((byte)'0', (byte)'9') + 1;
        if (end == 0 || text.Length - end > Longest || !format.TryParse(text[..end], out _))
        {
            return null;
        }

        string unit = Encoding.UTF8.GetString(text[end..]).Trim();
        return unit.Length > 0 && (char.IsLetter(unit[0]) || unit[0] is '°' or 'µ' or '\'') ? unit : null;
    }

    private static IEnumerable<string> Settings(string text, CsvNumberFormat current, CsvNumberFormat wanted)
    {
        // A point that separates thousands is no decimal point any more.
        bool isDecimalTaken = wanted.ThousandsSeparator == current.DecimalSeparator
            && text.Contains(current.DecimalSeparator, StringComparison.Ordinal);
        if (wanted.DecimalSeparator != current.DecimalSeparator
            && (isDecimalTaken || text.Contains(wanted.DecimalSeparator, StringComparison.Ordinal)))
        {
            yield return $"{nameof(CsvOptions.DecimalSeparator)} = '{wanted.DecimalSeparator}'";
        }

        if (wanted.ThousandsSeparator is { } thousands && thousands != current.ThousandsSeparator
            && text.Any(character => CsvNumberFormat.IsSeparator(character, thousands)))
        {
            string shown = thousands == '\'' ? @"\'" : thousands.ToString();
            yield return $"{nameof(CsvOptions.ThousandsSeparator)} = '{shown}'";
        }

        if (!current.Percent && text.Contains('%', StringComparison.Ordinal))
        {
            yield return $"{nameof(CsvOptions.AllowPercent)} = true";
        }

        if (!current.Currency && text.Any(
            character => char.IsAsciiLetterUpper(character) && character != 'E'
            || char.GetUnicodeCategory(character) == UnicodeCategory.CurrencySymbol))
        {
            yield return $"{nameof(CsvOptions.AllowCurrency)} = true";
        }

        if (!current.Accounting && (text[0] == '(' || text[^1] is '-' or '\u2212'))
        {
            yield return $"{nameof(CsvOptions.AllowAccounting)} = true";
        }
    }

    private static bool IsNumber(string text) =>
        Array.Exists(_formats, format => format.TryParse(text, out _)) || UnusualNumber().IsMatch(text);

    private static bool IsDate(string text)
    {
        if (Time().IsMatch(text) || NamedMonth().IsMatch(text))
        {
            return true;
        }

        Match match = NumericDate().Match(text);
        return match.Success
            && (IsDayAndMonth(match.Groups["m"], match.Groups["d"])
            || IsDayAndMonth(match.Groups["d"], match.Groups["m"]));
    }

    // A date may have no day, such as 2024-03.
    private static bool IsDayAndMonth(Group month, Group day) =>
        (!month.Success || InRange(month.ValueSpan, 12)) && (!day.Success || InRange(day.ValueSpan, 31));

    private static bool InRange(ReadOnlySpan<char> text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
        && value >= 1 && value <= most;

    // 2024-03-01, 2024/3/1, 2024-03, 01.03.2024, 1.3.24, 3/1/2024, 03/2024, each with a time or without.
    [GeneratedRegex(
        """
        ^(?:[12][0-9]{3}(?<s>[-/.])(?<m>[0-9]{1,2})(?:\k<s>(?<d>[0-9]{1,2}))?
        |(?<d>[0-9]{1,2})(?<t>[-/.])(?<m>[0-9]{1,2})\k<t>(?:[12][0-9]{3}|[0-9]{2})
        |(?<m>[0-9]{1,2})[-/][12][0-9]{3})
        (?:[T\ ,]{1,2}[0-9]{1,2}:[0-9]{2}.{0,24})?Z?$
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NumericDate();

    [GeneratedRegex(
        """^[+-]?[0-9]{1,3}:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?(?:\ ?[AaPp]\.?[Mm]\.?)?Z?$""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    // 1 March 2024, Mar 1, 2024, 01-Mar-24, Fri, 01 Mar 2024 12:00:00 GMT; in English.
    [GeneratedRegex(
        """
        ^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\ )?
        (?:[0-9]{1,2}(?:st|nd|rd|th|\.)?[-\ /]?)?
        (?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?
        |Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?[-\ /,]{0,2}
        (?:[0-9]{1,2}(?:st|nd|rd|th)?,?[-\ /]{1,2})?(?:[12][0-9]{3}|[0-9]{2})
        (?:[T\ ,]{1,2}[0-9]{1,2}:[0-9]{2}.{0,24})?$
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NamedMonth();

    // Hexadecimal, with underscores, in quotation marks, with a Fortran exponent, in digits of another script.
    [GeneratedRegex(
        """
        ^[+-]?(?:0[xX][0-9a-fA-F]+|[0-9]+(?:_[0-9]+)+|[0-9]+\.?[0-9]*[dD][+-]?[0-9]+|['"][+-]?[0-9]+(?:[.,][0-9]+)?['"]
        |(?=\d*[^0-9])\d+(?:[.,\u066B]\d+)?)$
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex UnusualNumber();
}
