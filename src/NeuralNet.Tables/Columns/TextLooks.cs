using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NeuralNet.Tables.Columns;

/// <summary>Tells numbers, dates and names apart, and finds the options that would read a field as a number.</summary>
internal static partial class TextLooks
{
    private const int Longest = 64;

    // From here on a double skips integers: 9007199254740993 becomes 9007199254740992.
    private const double FirstInexactInteger = 1L << 53;

    private static readonly NumberFormat[] _formats =
    [
        .. from decimalSeparator in new[] { '.', ',' }
           from thousandsSeparator in new char?[] { null, ',', '.', ' ', '\'' }
           where thousandsSeparator != decimalSeparator
           select new NumberFormat(decimalSeparator, thousandsSeparator),
    ];

    private static readonly HashSet<string> _noValues = new(StringComparer.OrdinalIgnoreCase)
    {
        "-", "--", "---", "–", "—", ".", "..", "...", "*", "/", "?", "na", "n/a", "n.a.", "#n/a", "#na", "<na>", "nan",
        "-nan", "none", "nil", "null", "(null)", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "-∞",
        "#div/0!", "#value!", "#ref!", "#num!", "nat",
    };

    /// <summary>Finds the kind of text that a field holds.</summary>
    /// <param name="text">The field, UTF-8.</param>
    /// <param name="format">The format of numbers.</param>
    /// <param name="value">Its number; NaN if it is none.</param>
    public static TextLook At(ReadOnlySpan<byte> text, NumberFormat format, out double value)
    {
        if (format.TryParse(text, out value) && double.IsFinite(value))
        {
            return Math.Abs(value) >= FirstInexactInteger && !HasExponent(text)
                ? TextLook.LongInteger
                : TextLook.Number;
        }

        value = double.NaN;
        if (text.Length > Longest * 4)
        {
            return TextLook.Text;
        }

        string shown = Encoding.UTF8.GetString(text);
        return _noValues.Contains(shown) ? TextLook.NoValue
            : BooleanTexts.IsClear(shown) ? TextLook.Boolean
            : DateTexts.IsDate(shown) ? TextLook.Date
            : IsNumber(shown) ? TextLook.ForeignNumber
            : TextLook.Text;
    }

    /// <summary>The options that would read a field as a number; empty if there are none.</summary>
    /// <param name="text">The field.</param>
    /// <param name="current">The format of the options.</param>
    public static string OptionsFor(string text, NumberFormat current)
    {
        var ways = new List<string>();
        foreach (NumberFormat format in _formats)
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

    private static IEnumerable<string> Settings(string text, NumberFormat current, NumberFormat wanted)
    {
        // A point that separates thousands is no decimal point any more.
        bool isDecimalTaken = wanted.ThousandsSeparator == current.DecimalSeparator
            && text.Contains(current.DecimalSeparator, StringComparison.Ordinal);
        if (wanted.DecimalSeparator != current.DecimalSeparator
            && (isDecimalTaken || text.Contains(wanted.DecimalSeparator, StringComparison.Ordinal)))
        {
            yield return $"{nameof(TableOptions.DecimalSeparator)} = '{wanted.DecimalSeparator}'";
        }

        if (wanted.ThousandsSeparator is { } thousands && thousands != current.ThousandsSeparator
            && text.Any(character => NumberFormat.IsSeparator(character, thousands)))
        {
            string shown = thousands == '\'' ? @"\'" : thousands.ToString();
            yield return $"{nameof(TableOptions.ThousandsSeparator)} = '{shown}'";
        }

        if (!current.Percent && text.Contains('%', StringComparison.Ordinal))
        {
            yield return $"{nameof(TableOptions.AllowPercent)} = true";
        }

        if (!current.Currency && text.Any(
            character => char.IsAsciiLetterUpper(character) && character != 'E'
            || char.GetUnicodeCategory(character) == UnicodeCategory.CurrencySymbol))
        {
            yield return $"{nameof(TableOptions.AllowCurrency)} = true";
        }

        if (!current.Accounting && (text[0] == '(' || text[^1] is '-' or '\u2212'))
        {
            yield return $"{nameof(TableOptions.AllowAccounting)} = true";
        }
    }

    // What is written with an exponent, such as 5.97e24, is a measurement, which may be rounded.
    private static bool HasExponent(ReadOnlySpan<byte> text)
    {
        int at = text.LastIndexOfAny((byte)'e', (byte)'E');
        return at > 0 && at + 1 < text.Length
            && (char.IsAsciiDigit((char)text[at - 1]) || char.IsPunctuation((char)text[at - 1]))
            && !char.IsAsciiLetter((char)text[at + 1]);
    }

    private static bool IsNumber(string text) =>
        Array.Exists(_formats, format => format.TryParse(text, out _)) || UnusualNumber().IsMatch(text);

    // Hexadecimal, with underscores, in quotation marks, with a Fortran exponent, in digits of another script.
    [GeneratedRegex(
        """
        ^[+-]?(?:0[xX][0-9a-fA-F]+|[0-9]+(?:_[0-9]+)+|[0-9]+\.?[0-9]*[dD][+-]?[0-9]+|['"][+-]?[0-9]+(?:[.,][0-9]+)?['"]
        |(?=\d*[^0-9])\d+(?:[.,\u066B]\d+)?)$
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex UnusualNumber();
}
