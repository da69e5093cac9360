using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>Texts that tell rows apart are read, but never an input.</summary>
public sealed class IdentifierColumnTests
{
    private const string Text = "order,x,y\nA-1,1,2\nA-2,2,4\n007,3,6\n";

    private static readonly CsvOptions _options = new() { Identifiers = ["order"] };

    [Fact]
    public void They_are_read_as_texts_and_left_out_of_the_inputs()
    {
        Table table = Read(Text, _options);
        table["order"].Kind.Should().Be(ColumnKind.Identifier);
        Enumerable.Range(0, 3).Select(table["order"].Text).Should().Equal("A-1", "A-2", "007");
        table["order"].Categories.Should().BeNull();
        table.FitRegression("y").Columns.Select(column => column.Name).Should().Equal("x");

        // They may be missing: nothing is made of them.
        Read(Text + ",4,8\n", _options).FitRegression("y", TestTable.Standardized).InputSize.Should().Be(1);
    }

    [Fact]
    public void As_an_input_they_are_refused_by_name()
    {
        Table table = Read(Text, _options);
        Refusal(() => table.FitRegression("y", new() { Inputs = ["order", "x"] }))
            .Should().StartWith("'text': column 'order' is one of TableOptions.Identifiers");
        Refusal(() => _ = table["order"].Values).Should().Contain("TableOptions.Identifiers");
        Refusal(() => table.ChronologicalSplit("order", 0.5)).Should().Contain("TableOptions.Identifiers");
    }

    [Fact]
    public void They_tell_groups_and_classes()
    {
        Table table = Read("id,x\na,1\nb,2\na,3\nb,4\n", new() { Identifiers = ["id"] });
        (Table first, Table second) = table.GroupedSplit("id", 0.5, seed: 1);
        first["id"].Text(0).Should().Be(first["id"].Text(1)).And.NotBe(second["id"].Text(0));
        table.FitClassification("id").Labels!.Labels.Should().Equal("a", "b");
    }

    [Fact]
    public void A_column_is_not_an_identifier_and_something_else() =>
        FluentActions.Invoking(() => Read(Text, new() { Identifiers = ["order"], Categories = [0] }))
            .Should().Throw<ArgumentException>()
            .WithMessage("Column 'order' is declared to be both Category and Identifier, by Identifiers.");
}
