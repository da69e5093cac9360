namespace NeuralNet.Forecasting;

/// <summary>
/// A part of the date or the time that goes round. It becomes two features, the sine and the cosine of its angle, so
/// that December lies beside January. Such features are known in advance.
/// </summary>
public enum CalendarPart
{
    /// <summary>The time of the year: the share of the year that has passed, which tells summer from winter.</summary>
    DayOfYear,

    /// <summary>The month of the year, which goes round after 12.</summary>
    MonthOfYear,

    /// <summary>The day of the month: the share of the month that has passed.</summary>
    DayOfMonth,

    /// <summary>The day of the week, which goes round after 7.</summary>
    DayOfWeek,

    /// <summary>The time of the day, with minutes and seconds, which goes round after 24 hours.</summary>
    HourOfDay,
}
