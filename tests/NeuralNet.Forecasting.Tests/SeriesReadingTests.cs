using NeuralNet.Tables;

namespace NeuralNet.Forecasting.Tests;

public sealed class SeriesReadingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("series-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_with_a_column_of_dates_is_a_series()
    {
        string path = Path.Combine(_folder, "passengers.csv");
        File.WriteAllLines(path, ["Month,Passengers,Note", "1949-01,112,a", "1949-02,118,b", "1949-03,132,a"]);
        TimeSeries series = TimeSeries.FromCsv(path, time: "Month");
        series.Columns.Should().Equal("Passengers");
        series["Passengers"].ToArray().Should().Equal(112, 118, 132);
        series.Frequency.Should().Be(Frequency.Monthly);
        (series.Start, series.End).Should().Be((new DateTime(1949, 1, 1), new DateTime(1949, 3, 1)));
        series.TimeAt(3).Should().Be(new DateTime(1949, 4, 1));
        series.ToString().Should().Be("Passengers: 3 steps, monthly, 1949-01-01 to 1949-03-01");
        FluentActions.Invoking(() => series["passengers"].Length).Should().Throw<ArgumentException>()
            .WithMessage("There is no column 'passengers'; there is Passengers.*");
    }

    [Fact]
    public void Missing_dates_are_refused_with_their_places()
    {
        Table table = Made.Table("d,y", "2020-01-01,1", "2020-01-02,2", "2020-01-03,3", "2020-01-05,5", "2020-01-08,8");
        FluentActions.Invoking(() => TimeSeries.FromTable(table, "d")).Should().Throw<InvalidDataException>()
            .WithMessage(
                "'made.csv' is daily, but 3 steps are missing: 2020-01-04 before line 5, 2020-01-06 before line 6 "
                + "(2 steps). Set SeriesOptions.Gaps to GapPolicy.CarryForward or Interpolate *");
    }

    [Fact]
    public void Missing_values_are_refused_with_their_places()
    {
        Table table = Made.Table("d,y,z", "2020-01-01,1,1", "2020-01-02,2,", "2020-01-03,3,");
        FluentActions.Invoking(() => TimeSeries.FromTable(table, "d")).Should().Throw<InvalidDataException>()
            .WithMessage("'made.csv': the value of 'z' at 2020-01-02 in line 3 is missing, and 1 more. Set *");
        TimeSeries.FromTable(table, "d", ["y"]).Count.Should().Be(3, "only columns that are read count");
    }

    [Fact]
    public void Dates_out_of_order_are_refused_unless_they_are_sorted()
    {
        Table table = Made.Table("d,y", "2020-01-02,2", "2020-01-01,1", "2020-01-03,3");
        FluentActions.Invoking(() => TimeSeries.FromTable(table, "d")).Should().Throw<InvalidDataException>()
            .WithMessage("'made.csv': 2020-01-01 in line 3 follows 2020-01-02; dates must ascend. *Sort = true*");
        TimeSeries sorted = TimeSeries.FromTable(table, "d", options: new() { Sort = true });
        sorted["y"].ToArray().Should().Equal(1, 2, 3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Double_dates_are_refused(bool sort)
    {
        Table table = Made.Table("d,y", "2020-01-01,1", "2020-01-02,2", "2020-01-02,3");
        FluentActions.Invoking(() => TimeSeries.FromTable(table, "d", options: new() { Sort = sort }))
            .Should().Throw<InvalidDataException>()
            .WithMessage("'made.csv': 2020-01-02 is the date of line 3 and of line 4; *name the column*");
    }

    [Fact]
    public void Unequal_distances_are_refused()
    {
        Table none = Made.Table("d,y", "2020-01-01,1", "2020-01-02,2", "2020-01-04,3", "2020-01-09,3");
        FluentActions.Invoking(() => TimeSeries.FromTable(none, "d")).Should().Throw<InvalidDataException>()
            .WithMessage("'made.csv': the dates are at unequal distances, such as 2020-01-01, 2020-01-02, 2020-01-04*");
        Table one = Made.Table("d,y", "2020-01-01,1", "2020-01-02,2", "2020-01-03 12:00,3", "2020-01-04 12:00,3");
        FluentActions.Invoking(() => TimeSeries.FromTable(one, "d")).Should().Throw<InvalidDataException>()
            .WithMessage("*2020-01-03 12:00:00 in line 4 is no whole number of steps after 2020-01-01*it is daily*");
        Table single = Made.Table("d,y", "2020-01-01,1");
        FluentActions.Invoking(() => TimeSeries.FromTable(single, "d")).Should().Throw<InvalidDataException>()
            .WithMessage("'made.csv' has one date, which tells no frequency; set SeriesOptions.Frequency.");
        TimeSeries.FromTable(single, "d", options: new() { Frequency = Frequency.Daily }).Count.Should().Be(1);
    }

    [Fact]
    public void A_wrong_year_is_no_gap()
    {
        Table table = Made.Table("d,y", "2020-01-01,1", "2020-01-02,2", "2202-01-03,3", "2202-01-04,3");
        FluentActions.Invoking(() => TimeSeries.FromTable(table, "d", options: new() { Gaps = GapPolicy.Break }))
            .Should().Throw<InvalidDataException>()
            .WithMessage("*between 2020-01-02 and 2202-01-03 in line 4 66,474 steps are missing*Correct the date*");
    }

    [Fact]
    public void A_column_of_dates_and_columns_of_numbers_are_what_they_must_be()
    {
        Table table = Made.Table("d,y,kind", "01/02/2020,1,a", "02/02/2020,2,b");
        FluentActions.Invoking(() => TimeSeries.FromTable(table, "d")).Should().Throw<InvalidDataException>()
            .WithMessage("'made.csv': column 'd' must hold the dates, but its first text is '01/02/2020'*DateFormat*");
        Table dates = Made.Table("d,y,kind", "2020-01-01,1,a", "2020-01-02,2,b");
        FluentActions.Invoking(() => TimeSeries.FromTable(dates, "d", ["kind"])).Should().Throw<InvalidDataException>()
            .WithMessage("'made.csv': column 'kind' must hold numbers, but its first text is 'a'.");
        FluentActions.Invoking(() => TimeSeries.FromTable(dates, "d", ["y", "y"])).Should().Throw<ArgumentException>()
            .WithMessage("values must name at least one column, and each once*");
        FluentActions.Invoking(() => TimeSeries.FromTable(dates, "d", ["x"])).Should().Throw<ArgumentException>();
        Table none = Made.Table("d,kind", "2020-01-01,a", "2020-01-02,b");
        FluentActions.Invoking(() => TimeSeries.FromTable(none, "d")).Should().Throw<InvalidDataException>()
            .WithMessage("'made.csv': besides 'd' no column holds numbers*");
        Table missing = Made.Table("d,y", "2020-01-01,1", ",2", "2020-01-03,3");
        FluentActions.Invoking(() => TimeSeries.FromTable(missing, "d")).Should().Throw<InvalidDataException>()
            .WithMessage("'made.csv': the date in line 3 is missing.*");
    }

    [Fact]
    public void A_format_of_dates_comes_from_the_options()
    {
        string path = Path.Combine(_folder, "german.csv");
        File.WriteAllLines(path, ["Tag;Wert", "1.2.2020;1,5", "2.2.2020;2,5"]);
        TimeSeries series = TimeSeries.FromCsv(path, "Tag", options: new()
        {
            Csv = new()
            {
                Delimiter = ';',
                DecimalSeparator = ',',
                PerColumn = { ["Tag"] = new() { DateFormat = "d.M.yyyy" } },
            },
        });
        series["Wert"].ToArray().Should().Equal(1.5, 2.5);
        series.Start.Should().Be(new DateTime(2020, 2, 1));
    }

    [Fact]
    public void Series_of_one_file_are_told_apart_by_a_key()
    {
        string path = Path.Combine(_folder, "shops.csv");
        File.WriteAllLines(
            path, ["day,shop,sold", "2020-01-01,b,1", "2020-01-01,a,10", "2020-01-02,b,2", "2020-01-02,a,20"]);
        TimeSeriesSet sales = TimeSeriesSet.FromCsv(path, time: "day", key: "shop");
        sales.Select(one => one.Key).Should().Equal("b", "a");
        sales["a"]["sold"].ToArray().Should().Equal(10, 20);
        sales[0]["sold"].ToArray().Should().Equal(1, 2);
        sales.ToString().Should().Be("2 series of sold, daily, 2020-01-01 to 2020-01-02");
        FluentActions.Invoking(() => sales["c"]).Should().Throw<KeyNotFoundException>()
            .WithMessage("There is no series 'c'; there are b, a.");
        FluentActions.Invoking(() => TimeSeries.FromCsv(path, "day")).Should().Throw<InvalidDataException>()
            .WithMessage("*2020-01-01 is the date of line 2 and of line 3*key of TimeSeriesSet.FromCsv*");
    }

    [Fact]
    public void Series_of_a_set_have_the_same_columns_and_steps()
    {
        TimeSeries y = Made.Columns("a", 3, ("y", i => i));
        FluentActions.Invoking(() => new TimeSeriesSet()).Should().Throw<ArgumentException>()
            .WithMessage("*at least one*");
        FluentActions.Invoking(() => new TimeSeriesSet(y, y)).Should().Throw<ArgumentException>()
            .WithMessage("Two series have the key 'a'*");
        FluentActions.Invoking(() => new TimeSeriesSet(y, Made.Columns("b", 3, ("z", i => i))))
            .Should().Throw<ArgumentException>().WithMessage("*'a' has y, daily, and 'b' has z, daily.*");
        Table mixed = Made.Table(
            "d,k,y", "2020-01-01,a,1", "2020-01-02,a,1", "2020-01-01,b,1", "2020-02-01,b,1");
        FluentActions.Invoking(() => TimeSeriesSet.FromTable(mixed, "d", "k")).Should().Throw<InvalidDataException>()
            .WithMessage("'made.csv', series 'a' is daily, but 'made.csv', series 'b' is monthly.*");
    }

    [Fact]
    public void Arrays_that_make_no_series_are_refused()
    {
        DateTime[] times = [Made.Start, Made.Start.AddDays(1)];
        FluentActions.Invoking(() => TimeSeries.FromColumns([], [("y", [])])).Should().Throw<ArgumentException>()
            .WithParameterName("times");
        FluentActions.Invoking(() => TimeSeries.FromColumns(times, [])).Should().Throw<ArgumentException>()
            .WithParameterName("columns");
        FluentActions.Invoking(() => TimeSeries.FromColumns(times, [("y", [1])])).Should().Throw<ArgumentException>()
            .WithMessage("Column 'y' has 1 value, but there are 2 dates.*");
        FluentActions.Invoking(() => TimeSeries.FromColumns(times, [("y", [1, 2]), ("y", [1, 2])]))
            .Should().Throw<ArgumentException>().WithMessage("Two columns are called 'y'.*");
        FluentActions.Invoking(() => TimeSeries.FromColumns(times, [("y", [1, double.NegativeInfinity])]))
            .Should().Throw<ArgumentException>().WithMessage("The value of 'y' at 2020-01-02 is infinite*");
        FluentActions.Invoking(() => Made.Daily(1, double.NaN)).Should().Throw<InvalidDataException>()
            .WithMessage("'series': the value of 'y' at 2020-01-02 in row 1 is missing.*");
    }

    [Fact]
    public void What_was_given_may_be_written_to_afterwards()
    {
        double[] values = [1, 2];
        TimeSeries series = TimeSeries.FromColumns([Made.Start, Made.Start.AddDays(1)], [("y", values)]);
        values[0] = 7;
        series["y"][0].Should().Be(1);
    }
}
