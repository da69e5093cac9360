namespace NeuralNet.Forecasting.Windows;

/// <summary>Computes calendar features.</summary>
internal static class CalendarFeatures
{
    /// <summary>Number of features of a part: a sine and a cosine.</summary>
    public const int PerPart = 2;

    /// <summary>Writes the features of a time.</summary>
    public static void Write(IReadOnlyList<CalendarPart> parts, DateTime time, Span<double> features)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * Share(parts[i], time));
            features[PerPart * i] = sine;
            features[(PerPart * i) + 1] = cosine;
        }
    }

    /// <summary>The share of its round that has passed, from 0 to below 1.</summary>
    public static double Share(CalendarPart part, DateTime time)
    {
        double ofDay = time.TimeOfDay / TimeSpan.FromDays(1);
        return part switch
        {
            CalendarPart.DayOfYear =>
                (time.DayOfYear - 1 + ofDay) / (DateTime.IsLeapYear(time.Year) ? 366 : 365),
            CalendarPart.MonthOfYear => (time.Month - 1) / 12.0,
            CalendarPart.DayOfMonth => (time.Day - 1 + ofDay) / DateTime.DaysInMonth(time.Year, time.Month),
            CalendarPart.DayOfWeek => (int)time.DayOfWeek / 7.0,
            CalendarPart.HourOfDay => ofDay,
            _ => throw new ArgumentOutOfRangeException(nameof(part), part, $"There is no part {part} of a date."),
        };
    }
}
