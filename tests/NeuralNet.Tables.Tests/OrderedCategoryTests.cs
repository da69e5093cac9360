using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>Categories in an order are encoded like numbers.</summary>
public sealed class OrderedCategoryTests
{
    private const string Text = "cut,price\nideal,3\nfair,1\ngood,2\nfair,1\n";

    private static readonly CsvOptions _options = new()
    {
        PerColumn = { ["cut"] = new() { Order = ["fair", "good", "ideal"] } },
    };

    private static readonly SchemaOptions _plain = new() { Numbers = NumberEncoding.None };

    [Fact]
    public void Their_places_in_the_order_are_their_numbers()
    {
        Table table = Read(Text, _options);
        table["cut"].Kind.Should().Be(ColumnKind.OrderedCategory);
        table["cut"].Values.ToArray().Should().Equal(2, 0, 1, 0);
        table["cut"].Categories!.Labels.Should().Equal("fair", "good", "ideal");
        TableSchema schema = table.FitRegression("price", _plain);
        schema.ToInputs<double>(table).Row(0).Should().Equal(2, 0, 1, 0);

        // New rows are read without the options.
        schema.ToInputs<double>(Read("cut\ngood\nideal\n")).Row(0).Should().Equal(1, 2);
        double deviation = Math.Sqrt(((1.25 * 1.25) + (0.75 * 0.75 * 2) + (0.25 * 0.25)) / 4);
        table.FitRegression("price", TestTable.Standardized).ToInputs<double>(table)[0, 0]
            .Should().BeApproximately(1.25 / deviation, 1e-14);
        table.FitRegression("price", new() { Numbers = NumberEncoding.PiecewiseLinear, Bins = 2 }).InputSize
            .Should().Be(2);
    }

    [Fact]
    public void Any_other_text_is_refused()
    {
        Refusal(() => Read(Text + "Good,1\n", _options)).Should().StartWith(
            "'text', line 6, column 'cut' is 'Good', which is none of its ordered categories: fair, good, ideal. ")
            .And.Contain("ColumnOptions.Order").And.Contain("MissingTexts");
        TableSchema schema = Read(Text, _options).FitRegression("price");
        Refusal(() => schema.ToInputs<float>(Read("cut\ngood\nbest\n")))
            .Should().StartWith("'text', line 3, column 'cut' is 'best'");
        schema.UnknownCategories(Read("cut\ngood\n")).Should().BeEmpty();
    }

    [Fact]
    public void Missing_ones_have_a_replacement_like_numbers()
    {
        Refusal(() => Read(Text + ",1\n", _options).FitRegression("price"))
            .Should().StartWith("'text', line 6, column 'cut' is missing");
        Table table = Read(Text + ",1\n", new()
        {
            PerColumn =
            {
                ["cut"] = new()
                {
                    Order = ["fair", "good", "ideal"],
                    Missing = MissingValues.Constant(-1).WithIndicator(),
                },
            },
        });
        table.FitRegression("price", _plain).ToInputs<double>(table).ToRowMajorArray()
            .Should().Equal(2, 0, 1, 0, -1, 0, 0, 0, 0, 1);
    }

    [Fact]
    public void Classes_are_in_the_order_even_those_without_a_row()
    {
        Table table = Read("x,cut\n1,ideal\n2,fair\n", _options);
        TableSchema schema = table.FitClassification("cut");
        schema.Labels!.Labels.Should().Equal("fair", "good", "ideal");
        schema.ToLabels(table).Should().Equal(2, 0);
        schema.TargetSize.Should().Be(3);
    }

    [Fact]
    public void Numbers_may_be_ordered_texts()
    {
        Table table = Read(
            "size,y\n10,1\n2,2\n\"1,5\",3\n", new() { PerColumn = { [0] = new() { Order = ["10", "2", "1,5"] } } });
        table["size"].Values.ToArray().Should().Equal(0, 1, 2);
    }

    [Fact]
    public void An_order_that_is_none_is_refused()
    {
        foreach (string[] order in new[] { Array.Empty<string>(), ["one"], ["a", "b", "a"] })
        {
            FluentActions.Invoking(() => new ColumnOptions { Order = order })
                .Should().Throw<ArgumentException>().WithParameterName("Order");
        }

        FluentActions.Invoking(() => Read(Text, new() { Numbers = ["cut"], PerColumn = { ["cut"] = Order() } }))
            .Should().Throw<ArgumentException>().WithMessage("*'cut' is OrderedCategory, but it is declared*Number*");
        FluentActions.Invoking(() => Read(
            Text, new() { PerColumn = { ["cut"] = new() { Order = ["a", "b"], DateFormat = "yyyy" } } }))
            .Should().Throw<ArgumentException>().WithMessage("*'cut' is OrderedCategory*Date*");
        FluentActions.Invoking(() => Read(Text, new() { PerColumn = { ["cut"] = Order(), [0] = Order() } }))
            .Should().Throw<ArgumentException>().WithMessage("PerColumn names the column 'cut' twice*");

        // To say that it holds categories, too, is no contradiction.
        Read(Text, new() { Categories = ["cut"], PerColumn = { ["cut"] = Order() } })["cut"].Kind
            .Should().Be(ColumnKind.OrderedCategory);

        static ColumnOptions Order() => new() { Order = ["fair", "good", "ideal"] };
    }
}
