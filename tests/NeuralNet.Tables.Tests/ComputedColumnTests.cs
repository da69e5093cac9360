using NeuralNet.Networks;
using NeuralNet.Pipelines;
using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>Columns that functions compute of the others, in training and at prediction.</summary>
public sealed class ComputedColumnTests
{
    private const string Trips = "distance,hours,start,fare\n10,2,2024-01-01 10:00,1\n30,3,2024-02-01 12:00,2\n";

    private static readonly ComputedColumn _speed =
        ComputedColumn.Number("speed", row => row.Number("distance") / row.Number("hours"));

    [Fact]
    public void The_number_of_a_category_depends_on_the_other_rows_and_is_refused() =>
        Refusal(() => Read(
            "zone,y\na,1\nb,2\n", new() { Computed = [ComputedColumn.Number("k", row => row.Number("zone"))] }))
            .Should().StartWith("'text', line 2, column 'k' cannot be computed: column 'zone' holds categories");

    [Fact]
    public void Numbers_texts_and_dates_follow_the_columns_that_are_read()
    {
        Table table = Read(Trips, new()
        {
            Computed =
            [
                _speed,
                ComputedColumn.Text("kind", row => row.Number("speed") > 7 ? "fast" : "slow"),
                ComputedColumn.Date("end", row => row.Date("start")?.AddHours(row.Number("hours"))),
            ],
        });
        table.Columns.Select(column => column.Name)
            .Should().Equal("distance", "hours", "start", "fare", "speed", "kind", "end");
        table["speed"].Values.ToArray().Should().Equal(5, 10);
        table["kind"].Categories!.Labels.Should().Equal("fast", "slow");
        table["end"].Kind.Should().Be(ColumnKind.Date);
        table["end"].Date(1).Should().Be(new DateTime(2024, 2, 1, 15, 0, 0));
        table.Select([1])["speed"].Values.ToArray().Should().Equal(10);
    }

    [Fact]
    public void Numbers_keep_every_digit_whatever_the_culture()
    {
        double[] numbers = [0.1, 1 / 3.0, 1.234, -0.0, double.Epsilon, 1e300, 123456789.123];
        var german = new CsvOptions
        {
            Delimiter = ';',
            DecimalSeparator = ',',
            ThousandsSeparator = '.',
            Computed = [ComputedColumn.Number("n", row => numbers[(int)row.Number("i")])],
        };
        Table table = Read("i;j\n" + string.Concat(numbers.Select((_, i) => $"{i};1,5\n")), german);
        table["n"].Values.ToArray().Should().Equal(numbers);
        table["j"].Values[0].Should().Be(1.5);
    }

    [Fact]
    public void Texts_are_read_in_the_format_of_the_options()
    {
        var german = new CsvOptions
        {
            Delimiter = ';',
            DecimalSeparator = ',',
            ThousandsSeparator = '.',
            PerColumn = { ["day"] = new() { DateFormat = "d.M.yyyy" } },
            Computed =
            [
                ComputedColumn.Text("copy", row => row["x"]),
                ComputedColumn.Text("day", row => row["d"] + "." + row["m"] + ".2024"),
            ],
        };
        Table table = Read("x;d;m\n1.234;5;3\n5,5;6;4\n", german);
        table["x"].Values.ToArray().Should().Equal(1234, 5.5);
        table["copy"].Values.ToArray().Should().Equal(1234, 5.5);
        table["day"].Date(0).Should().Be(new DateTime(2024, 3, 5));
    }

