using System.Globalization;
using System.Text.RegularExpressions;

namespace NeuralNet.Data.Csv;

/// <summary>Recognizes dates and times.</summary>
internal static partial class CsvDates
{
    private const string Month =
        """
        (?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?
        |Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)
        """;

    private const RegexOptions Named =
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace;

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
