using System.Dynamic;
using System.Globalization;
using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>Tables of objects and dictionaries.</summary>
public sealed class ObjectRowsTests
{
    private enum Colour
    {
        Red,
        Blue,
    }

    [Fact]
    public void Each_public_property_is_a_column()
    {
        Table table = Table.FromRows<House>([new(2, "York", 50.5), new(4, null, null)]);
        table.Name.Should().Be("rows");
        table.Columns.Select(column => column.Name).Should().Equal("Rooms", "Town", "Area", "PerRoom");
        table["Rooms"].Values.ToArray().Should().Equal(2, 4);
        table["Town"].Text(1).Should().BeNull();
        table["Area"].Values.ToArray().Should().Equal(50.5, double.NaN);
        table["PerRoom"].Values.ToArray().Should().Equal(25.25, double.NaN);
        table.Lines.ToArray().Should().Equal(1, 2);
        Refusal(() => table.FitRegression("Rooms"))
            .Should().StartWith("'rows', row 2, column 'Town' is missing.");
    }

    [Fact]
    public void Every_type_of_value_is_written_as_a_file_has_it()
    {
        var day = new DateTime(2024, 3, 1, 6, 30, 0);
        var id = Guid.NewGuid();
        (object? Value, string? Text)[] values =
        [
            (null, null), (DBNull.Value, null), (double.NaN, null), (float.NaN, null), (Half.NaN, null),
            ("text", "text"), (" NA ", null), ('c', "c"), (true, "True"), (Colour.Blue, "Blue"), (id, id.ToString()),
            ((sbyte)-1, "-1"), ((byte)1, "1"), ((short)-2, "-2"), ((ushort)2, "2"), (-3, "-3"), (3u, "3"), (-4L, "-4"),
            (4UL, "4"), ((Int128)5, "5"), ((UInt128)6, "6"), ((System.Numerics.BigInteger)7, "7"),
            (0.1, "0.1"), (0.1f, "0.1"), ((Half)0.5, "0.5"), (1.50m, "1.50"), (1e300, "1E+300"), (-0.0, "-0"),
            (day, "2024-03-01 06:30:00"), (day.AddTicks(1), "2024-03-01 06:30:00.0000001"),
            (DateOnly.FromDateTime(day), "2024-03-01"),
            (new DateTimeOffset(day, TimeSpan.FromHours(-8)), "2024-03-01 06:30:00-08:00"),
            (TimeSpan.FromMinutes(1.5), "90"),
        ];
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Comma();
            foreach ((object? value, string? text) in values)
            {
                Table table = Table.FromRows([new { Value = value, Other = 1 }]);
                table["Value"].Text(0).Should().Be(text, value?.GetType().Name ?? "null");
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static CultureInfo Comma()
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.DateTimeFormat.DateSeparator = ".";
            return culture;
        }
    }

    [Fact]
    public void Types_settle_kinds_as_texts_of_a_file_do()
    {
        Table table = Table.FromRows(
            [
                new { D = DateTime.UnixEpoch, B = true, E = Colour.Red, T = TimeSpan.FromHours(1), L = long.MaxValue },
                new { D = new DateTime(2999, 12, 31), B = false, E = Colour.Blue, T = TimeSpan.Zero, L = 0L },
            ]);
        table.Columns.Select(column => column.Kind).Should().Equal(
            ColumnKind.Date, ColumnKind.Boolean, ColumnKind.Category, ColumnKind.Number, ColumnKind.Undecided);
        Refusal(() => _ = table["L"].Values).Should().Contain("more digits than a double keeps");
        table["D"].Date(1).Should().Be(new DateTime(2999, 12, 31));

        // Far dates are often no dates: they count as such where they are declared.
        var far = new[] { new { D = DateTime.MinValue }, new { D = new DateTime(9999, 12, 31) } };
        Table.FromRows(far)["D"].Kind.Should().NotBe(ColumnKind.Date);
        Table declared = Table.FromRows(far, new() { Dates = ["D"] });
        declared["D"].Date(0).Should().Be(far[0].D);
        declared["D"].Date(1).Should().Be(far[1].D);
    }

    [Fact]
    public void A_type_of_which_no_text_can_be_made_is_refused_unless_it_is_left_out()
    {
        var rows = new[] { new { X = 1, Blob = new byte[3] }, new { X = 2, Blob = Array.Empty<byte>() } };
        Refusal(() => Table.FromRows(rows)).Should().StartWith(
            "'rows', row 1, column 'Blob' is of the type Byte[], of which no text, number or date can be made.")
            .And.Contain("TableOptions.Ignore");
        Table.FromRows(rows, new() { Ignore = ["Blob"] })["X"].Values.ToArray().Should().Equal(1, 2);
        Table.FromRows(rows, new() { Columns = ["X"] }).Columns.Should().HaveCount(1);
        Refusal(() => Table.FromRows([new { X = (object)new Uri("http://a.b") }])).Should().Contain("type Uri");
    }

