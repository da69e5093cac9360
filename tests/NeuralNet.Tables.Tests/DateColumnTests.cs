using System.Globalization;
using System.Text.RegularExpressions;
using MathNet.Numerics.LinearAlgebra;
using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>Dates and times: how they are read, and the features that their parts become.</summary>
public sealed class DateColumnTests
{
    private const DateParts All = DateParts.Year | DateParts.Month | DateParts.Day | DateParts.Weekday
        | DateParts.Hour | DateParts.Time;

    private static readonly SchemaOptions _plain = new() { Numbers = NumberEncoding.None };

    [Theory]
    [InlineData("2024-03-01", "2024-03-01T00:00:00")]
    [InlineData("2024/3/1", "2024-03-01T00:00:00")]
    [InlineData("2024.3.1", "2024-03-01T00:00:00")]
    [InlineData("2024-03", "2024-03-01T00:00:00")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00")]
    [InlineData("2019-03-23 20:21", "2019-03-23T20:21:00")]
    [InlineData("2019-03-23 20:21:09", "2019-03-23T20:21:09")]
    [InlineData("2019-03-23 20:21:09.5", "2019-03-23T20:21:09.5")]
    [InlineData("2019-03-23T20:21:09Z", "2019-03-23T20:21:09")]
    [InlineData("2019-03-23T20:21:09.125+02:00", "2019-03-23T20:21:09.125")]
    [InlineData("2019-03-23 20:21:09 -08:00", "2019-03-23T20:21:09")]
    public void Dates_in_the_order_of_year_month_and_day_are_read_by_themselves(string text, string expected)
    {
        TableColumn column = Read($"a,b\n1,{text}\n2,\n")["b"];
        column.Kind.Should().Be(ColumnKind.Date);
        column.Date(0).Should().Be(DateTime.Parse(expected, CultureInfo.InvariantCulture));
        column.Date(1).Should().BeNull();
        column.Text(0).Should().Be(text);
        column.Values[0].Should().Be((column.Date(0)!.Value - DateTime.UnixEpoch).TotalDays);
        column.Values[1].Should().Be(double.NaN);
        column.Categories.Should().BeNull();
        column.Invoking(c => c.Date(2)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("row");
    }

    [Theory]
    [InlineData("dd/MM/yyyy HH:mm", "31/12/2023 23:59", "2023-12-31T23:59:00")]
    [InlineData("d MMM yyyy", "5 Mar 2024", "2024-03-05T00:00:00")]
    [InlineData("MMMM d, yyyy", "\"March 5, 2024\"", "2024-03-05T00:00:00")]
    [InlineData("yyyyMMdd", "20240305", "2024-03-05T00:00:00")]
    [InlineData("yyyyMMddHHmmss", "20240305123456", "2024-03-05T12:34:56")]
    [InlineData("d.M.yy", "5.3.24", "2024-03-05T00:00:00")]
    [InlineData("yyyy", "2024", "2024-01-01T00:00:00")]
    [InlineData("'day' d'.'M'.'yyyy", "day 5.3.2024", "2024-03-05T00:00:00")]
    [InlineData("dd/MM/yyyy HH:mm zzz", "05/03/2024 23:00 -08:00", "2024-03-05T23:00:00")]
    [InlineData("ddd, dd MMM yyyy HH:mm:ss K", "\"Fri, 01 Mar 2024 12:00:00 Z\"", "2024-03-01T12:00:00")]
    [InlineData("h:mm tt", "8:05 PM", "0001-01-01T20:05:00")]
    [InlineData("H:mmzzz", "8:05+02:00", "0001-01-01T08:05:00")]
    [InlineData("O", "2024-03-01T12:00:00.0000000+02:00", "2024-03-01T12:00:00")]
    [InlineData("s", "2024-03-01T12:00:00", "2024-03-01T12:00:00")]
    [InlineData("u", "2024-03-01 12:00:00Z", "2024-03-01T12:00:00")]
    [InlineData("R", "\"Fri, 01 Mar 2024 12:00:00 GMT\"", "2024-03-01T12:00:00")]
    public void Other_dates_are_read_in_the_format_that_is_given(string format, string text, string expected)
    {
        TableColumn column = Read(
            $"a,b\n1,{text}\n2,NA\n", new() { PerColumn = { ["b"] = new() { DateFormat = format } } })["b"];
        column.Kind.Should().Be(ColumnKind.Date);
        column.Date(0).Should().Be(DateTime.Parse(expected, CultureInfo.InvariantCulture));
        column.Date(1).Should().BeNull();
    }

    [Fact]
    public void Parts_are_numbers_or_go_round()
    {
        Table table = Read(
            "when,y\n2024-03-01 06:00,1\n2024-12-31 18:00,2\n",
            new() { PerColumn = { ["when"] = new() { DateParts = All } } });
        TableSchema schema = table.FitRegression("y", _plain);
        schema.Columns.Select(column => column.Name).Should().Equal(
            "when.year", "when.month", "when.day", "when.weekday", "when.hour", "when.time");
        schema.Columns.Should().OnlyContain(column => column.Column == "when" && column.Kind == ColumnKind.Date);
        schema.Columns[3].Part.Should().Be(DateParts.Weekday);

        // A Friday, 54 years of which 13 were leap years and 60 days after the beginning of 1970; then a Tuesday.
        const int First = (54 * 365) + 13 + 60;
        Matrix<double> inputs = schema.ToInputs<double>(table);
        inputs.Column(0).Should().Equal(
            [2024, First + 0.25, .. Angle(3 / 12.0), .. Angle(1 / 31.0), .. Angle(4 / 7.0), .. Angle(6 / 24.0)], Close);
        inputs.Column(1).Should().Equal(
            [2024, First + 305.75, .. Angle(0), .. Angle(0), .. Angle(1 / 7.0), .. Angle(18 / 24.0)], Close);
    }

    [Fact]
    public void Parts_of_a_week_of_dates_have_every_weekday_once()
    {
        // The first of January 2024 was a Monday.
        Table table = Read(
            "d,y\n" + string.Concat(Enumerable.Range(1, 7).Select(i => $"2024-01-0{i},{i}\n")),
            new() { PerColumn = { ["d"] = new() { DateParts = DateParts.Weekday } } });
        Matrix<double> inputs = table.FitRegression("y").ToInputs<double>(table);
        inputs.RowCount.Should().Be(2);
        for (int day = 0; day < 7; day++)
        {
            inputs.Column(day).Should().Equal(Angle(day / 7.0), Close);
        }
    }

    [Fact]
    public void Parts_that_never_change_are_left_out_unless_they_are_given()
    {
        const string Text = "when,y\n2024-03-01,1\n2024-03-02,2\n2024-03-03,3\n";
        Read(Text).FitRegression("y").Columns.Select(column => column.Name)
            .Should().Equal("when.weekday");
        Read("when,y\n2024-03-01,1\n2024-04-05,2\n").FitRegression("y").Columns.Select(column => column.Name)
            .Should().Equal("when.month");

        // Years that differ in nothing else have the time.
        Read("when,y\n2023-05-01,1\n2028-05-01,2\n").FitRegression("y").Columns.Select(column => column.Name)
            .Should().Equal("when.time");
        TableSchema given = Read(Text, new() { PerColumn = { ["when"] = new() { DateParts = All } } })
            .FitRegression("y");
        given.Columns.Should().HaveCount(6);
        given.ToInputs<double>(Read(Text)).Enumerate().Should().OnlyContain(value => double.IsFinite(value));
        Refusal(() => Read("d,y\n2024-03-01,1\n2024-03-01,2\n").FitRegression("y"))
            .Should().StartWith("'text': column 'd' holds the same date in all rows").And.Contain("Ignore");
    }

    [Fact]
    public void A_time_by_itself_is_the_hour_and_its_place_in_the_day()
    {
        Table table = Read(
            "at,y\n6:00,1\n18:30,2\n", new() { PerColumn = { ["at"] = new() { DateFormat = "H:mm" } } });
        TableSchema schema = table.FitRegression("y");
        schema.Columns.Select(column => column.Name).Should().Equal("at.hour");
        schema.ToInputs<double>(table).Column(1).Should().Equal(Angle(18.5 / 24), Close);
        Refusal(() => Read("at,y\n6:00,1\n18:30,2\n").FitRegression("y")).Should().Contain("DateFormat = \"H:mm\"");
    }

    [Fact]
    public void A_zone_changes_nothing_of_a_date_as_it_is_written()
    {
        Table zoned = Read("d,y\n2024-03-01T23:30:00-08:00,1\n2024-03-02T00:30:00+14:00,2\n");
        Table plain = Read("d,y\n2024-03-01 23:30:00,1\n2024-03-02 00:30:00,2\n");
        zoned["d"].Values.ToArray().Should().Equal(plain["d"].Values.ToArray());
        zoned.FitRegression("y").ToInputs<double>(plain)
            .Should().BeEquivalentTo(plain.FitRegression("y").ToInputs<double>(zoned));
    }

    [Fact]
    public void Missing_dates_are_refused_or_replaced_part_by_part_with_one_indicator()
    {
        const string Text = "d,y\n2024-01-01,1\n,2\n2024-03-01,3\n2024-05-01,4\n";
        Refusal(() => Read(Text).FitRegression("y")).Should().StartWith("'text', line 3, column 'd' is missing. ")
            .And.Contain("TableOptions.Missing").And.Contain("PerColumn[\"d\"]").And.Contain("DropMissing");
        Table table = Read(Text, new() { Missing = MissingValues.Median.WithIndicator() });
        TableSchema schema = table.FitRegression("y", _plain);
        schema.Columns.Select(column => column.Name).Should().Equal("d.month", "d.weekday");

        // Month and weekday as two numbers each, and whether there is a date.
        Matrix<double> inputs = schema.ToInputs<double>(table);
        inputs.RowCount.Should().Be(5);
        inputs.Row(4).Should().Equal(0, 1, 0, 0);
        inputs.Column(1).SubVector(0, 2).Should().Equal(Angle(3 / 12.0), Close);
        schema.ToInputs<double>(Read("d\nNA\n")).Column(0).Should().Equal(inputs.Column(1));
    }

    [Theory]
    [InlineData("01.03.2024", "d.M.yyyy")]
    [InlineData("23/03/2019", "d/M/yyyy")]
    [InlineData("03/23/2019", "M/d/yyyy")]
    [InlineData("23-03-2019", "d-M-yyyy")]
    [InlineData("23/03/2019 20:21", "d/M/yyyy H:mm")]
    [InlineData("3/23/2019 8:21:09 PM", "M/d/yyyy h:mm:ss tt")]
    [InlineData("1.3.24", "d.M.yy")]
    [InlineData("1 March 2024", "d MMMM yyyy")]
    [InlineData("\"Mar 1, 2024\"", "MMM d, yyyy")]
    [InlineData("01-Mar-24", "d-MMM-yy")]
    [InlineData("03/2024", "M/yyyy")]
    [InlineData("20:21", "H:mm")]
    [InlineData("8:05 PM", "h:mm tt")]
    [InlineData("20240301T120000", "yyyyMMdd'T'HHmmss")]
    public void A_format_that_a_message_proposes_reads_the_column(string text, string format)
    {
        string file = $"a,b\n1,{text}\n2,{text}\n";
        Read(file)["b"].Kind.Should().Be(ColumnKind.Undecided);
        string refusal = Refusal(() => _ = Read(file)["b"].Values);
        refusal.Should().Contain($"TableOptions.PerColumn[\"b\"] = new() {{ DateFormat = \"");
        string[] proposed = Proposed(refusal);
        proposed.Should().Contain(format);
        foreach (string way in proposed)
        {
            Read(file, new() { PerColumn = { ["b"] = new() { DateFormat = way } } })["b"].Date(1)
                .Should().NotBeNull(way);
        }

        // Declared, it is refused where it is read.
        Proposed(Refusal(() => Read(file, new() { Dates = ["b"] }))).Should().Equal(proposed);
    }

    [Fact]
    public void What_keeps_a_column_from_being_one_of_dates_is_told_where_it_stands()
    {
        Refusal(() => _ = Read("d\n2024-01-01\nnone\n")["d"].Values)
            .Should().StartWith("'text', line 3, column 'd' is 'none'").And.Contain("MissingTexts");
        Read("d\n2024-01-01\nnone\n", new() { MissingTexts = ["none"] })["d"].Kind.Should().Be(ColumnKind.Date);
        Refusal(() => _ = Read("d\n2024-01-01\n01.02.2024\n")["d"].Values)
            .Should().StartWith("'text', line 3, column 'd' is '01.02.2024'");
        Refusal(() => _ = Read("d\n2024-01-01\n9999-12-31\n")["d"].Values)
            .Should().StartWith("'text', line 3, column 'd' is '9999-12-31', but must be a date, as 1 of the 2 values")
            .And.Contain("If it is one, name the column in Dates.");
        Refusal(() => _ = Read("d\n2024-01-01\n9999-12-31\nsoon\n")["d"].Values)
            .Should().Contain("If all are dates, name it in Dates.");
        Read("d\n2024-01-01\n9999-12-31\n", new() { Dates = ["d"] })["d"].Date(1)
            .Should().Be(new DateTime(9999, 12, 31));
    }

    [Fact]
    public void A_column_without_a_date_and_parts_that_there_are_not_are_refused()
    {
        var options = new CsvOptions { Dates = ["d"], Missing = MissingValues.Mean };
        Refusal(() => Read("d,y\n,1\n,2\n", options).FitRegression("y"))
            .Should().StartWith("'text': column 'd' holds no date in any row");
        foreach (DateParts parts in new[] { DateParts.None, (DateParts)64, (DateParts)(-1) })
        {
            FluentActions.Invoking(() => new ColumnOptions { DateParts = parts })
                .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("DateParts");
        }
    }

    [Fact]
    public void Only_formats_that_read_every_date_are_proposed()
    {
        Proposed(Refusal(() => _ = Read("d\n01/02/2024\n03/04/2024\n")["d"].Values))
            .Should().Equal("d/M/yyyy", "M/d/yyyy");
        Proposed(Refusal(() => _ = Read("d\n01/02/2024\n25/04/2024\n")["d"].Values)).Should().Equal("d/M/yyyy");
        Refusal(() => _ = Read("d\n01/25/2024\n25/01/2024\n")["d"].Values).Should().Contain("DateFormat = \"…\" }");
    }

    [Theory]
    [InlineData("2023-02-29")]
    [InlineData("2024-04-31")]
    [InlineData("2024-01-01 24:30")]
    public void A_date_that_there_is_not_is_refused(string text)
    {
        Read($"d\n2024-01-01\n{text}\n")["d"].Kind.Should().Be(ColumnKind.Undecided);
        Refusal(() => Read($"d\n2024-01-01\n{text}\n", new() { Dates = ["d"] })).Should().StartWith(
            $"'text', line 3, column 'd' is '{text}', but must be a date in the order of year, month and day.");
    }

    [Fact]
    public void A_text_in_another_format_than_the_given_one_is_refused_with_it()
    {
        var options = new CsvOptions { PerColumn = { ["d"] = new() { DateFormat = "dd/MM/yyyy" } } };
        Refusal(() => Read("d\n01/02/2024\n2024-02-01\n", options)).Should().StartWith(
            "'text', line 3, column 'd' is '2024-02-01', but must be a date in the format 'dd/MM/yyyy'.");
        Refusal(() => Read("d\n01/02/2024\nsoon\n", options)).Should().Contain("'soon'");
        foreach (string odd in new[] { "", "%", "'", "q", "\\" })
        {
            FluentActions.Invoking(() => new ColumnOptions { DateFormat = odd })
                .Should().Throw<ArgumentException>().WithParameterName("DateFormat");
        }
    }

    [Fact]
    public void Dates_that_are_declared_to_be_categories_stay_texts()
    {
        Table table = Read("d,y\n2024-01-01,1\n2024-01-02,2\n", new() { Categories = ["d"] });
        table["d"].Kind.Should().Be(ColumnKind.Category);
        table.FitRegression("y").InputSize.Should().Be(2);
        Read("d,y\n2024-01-01,1\n2024-01-02,2\n").FitClassification("d").Labels!.Labels
            .Should().Equal("2024-01-01", "2024-01-02");
    }

    [Fact]
    public void A_date_is_no_target_of_a_regression() =>
        Refusal(() => Read("x,d\n1,2024-01-01\n2,2024-01-02\n").FitRegression("d"))
            .Should().StartWith("'text', line 2, column 'd' is '2024-01-01', but must be a finite number, for it is")
            .And.NotContain("DateFormat");

    [Fact]
    public void A_column_called_like_a_part_of_a_date_is_told_before_training()
    {
        Table table = Read("d,d.month,y\n2024-01-01,5,1\n2024-02-02,6,2\n");
        Refusal(() => table.FitRegression("y")).Should().Contain("'d.month'");
    }

    private static string[] Proposed(string message) =>
        [.. Regex.Matches(message, "\"([^\"]+)\" }").Select(match => match.Groups[1].Value)];

    private static double[] Angle(double turns) => [Math.Sin(2 * Math.PI * turns), Math.Cos(2 * Math.PI * turns)];

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-9;
}
