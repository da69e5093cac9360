namespace NeuralNet.Forecasting.Series;

/// <summary>Finds the frequency of dates.</summary>
internal static class FrequencyInference
{
    private const int ShortestMonth = 28;

    /// <summary>
    /// The most frequent distance of successive dates; the shortest of several. Null if there are fewer than two dates,
    /// or if no distance is that of at least half of them.
    /// </summary>
    /// <param name="times">The dates, ascending.</param>
    public static Frequency? Infer(ReadOnlySpan<DateTime> times)
    {
        if (times.Length < 2)
        {
            return null;
        }

        if (OfMonths(times) is { } months)
        {
            return months;
        }

        long[] distances = new long[times.Length - 1];
        for (int i = 0; i < distances.Length; i++)
        {
            distances[i] = times[i + 1].Ticks - times[i].Ticks;
        }

        if (MostFrequent(distances) is not { } ticks)
        {
            return null;
        }

        return ticks == TimeSpan.TicksPerDay && AreWeekdays(times)
            ? Frequency.Weekdays
            : Frequency.Every(TimeSpan.FromTicks(ticks));
    }

    private static Frequency? OfMonths(ReadOnlySpan<DateTime> times)
    {
        bool sameDay = true;
        bool lastDay = true;
        long[] distances = new long[times.Length - 1];
        for (int i = 0; i < times.Length; i++)
        {
            sameDay &= times[i].Day == times[0].Day && times[i].TimeOfDay == times[0].TimeOfDay;
            lastDay &= times[i].Day == DateTime.DaysInMonth(times[i].Year, times[i].Month)
                && times[i].TimeOfDay == times[0].TimeOfDay;
            if (i > 0)
            {
                distances[i - 1] = (12L * (times[i].Year - times[i - 1].Year)) + times[i].Month - times[i - 1].Month;
                sameDay &= (times[i] - times[i - 1]).TotalDays >= ShortestMonth;
            }
        }

        if ((!sameDay && !lastDay) || MostFrequent(distances) is not ({ } months and > 0))
        {
            return null;
        }

        var frequency = Frequency.EveryMonths((int)months);
        return sameDay ? frequency : frequency.AtMonthEnd();
    }

    private static bool AreWeekdays(ReadOnlySpan<DateTime> times)
    {
        foreach (DateTime time in times)
        {
            if (time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            {
                return false;
            }
        }

        // Within one week nothing tells weekdays from days.
        return (times[^1] - times[0]).TotalDays >= 7;
    }

    private static long? MostFrequent(long[] distances)
    {
        (long distance, int count) = distances.CountBy(one => one)
            .Select(pair => (pair.Key, pair.Value)).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
            .First();
        return 2 * count >= distances.Length ? distance : null;
    }
}
