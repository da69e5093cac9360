using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>Columns of true and false: one feature, 1 or 0.</summary>
public sealed class BooleanColumnTests
{
    [Theory]
    [InlineData("false", "true")]
    [InlineData("False", "True")]
    [InlineData("no", "yes")]
    [InlineData("NO", "Yes")]
    public void Clear_words_are_true_and_false_by_themselves(string no, string yes)
    {
        Table table = Read($"x,b\n1,{yes}\n2,{no}\n3,{yes}\n");
        table["b"].Kind.Should().Be(ColumnKind.Boolean);
        table["b"].Values.ToArray().Should().Equal(1, 0, 1);
        table["b"].Categories!.Labels.Should().Equal("false", "true");
        table["b"].Text(0).Should().Be(yes);
        TableSchema schema = table.FitRegression("x");
        schema.InputSize.Should().Be(1);
        schema.ToInputs<double>(table).Row(0).Should().Equal(1, 0, 1);
    }

    [Theory]
    [InlineData("f", "t", ColumnKind.Category)]
    [InlineData("n", "y", ColumnKind.Category)]
    [InlineData("off", "on", ColumnKind.Category)]
    [InlineData("0", "1", ColumnKind.Number)]
    [InlineData("N", "YES", ColumnKind.Category)]
    public void Words_that_may_mean_something_else_are_declared(string no, string yes, ColumnKind otherwise)
    {
        string text = $"x,b\n1,{yes}\n2,{no}\n3,{yes}\n";
        Read(text)["b"].Kind.Should().Be(otherwise);
        TableColumn declared = Read(text, new() { Booleans = ["b"] })["b"];
        declared.Kind.Should().Be(ColumnKind.Boolean);
        declared.Values.ToArray().Should().Equal(1, 0, 1);
    }

    [Fact]
    public void Yes_and_no_among_other_answers_are_categories()
    {
        Table table = Read("x,b\n1,yes\n2,no\n3,maybe\n");
        table["b"].Kind.Should().Be(ColumnKind.Category);
        table["b"].Categories!.Labels.Should().Equal("maybe", "no", "yes");
        Read("x,b\n1,yes\n2,no\n", new() { Categories = ["b"] }).FitRegression("x").InputSize.Should().Be(2);
    }

    [Fact]
    public void New_rows_may_use_other_words_but_no_unknown_one()
    {
        TableSchema schema = Read("x,b\n1,yes\n2,no\n").FitRegression("x");
        schema.ToInputs<float>(Read("b\ntrue\nF\n1\n0\noff\nY\n")).Row(0).Should().Equal(1, 0, 1, 0, 0, 1);
        Refusal(() => schema.ToInputs<float>(Read("b\nyes\nmaybe\n"))).Should().StartWith(
            "'text', line 3, column 'b' is 'maybe', but must be true or false").And.Contain("Replace");
        Refusal(() => Read("b\nyes\n2\n", new() { Booleans = ["b"] })).Should().Contain("'2', but must be true");
    }

    [Fact]
    public void Words_of_another_language_are_replaced()
    {
        var options = new CsvOptions
        {
            Booleans = ["b"],
            PerColumn = { ["b"] = new() { Replace = new Dictionary<string, string> { ["ja"] = "1", ["nein"] = "0" } } },
        };
        Table table = Read("x,b\n1,ja\n2,nein\n", options);
        table["b"].Values.ToArray().Should().Equal(1, 0);
        table.FitRegression("x").ToInputs<double>(Read("b\nnein\nja\n")).Row(0).Should().Equal(0, 1);
    }

    [Fact]
    public void A_missing_answer_is_replaced_and_indicated()
    {
        Refusal(() => Read("x,b\n1,yes\n2,\n").FitRegression("x")).Should().Contain("line 3, column 'b' is missing");
        Table table = Read(
            "x,b\n1,yes\n2,\n3,yes\n4,no\n", new() { Missing = MissingValues.Category });
        TableSchema schema = table.FitRegression("x");
        schema.ToInputs<double>(table).ToRowMajorArray().Should().Equal(
            new[] { 1, 2 / 3.0, 1, 0, 0, 1, 0, 0 }, (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void Classes_of_yes_and_no_keep_their_words()
    {
        Table table = Read("x,b\n1,yes\n2,no\n3,yes\n");
        table.FitClassification("b").Labels!.Labels.Should().Equal("no", "yes");
        table.FitBinaryClassification("b", positive: "no").Labels!.Labels.Should().Equal("yes", "no");
        Refusal(() => table.FitRegression("b")).Should().Contain("FitClassification");
    }
}
