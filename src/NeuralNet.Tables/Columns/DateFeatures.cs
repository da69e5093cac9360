namespace NeuralNet.Tables.Columns;

/// <summary>The parts of a date as numbers.</summary>
internal static class DateFeatures
{
    /// <summary>The parts that are features where the options say none.</summary>
    public const DateParts Usual = DateParts.Month | DateParts.Weekday | DateParts.Hour;

    /// <summary>All parts together.</summary>
    public const DateParts Whole = Usual | DateParts.Year | DateParts.Day | DateParts.Time;

    /// <summary>All parts, in the order of their features.</summary>
    public static readonly IReadOnlyList<DateParts> All =
        [DateParts.Year, DateParts.Month, DateParts.Day, DateParts.Weekday, DateParts.Hour, DateParts.Time];

    /// <summary>The number of a part of a date; NaN if it is missing.</summary>
    public static double Value(DateTime? date, DateParts part) => date is not { } value ? double.NaN : part switch
    {
        DateParts.Year => value.Year,
        DateParts.Month => value.Month,
        DateParts.Day => value.Day,
        DateParts.Weekday => ((int)value.DayOfWeek + 6) % 7,
        DateParts.Hour => value.TimeOfDay.TotalHours,
        _ => (value - DateTime.UnixEpoch).TotalDays,
    };

    /// <summary>The period after which a part begins again; null if it goes on.</summary>
    public static double? Period(DateParts part) => part switch
    {
        DateParts.Month => 12,
        DateParts.Day => 31,
        DateParts.Weekday => 7,
        DateParts.Hour => 24,
        _ => null,
    };

    /// <summary>The name of the feature of a part, such as <c>pickup.hour</c>.</summary>
    public static string Name(string column, DateParts part) =>
        $"{column}.{part.ToString().ToLowerInvariant()}";
}
