using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.Forecasting;

/// <summary>The time from one step of a series to the next, such as a day or a month.</summary>
/// <remarks>
/// A month is a step of the calendar, from the 3rd to the 3rd; in a series of the last days of months it is from last
/// day to last day. <see cref="Weekdays"/> has no steps on Saturdays and Sundays.
/// </remarks>
public sealed record Frequency
{
    private const string WeekdaysCode = "weekdays";
    private const string MonthEndMark = "end";

    private readonly TimeSpan _span;
    private readonly int _months;
    private readonly bool _atMonthEnd;

    private Frequency(TimeSpan span, int months, bool atMonthEnd)
    {
        _span = span;
        _months = months;
        _atMonthEnd = atMonthEnd;
    }

    /// <summary>A step an hour.</summary>
    public static Frequency Hourly { get; } = Every(TimeSpan.FromHours(1));

    /// <summary>A step a day.</summary>
    public static Frequency Daily { get; } = Every(TimeSpan.FromDays(1));

    /// <summary>A step a day from Monday to Friday.</summary>
    public static Frequency Weekdays { get; } = new(TimeSpan.Zero, 0, false);

    /// <summary>A step every seven days.</summary>
    public static Frequency Weekly { get; } = Every(TimeSpan.FromDays(7));

    /// <summary>A step a month.</summary>
    public static Frequency Monthly { get; } = EveryMonths(1);

    /// <summary>A step every three months.</summary>
    public static Frequency Quarterly { get; } = EveryMonths(3);

    /// <summary>A step a year.</summary>
    public static Frequency Yearly { get; } = EveryMonths(12);

    /// <summary>
    /// The steps of the season that such series usually have: 24 of hours, 7 of days, 5 of weekdays, 52 of weeks, 12 of
    /// months, 4 of quarters; 1, no season, of others.
    /// </summary>
    public int UsualPeriod =>
        this == Weekdays ? 5
        : _months > 0 ? (12 % _months == 0 ? 12 / _months : 1)
        : _span == TimeSpan.FromDays(7) ? 52
        : _span == TimeSpan.FromDays(1) ? 7
        : _span < TimeSpan.FromDays(1) && TimeSpan.TicksPerDay % _span.Ticks == 0
            ? (int)Math.Min(int.MaxValue, TimeSpan.TicksPerDay / _span.Ticks)
            : 1;

    /// <summary>Steps of one length of time, such as 15 minutes.</summary>
    /// <param name="span">The length, above 0.</param>
    /// <returns>The frequency.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is not above 0.</exception>
    public static Frequency Every(TimeSpan span) =>
        span > TimeSpan.Zero
            ? new(span, 0, false)
            : throw new ArgumentOutOfRangeException(nameof(span), span, $"A step must last, but it is {span} long.");

    /// <summary>Steps of some months.</summary>
    /// <param name="months">Number of months, at least 1.</param>
    /// <returns>The frequency.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public static Frequency EveryMonths(int months) => new(TimeSpan.Zero, Require.AtLeast(months, 1), false);

    /// <summary>The time some steps after another.</summary>
    /// <param name="time">The time of a step.</param>
    /// <param name="steps">Number of steps; negative for earlier ones.</param>
    /// <returns>The time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is no date of the calendar.</exception>
    public DateTime Add(DateTime time, int steps)
    {
        if (_months > 0)
        {
            DateTime moved = time.AddMonths(checked(steps * _months));
            return _atMonthEnd
                ? moved.AddDays(DateTime.DaysInMonth(moved.Year, moved.Month) - moved.Day)
                : moved;
        }

        if (_span > TimeSpan.Zero)
        {
            return new(checked(time.Ticks + (_span.Ticks * steps)), time.Kind);
        }

        // From the Monday of the week of a weekday.
        int day = ((int)time.DayOfWeek + 6) % 7;
        long weekdays = (long)day + steps;
        long weeks = (long)Math.Floor(weekdays / 5.0);
        return time.AddDays(-day + (7 * weeks) + (weekdays - (5 * weeks)));
    }

    /// <summary>The number of steps from one time to another.</summary>
    /// <param name="from">The time of a step.</param>
    /// <param name="to">Another time.</param>
    /// <returns>The number, negative if the other is earlier; null if it is no whole number of steps away.</returns>
    public int? Steps(DateTime from, DateTime to)
    {
        long steps;
        if (_months > 0)
        {
            steps = ((12L * (to.Year - from.Year)) + to.Month - from.Month) / _months;
        }
        else if (_span > TimeSpan.Zero)
        {
            steps = (to.Ticks - from.Ticks) / _span.Ticks;
        }
        else
        {
            int start = ((int)from.DayOfWeek + 6) % 7;
            int end = ((int)to.DayOfWeek + 6) % 7;
            double weeks = ((to.Date - from.Date).TotalDays - end + start) / 7;
            steps = (long)Math.Round(weeks * 5) + end - start;
        }

        return steps is > int.MinValue and < int.MaxValue && IsStep(from) && Add(from, (int)steps) == to
            ? (int)steps
            : null;
    }

    /// <summary>The frequency in words.</summary>
    /// <returns>For example <c>daily</c>, <c>every 3 months</c> or <c>every 00:15:00</c>.</returns>
    public override string ToString() =>
        this == Weekdays ? "on weekdays"
        : _months == 12 ? "yearly"
        : _months == 1 ? (_atMonthEnd ? "at the ends of months" : "monthly")
        : _months > 0 ? string.Create(CultureInfo.InvariantCulture, $"every {_months} months")
        : this == Hourly ? "hourly"
        : this == Daily ? "daily"
        : this == Weekly ? "weekly"
        : $"every {_span.ToString("c", CultureInfo.InvariantCulture)}";

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    internal string Code =>
        this == Weekdays ? WeekdaysCode
        : _months > 0 ? string.Create(CultureInfo.InvariantCulture, $"{_months}m{(_atMonthEnd ? MonthEndMark : "")}")
        : _span.ToString("c", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Code"/> wrote.</summary>
    /// <exception cref="FormatException">It is no frequency.</exception>
    internal static Frequency Parse(string code)
    {
        if (code == WeekdaysCode)
        {
            return Weekdays;
        }

        bool atMonthEnd = code.EndsWith(MonthEndMark, StringComparison.Ordinal);
        string months = atMonthEnd ? code[..^MonthEndMark.Length] : code;
        if (months.EndsWith('m')
            && int.TryParse(months[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0)
        {
            return new(TimeSpan.Zero, count, atMonthEnd);
        }

        return TimeSpan.TryParseExact(code, "c", CultureInfo.InvariantCulture, out TimeSpan span)
            && span > TimeSpan.Zero
            ? Every(span)
            : throw new FormatException($"'{MessageText.Shortened(code)}' is no frequency");
    }

    /// <summary>The same months, from last day to last day.</summary>
    internal Frequency AtMonthEnd() => new(_span, _months, atMonthEnd: true);

    // A weekend is no step of weekdays.
    private bool IsStep(DateTime time) =>
        _months > 0 || _span > TimeSpan.Zero || time.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