    [Fact]
    public void A_property_that_fails_is_named_with_its_row() =>
        Refusal(() => Table.FromRows<Failing>([new(1), new(0)]))
            .Should().Be("Row 2: the property Half failed: Attempted to divide by zero.");

    [Fact]
    public void Rows_that_make_no_table_are_refused()
    {
        FluentActions.Invoking(() => Table.FromRows(new[] { new { A = 1 }, null! }))
            .Should().Throw<ArgumentException>().WithMessage("Row 2 is null.*").WithParameterName("rows");
        FluentActions.Invoking(() => Table.FromRows([new object()]))
            .Should().Throw<ArgumentException>().WithMessage("The type Object has no public property*");
        FluentActions.Invoking(() => Table.FromRows<House>(null!)).Should().Throw<ArgumentNullException>();
        Refusal(() => Table.FromRows<House>([])).Should().Be("'rows' has no rows.");
        Refusal(() => Table.FromRows(Array.Empty<Dictionary<string, object?>>(), name: "json"))
            .Should().Be("'json' has no rows with values.");
        Refusal(() => Table.FromRows([new { A = 1 }, new { A = 2 }], new() { MaxRows = 1 }))
            .Should().Be("'rows', row 2: there are more than the 1 rows that MaxRows allows.");
        FluentActions.Invoking(() => Table.FromRows([new { A = 1, B = 2 }], new() { MaxColumns = 1 }))
            .Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Single_values_and_lists_are_no_rows()
    {
        Refused<string>(["a", "b"]);
        Refused([1, 2]);
        Refused([1.5m, 2]);
        Refused<int?>([1, null]);
        Refused([DateTime.UnixEpoch]);
        Refused<double[]>([[1, 2], [3, 4]]);
        Refused<List<double>>([[1, 2], [3, 4]]);

        static void Refused<T>(IEnumerable<T> rows) => FluentActions.Invoking(() => Table.FromRows(rows))
            .Should().Throw<ArgumentException>().WithMessage("The type * is that of a single value or a list*");
    }

    [Fact]
    public void Fields_indexers_and_hidden_properties_are_no_columns() =>
        Table.FromRows<Odd>([new()]).Columns.Select(column => column.Name).Should().Equal("Shown");

    [Fact]
    public void Dictionaries_have_a_column_for_each_key_in_the_order_of_their_first_row()
    {
        Table table = Table.FromRows<Dictionary<string, object?>>(
            [new() { ["a"] = 1, ["b"] = "x" }, new() { ["c"] = true, ["a"] = null }, [], new() { ["b"] = "y" }]);
        table.Columns.Select(column => column.Name).Should().Equal("a", "b", "c");
        table["a"].Values.ToArray().Should().Equal(1, double.NaN, double.NaN, double.NaN);
        table["b"].Text(3).Should().Be("y");
        table["c"].Text(0).Should().BeNull();
        table["c"].Values[1].Should().Be(1);
        FluentActions.Invoking(() => Table.FromRows<Dictionary<string, object?>>([[], null!]))
            .Should().Throw<ArgumentException>().WithMessage("Row 2 is null.*");
        FluentActions.Invoking(
            () => Table.FromRows<KeyValuePair<string, object?>[]>([[new("a", 1), new("a", 2)]]))
            .Should().Throw<ArgumentException>().WithMessage("Row 1 has two values of 'a'.*");
    }

    [Fact]
    public void Dictionaries_of_one_type_of_value_and_dynamic_objects_are_rows_too()
    {
        Table numbers = Table.FromRows<Dictionary<string, double>>([new() { ["a"] = 1 }, new() { ["b"] = 2 }]);
        numbers["b"].Values.ToArray().Should().Equal(double.NaN, 2);
        Table texts = Table.FromRows<Dictionary<string, string>>([new() { ["a"] = "x" }, new() { ["a"] = "y" }]);
        texts["a"].Categories!.Labels.Should().Equal("x", "y");
        var expando = new ExpandoObject();
        ((IDictionary<string, object?>)expando)["a"] = 1.5;
        Table.FromRows([expando])["a"].Values[0].Should().Be(1.5);
        FluentActions.Invoking(() => Table.FromRows<Dictionary<int, string>>([new() { [7] = "x" }]))
            .Should().Throw<ArgumentException>().WithMessage("The key 7 is no text*");
        FluentActions.Invoking(() => Table.FromRows<Dictionary<string, string>>([new() { ["a"] = "x" }, null!]))
            .Should().Throw<ArgumentException>().WithMessage("Row 2 is null.*");
    }

    private sealed record House(int Rooms, string? Town, double? Area)
    {
        public double? PerRoom => Area / Rooms;
    }

    private sealed record Failing(int X)
    {
        public int Half => 1 / X;
    }

    private sealed class Odd
    {
        public static int Static => 1;

        public int Shown { get; } = 1;

        public int Hidden { private get; set; } = 2;

        public int this[int index] => index + Hidden;

        internal int Internal { get; } = 3;
    }
}
