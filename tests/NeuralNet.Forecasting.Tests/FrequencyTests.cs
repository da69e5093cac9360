using System.Globalization;
using NeuralNet.Forecasting.Series;

namespace NeuralNet.Forecasting.Tests;

public sealed class FrequencyTests
{
    public static TheoryData<Frequency, string, string, int> Steps { get; } = new()
    {
        { Frequency.Daily, "2020-02-28", "2020-03-01", 2 },
        { Frequency.Daily, "2020-03-01", "2020-02-28", -2 },
        { Frequency.Hourly, "2020-01-01 22:00", "2020-01-02 01:00", 3 },
        { Frequency.Weekly, "2020-01-01", "2020-01-22", 3 },
        { Frequency.Monthly, "2019-11-03", "2020-02-03", 3 },
        { Frequency.Quarterly, "2020-10-01", "2019-10-01", -4 },
        { Frequency.Yearly, "1999-05-05", "2020-05-05", 21 },
        { Frequency.Every(TimeSpan.FromMinutes(15)), "2020-01-01", "2020-01-01 01:15", 5 },
        { Frequency.EveryMonths(2), "2020-12-31", "2021-02-28", 1 },
        { Frequency.Monthly.AtMonthEnd(), "2020-02-29", "2020-04-30", 2 },
        { Frequency.Weekdays, "2020-01-03", "2020-01-06", 1 },
        { Frequency.Weekdays, "2020-01-06", "2020-01-03", -1 },
        { Frequency.Weekdays, "2020-01-01", "2020-01-31", 22 },
        { Frequency.Weekdays, "2020-01-31 12:00", "2020-01-01 12:00", -22 },
    };

    public static TheoryData<Frequency, string, string> NoSteps { get; } = new()
    {
        { Frequency.Daily, "2020-01-01", "2020-01-02 06:00" },
        { Frequency.Monthly, "2020-01-01", "2020-02-02" },
        { Frequency.Quarterly, "2020-01-01", "2020-02-01" },
        { Frequency.Monthly.AtMonthEnd(), "2020-01-31", "2020-02-28" },
        { Frequency.Weekdays, "2020-01-03", "2020-01-04" },
        { Frequency.Weekdays, "2020-01-04", "2020-01-06" },
        { Frequency.Weekdays, "2020-01-03", "2020-01-06 01:00" },
    };

    public static TheoryData<string, string[]> Inferred { get; } = new()
    {
        { "daily", ["2020-01-01", "2020-01-02", "2020-01-03", "2020-01-06"] },
        { "on weekdays", ["2020-01-02", "2020-01-03", "2020-01-06", "2020-01-07", "2020-01-08", "2020-01-09"] },
        { "weekly", ["2020-01-02", "2020-01-09", "2020-01-16"] },
        { "monthly", ["2020-01-01", "2020-02-01", "2020-03-01", "2020-05-01"] },
        { "every 3 months", ["2020-01-01", "2020-04-01", "2020-07-01"] },
        { "yearly", ["2019-06-01", "2020-06-01", "2021-06-01"] },
        { "at the ends of months", ["2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30"] },
        { "hourly", ["2020-01-01 00:00", "2020-01-01 01:00", "2020-01-01 02:00"] },
        { "every 00:15:00", ["2020-01-01 00:00", "2020-01-01 00:15", "2020-01-01 00:45", "2020-01-01 01:00"] },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Steps_are_counted_and_taken(Frequency frequency, string from, string to, int steps)
    {
        frequency.Steps(Time(from), Time(to)).Should().Be(steps);
        frequency.Add(Time(from), steps).Should().Be(Time(to));
    }

    [Theory]
    [MemberData(nameof(NoSteps))]
    public void What_is_no_whole_number_of_steps_has_none(Frequency frequency, string from, string to) =>
        frequency.Steps(Time(from), Time(to)).Should().BeNull();

    [Theory]
    [MemberData(nameof(Inferred))]
    public void The_most_frequent_distance_is_found(string expected, string[] times) =>
        FrequencyInference.Infer(Array.ConvertAll(times, Time))!.ToString().Should().Be(expected);

    [Theory]
    [InlineData("2020-01-01")]
    [InlineData("2020-01-01", "2020-01-02", "2020-01-04", "2020-01-07")]
    public void Dates_at_unequal_distances_have_no_frequency(params string[] times) =>
        FrequencyInference.Infer(Array.ConvertAll(times, Time)).Should().BeNull();

    [Fact]
    public void A_frequency_is_read_as_it_is_written()
    {
        foreach (Frequency frequency in (Frequency[])
            [
                Frequency.Hourly, Frequency.Daily, Frequency.Weekdays, Frequency.Weekly, Frequency.Monthly,
                Frequency.Yearly, Frequency.Monthly.AtMonthEnd(), Frequency.Every(TimeSpan.FromTicks(17)),
            ])
        {
            Frequency.Parse(frequency.Code).Should().Be(frequency);
        }

        foreach (string wrong in (string[])["", "m", "0m", "-1m", "00:00:00", "daily", "1.5m"])
        {
            FluentActions.Invoking(() => Frequency.Parse(wrong)).Should().Throw<FormatException>(wrong);
        }
    }

    [Fact]
    public void A_season_is_as_long_as_usual()
    {
        (Frequency Frequency, int Period)[] expected =
        [
            (Frequency.Hourly, 24), (Frequency.Every(TimeSpan.FromMinutes(15)), 96), (Frequency.Daily, 7),
            (Frequency.Weekdays, 5), (Frequency.Weekly, 52), (Frequency.Monthly, 12), (Frequency.Quarterly, 4),
            (Frequency.Yearly, 1), (Frequency.EveryMonths(5), 1), (Frequency.Every(TimeSpan.FromDays(3)), 1),
            (Frequency.Every(TimeSpan.FromHours(7)), 1),
        ];
        foreach ((Frequency frequency, int period) in expected)
        {
            frequency.UsualPeriod.Should().Be(period, frequency.ToString());
        }

        FluentActions.Invoking(() => Frequency.Every(TimeSpan.Zero)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Frequency.EveryMonths(0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
