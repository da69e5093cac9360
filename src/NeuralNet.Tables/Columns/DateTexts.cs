using System.Globalization;
using System.Text.RegularExpressions;

namespace NeuralNet.Tables.Columns;

/// <summary>Recognizes and reads dates and times.</summary>
internal static partial class DateTexts
{
    private const string Month =
        """
        (?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?
        |Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)
        """;

    private const int YearLength = 4;

    private const RegexOptions Named =
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace;

    /// <summary>
    /// The formats of dates whose order is clear, year, month and day, by their shape: the separator, whether there is
    /// a time, and whether a T stands before it. So a text is tried with few of them.
    /// </summary>
    private static readonly ILookup<(char Separator, bool HasTime, bool HasT), string> _clear = (
        from separator in new[] { '-', '/', '.' }
        from time in new[] { "", " H:m", " H:m:s", " H:m:s.FFFFFFF", "'T'H:m", "'T'H:m:s", "'T'H:m:s.FFFFFFF" }
        from zone in time.Length == 0 ? [""] : new[] { "", "K", " K" }
        from day in time.Length == 0 && separator != '.' ? new[] { $"{separator}d", "" } : [$"{separator}d"]
        select (
            Shape: (separator, time.Length > 0, time.StartsWith('\'')), Format: $"yyyy{separator}M{day}{time}{zone}"))
        .ToLookup(format => format.Shape, format => format.Format);

    /// <summary>Formats that a message proposes.</summary>
    private static readonly string[] _proposed =
    [
        .. from date in new[]
           {
               "d.M.yyyy", "d/M/yyyy", "M/d/yyyy", "d-M-yyyy", "M-d-yyyy", "d.M.yy", "d/M/yy", "M/d/yy", "yyyyMMdd",
               "d MMM yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy", "d-MMM-yyyy", "d-MMM-yy", "M/yyyy",
               "MMM yyyy", "MMM-yyyy",
           }
           from time in new[] { "", " H:mm", " H:mm:ss", " h:mm tt", " h:mm:ss tt" }
           select date + time,
        "H:mm", "H:mm:ss", "h:mm tt", "yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmmssK",
    ];

    /// <summary>Reads a date or a time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="format">Its format; null for the order of year, month and day.</param>
    /// <param name="value">The date and the time as written, whatever the zone.</param>
    /// <returns>True if it is one.</returns>
    public static bool TryParse(string text, string? format, out DateTime value)
    {
        try
        {
            return TryParseExact(text, format, out value);
        }
        catch (FormatException)
        {
            // A format that is none, such as one of a damaged model.
            value = default;
            return false;
        }
    }

    private static bool TryParseExact(string text, string? format, out DateTime value)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        if (format is null or "O" or "o" || format.AsSpan().ContainsAny('K', 'z'))
        {
            string[] formats = format is null ? ClearFormats(text) : [format];
            bool isMoment = DateTimeOffset.TryParseExact(
                text, formats, culture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment);

            // A time without a date has that of today, which would change a model from day to day.
            bool hasDate = format is null or { Length: 1 } || format.AsSpan().ContainsAny('d', 'M', 'y');
            value = hasDate ? moment.DateTime : DateTime.MinValue + moment.TimeOfDay;
            return isMoment;
        }

        // A time without a date is that of the first day of all; by default the framework takes today.
        return DateTime.TryParseExact(text, format, culture, DateTimeStyles.NoCurrentDateDefault, out value);
    }

    private static string[] ClearFormats(string text) => text.Length <= YearLength
        ? []
        : [.. _clear[(text[YearLength], text.Contains(':'), text.Contains('T'))]];

    /// <summary>The formats that read all of some texts, of the usual ones.</summary>
    public static IEnumerable<string> FormatsFor(IReadOnlyList<string> texts) => _proposed
        .Where(format => texts.All(text => TryParse(text, format, out _)));

    /// <summary>True if a text is a date, a time, or both.</summary>
    /// <param name="text">The text.</param>
    public static bool IsDate(string text)
    {
        if (Time().IsMatch(text) || NamedMonth().IsMatch(text) || ShortNamedMonth().IsMatch(text)
            || PartOfYear().IsMatch(text))
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

    // 2024-03-01, 2024/3/1, 2024-03, 2024:03:01, 20240301T120000Z, 01.03.2024, 1.3.24, 3/1/2024, 03/2024, each but the
    // fifth with a time or without.
    [GeneratedRegex(
        """
        ^(?:[12][0-9]{3}(?<s>[-/.])(?<m>[0-9]{1,2})(?:\k<s>(?<d>[0-9]{1,2}))?
        |[12][0-9]{3}(?<s>[_:\ ])(?<m>[0-9]{1,2})\k<s>(?<d>[0-9]{1,2})
        |[12][0-9]{3}(?<m>[0-9]{2})(?<d>[0-9]{2})(?=T[0-9])(?:T[0-9]{4,6}[0-9.,:+-]{0,12}$)?
        |(?<d>[0-9]{1,2})(?<t>[-/.])(?<m>[0-9]{1,2})\k<t>(?:[12][0-9]{3}|[0-9]{2})
        |(?<m>[0-9]{1,2})[-/][12][0-9]{3})
        (?:[T\ ,-]{1,3}[0-9]{1,2}(?::[0-9]{2}.{0,24})?|T[0-9]{4,6}[0-9.,:+-]{0,12})?Z?$
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NumericDate();

    [GeneratedRegex(
        """^[+-]?[0-9]{1,3}:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?(?:\ ?[AaPp]\.?[Mm]\.?)?Z?$""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    // 1 March 2024, Mar 1, 2024, 01-Mar-24, Fri, 01 Mar 2024 12:00:00 GMT; in English.
    [GeneratedRegex(
        $"""
        ^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\ )?
        (?:[0-9]{"{1,2}"}(?:st|nd|rd|th|\.)?[-\ /]?)?
        {Month}\.?[-\ /,]{"{0,2}"}
        (?:[0-9]{"{1,2}"}(?:st|nd|rd|th)?,?[-\ /]{"{1,2}"})?(?:[12][0-9]{"{3}"}|[0-9]{"{2}"})
        (?:[T\ ,]{"{1,2}"}[0-9]{"{1,2}"}:[0-9]{"{2}"}.{"{0,24}"})?$
        """,
        Named)]
    private static partial Regex NamedMonth();

    // 2024-Mar-01, 5-Mar, Mar 5, Fri Mar 01 12:00:00 +0000 2024.
    [GeneratedRegex(
        $"""
        ^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\ )?
        (?:[12][0-9]{"{3}"}[-\ /,]{"{1,2}"}{Month}\.?[-\ /]{"{1,2}"}[0-9]{"{1,2}"}
        |[0-9]{"{1,2}"}(?:st|nd|rd|th|\.)?[-\ /]{"{0,2}"}{Month}\.?
        |{Month}\.?[-\ /]{"{1,2}"}[0-9]{"{1,2}"}(?:st|nd|rd|th)?)
        (?:[T\ ,]{"{1,2}"}[0-9]{"{1,2}"}:[0-9]{"{2}"}.{"{0,24}"})?$
        """,
        Named)]
    private static partial Regex ShortNamedMonth();

    // 2024-W05, 2024-W05-1, 2024-060, 2024Q1, Q1 2024.
    [GeneratedRegex(
        """
        ^(?:[12][0-9]{3}-?W[0-5][0-9](?:-?[1-7])?|[12][0-9]{3}-[0-3][0-9]{2}
        |[12][0-9]{3}[-\ ]?Q[1-4]|Q[1-4][-\ /]?[12][0-9]{3})$
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex PartOfYear();
}