    [Fact]
    public void A_saved_model_asks_for_the_function_by_the_name_of_the_column()
    {
        var options = new CsvOptions { Ignore = ["start"], Computed = [_speed] };
        TableSchema schema = Read(Trips, options).FitRegression("fare", new() { Inputs = ["speed", "hours"] });
        schema.Columns[0].IsComputed.Should().BeTrue();
        schema.Columns[1].IsComputed.Should().BeFalse();
        Network<double> network = Network.Create<double>(2, seed: 1).Dense(1).Build();
        Pipeline<double> loaded = SavedPipeline.Loaded(schema.ToPipeline(network));
        loaded.Schema().Columns[0].IsComputed.Should().BeTrue();
        const string Rows = "hours,distance\n2,10\n3,30\n";
        Refusal(() => loaded.Predict(Read(Rows))).Should().StartWith(
            "'text': in training a function computed the column 'speed', which cannot be saved")
            .And.Contain("TableOptions.Computed");
        loaded.Predict(Read(Rows, new() { Computed = [_speed] }))
            .Should().BeEquivalentTo(schema.ToPipeline(network).Predict(Read(Trips, options)));

        // It may come computed, too.
        loaded.Predict(Read("hours,speed\n2,5\n3,10\n"))
            .Should().BeEquivalentTo(loaded.Predict(Read(Rows, new() { Computed = [_speed] })));
    }

    [Fact]
    public void What_is_missing_or_no_number_is_treated_like_any_value()
    {
        Table table = Read("distance,hours,y\n1,,1\n2,1,2\n", new()
        {
            Computed = [_speed],
            Missing = MissingValues.Constant(-1),
        });
        table["speed"].Text(0).Should().BeNull();
        table.FitRegression("y", new() { Inputs = ["speed"], Numbers = NumberEncoding.None })
            .ToInputs<double>(table).Row(0).Should().Equal(-1, 2);
        Refusal(
            () => Read("distance,hours,y\n1,0,1\n2,1,2\n3,1,3\n", new() { Computed = [_speed] }).FitRegression("y"))
            .Should().StartWith("'text', line 2, column 'speed' is 'Infinity', but must be a finite number");
    }

    [Fact]
    public void A_function_that_fails_is_named_with_its_row()
    {
        Refusal(() => Read(Trips, new()
        {
            Computed = [ComputedColumn.Number("s", row => row.Number("hours") > 2 ? row.Number("speeed") : 0)],
        })).Should().StartWith("'text', line 3, column 's' cannot be computed: 'text' has no column 'speeed'");
        Refusal(() => Read(Trips, new() { Computed = [ComputedColumn.Text("s", _ => throw new FormatException("x"))] }))
            .Should().Be("'text', line 2, column 's' cannot be computed: x.");
    }

    [Fact]
    public void The_options_of_columns_hold_for_computed_ones()
    {
        Table table = Read(Trips, new()
        {
            Computed = [ComputedColumn.Text("zone", row => row["hours"])],
            Categories = ["zone"],
        });
        table["zone"].Kind.Should().Be(ColumnKind.Category);
        Refusal(() => Read(Trips, new() { Computed = [ComputedColumn.Text("z", _ => "x")], Numbers = ["z"] }))
            .Should().StartWith("'text', line 2, column 'z' is 'x', but must be a finite number");
    }

    [Fact]
    public void A_name_that_is_taken_is_refused()
    {
        FluentActions.Invoking(() => Read(Trips, new() { Computed = [ComputedColumn.Text("fare", _ => "")] }))
            .Should().Throw<ArgumentException>().WithMessage("Computed names the column 'fare', but there is one*");
        FluentActions.Invoking(() => Read(Trips, new() { Computed = [_speed, _speed] }))
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => ComputedColumn.Text("", _ => "")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => ComputedColumn.Number("n", null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Only_columns_of_the_file_can_be_chosen_or_left_out()
    {
        Refusal(() => Read(Trips, new() { Columns = ["hours", "speed"], Computed = [_speed] }))
            .Should().StartWith("'text' has no column 'speed'; its columns are distance, hours, start, fare.");
        Refusal(() => Read(Trips, new() { Ignore = ["speed"], Computed = [_speed] }))
            .Should().StartWith("'text' has no column 'speed'");
        Read(Trips, new() { Ignore = [^1], Computed = [_speed] }).Columns.Select(column => column.Name)
            .Should().Equal("distance", "hours", "start", "speed");
    }
}
