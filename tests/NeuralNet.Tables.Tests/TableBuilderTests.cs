using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>Tables that are made row by row.</summary>
public sealed class TableBuilderTests
{
    [Fact]
    public void Rows_are_added_one_by_one()
    {
        var builder = new TableBuilder(["zone", "fare"], name: "trips");
        builder.Add("Midtown", 12.5);
        builder.Add("Harlem", null);
        Table table = builder.ToTable();
        table.Name.Should().Be("trips");
        table["zone"].Categories!.Labels.Should().Equal("Harlem", "Midtown");
        table["fare"].Values.ToArray().Should().Equal(12.5, double.NaN);
    }

    [Fact]
    public void A_table_does_not_change_when_its_builder_goes_on()
    {
        var builder = new TableBuilder(["d", "b", "o", "c", "n"], new()
        {
            PerColumn = { ["o"] = new() { Order = ["low", "mid", "high"] } },
        });
        builder.Add("2024-01-01", true, "low", "x", 1);
        Table first = builder.ToTable();
        Array.ConvertAll([.. first.Columns], column => column.Kind).Should().NotContain(ColumnKind.Undecided);
        Table other = builder.ToTable();
        Array.ForEach([.. other.Columns], column => _ = column.Kind);
        for (int i = 0; i < 100; i++)
        {
            builder.Add($"2024-02-{1 + (i % 28):00}", i % 2 == 0, i % 2 == 0 ? "mid" : "high", $"c{i}", i);
        }

        foreach (Table table in new[] { first, other })
        {
            table.RowCount.Should().Be(1);
            Array.ConvertAll([.. table.Columns], column => column.Values[0]).Should().Equal(19723, 1, 0, 0, 1);
            table["c"].Categories!.Labels.Should().Equal("x");
            table["d"].Date(0).Should().Be(new DateTime(2024, 1, 1));
            table.FitRegression("n", new() { Inputs = ["c"] }).InputSize.Should().Be(1);
            table.Summary()[3].Distinct.Should().Be(1);
        }

        builder.ToTable().RowCount.Should().Be(101);
    }

    [Fact]
    public void A_row_is_taken_whole_or_not_at_all()
    {
        var builder = new TableBuilder(["a", "b"]);
        builder.Add(1, 2);
        Refusal(() => builder.Add(3, new object()))
            .Should().StartWith("'rows', row 2, column 'b' is of the type Object");
        builder.Invoking(b => b.Add(1)).Should().Throw<ArgumentException>()
            .WithMessage("The row has 1 value, but there are 2 columns.*");
        builder.Invoking(b => b.Add(1, 2, 3)).Should().Throw<ArgumentException>();
        builder.Add(5, 6);
        Table table = builder.ToTable();
        table["a"].Values.ToArray().Should().Equal(1, 5);
        table["b"].Values.ToArray().Should().Equal(2, 6);
    }

    [Fact]
    public void What_makes_no_table_is_refused()
    {
        FluentActions.Invoking(() => new TableBuilder([])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new TableBuilder(["a", "a"])).Should().Throw<ArgumentException>()
            .WithMessage("Two columns are called 'a'*").WithParameterName("columns");
        FluentActions.Invoking(() => new TableBuilder([null!])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new TableBuilder(null!)).Should().Throw<ArgumentNullException>();
        Refusal(() => _ = new TableBuilder(["a"], new() { Numbers = ["b"] })).Should().Contain("no column 'b'");
        Refusal(() => new TableBuilder(["a"]).ToTable()).Should().Be("'rows' has no rows.");
        var numbers = new TableBuilder(["a"], new() { Numbers = ["a"] });
        numbers.Add("one");
        Refusal(() => numbers.ToTable()).Should().StartWith("'rows', row 1, column 'a' is 'one', but must be a finite");
    }

    [Fact]
    public void Options_hold_as_for_a_file()
    {
        var builder = new TableBuilder(["id", "x", "note"], new()
        {
            Columns = ["x", "id"],
            Identifiers = ["id"],
            PerColumn = { ["x"] = new() { Map = text => text.TrimEnd('!') } },
            Computed = [ComputedColumn.Number("twice", row => 2 * row.Number("x"))],
        });
        builder.Add("a", "5!", new object());
        builder.Add("b", 6, null);
        Table table = builder.ToTable();
        table.Columns.Select(column => column.Name).Should().Equal("x", "id", "twice");
        table["twice"].Values.ToArray().Should().Equal(10, 12);
    }
}
