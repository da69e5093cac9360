using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>The summary of a table and the text of a schema.</summary>
public sealed class TableSummaryTests
{
    private const string Text = """
        age,town,left,since,cut,id,when
        30,York,yes,2024-01-05,fair,a1,1.2.24
        40,Bath,no,2023-12-31,good,a2,2.2.24
        ?,York,no,2024-01-05,ideal,a3,3.2.24
        50.5,Leeds,yes,,fair,a4,4.2.24

        """;

    private static readonly CsvOptions _options = new()
    {
        Identifiers = ["id"],
        PerColumn = { ["cut"] = new() { Order = ["fair", "good", "ideal"] } },
        Missing = MissingValues.Median.WithIndicator(),
    };

    [Fact]
    public void A_summary_is_a_table_to_print() =>
        Lines(Read(Text, _options).Summary().ToString()).Should().Equal(
            "'text': 4 rows",
            "column  kind             missing  different  values",
            "age     Number                 1          3  30 to 50.5, mean 40.1667",
            "town    Category               0          3  Bath, Leeds, York",
            "left    Boolean                0          2  no, yes",
            "since   Date                   1          2  2023-12-31 to 2024-01-05",
            "cut     OrderedCategory        0          3  fair < good < ideal",
            "id      Identifier             0          4  a1, a2, a3, a4",
            "when    Undecided              0          4  1.2.24, 2.2.24, 3.2.24, 4.2.24");

    [Fact]
    public void Each_column_can_be_asked()
    {
        TableSummary summary = Read(Text, _options).Summary();
        summary.Count.Should().Be(7);
        summary.Select(column => column.Name).Should().Equal("age", "town", "left", "since", "cut", "id", "when");
        ColumnSummary age = summary[0];
        (age.Name, age.Kind, age.Missing, age.Distinct).Should().Be(("age", ColumnKind.Number, 1, 3));
        age.ToString().Should().Be("age: Number, 1 missing, 30 to 50.5, mean 40.1667");
    }

    [Fact]
    public void Odd_tables_have_a_summary_too()
    {
        Lines(Read("a,b\n,x\n").Summary().ToString()).Should().Equal(
            "'text': 1 row", "column  kind      missing  different  values", "a       Number          1          0",
            "b       Category        0          1  x");
        string many = "c\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"n{i}\n"));
        Read(many, new() { MaxCategories = 3 }).Summary()[0].Values.Should().Be("n0, n1, n2, n3, …");
        Read("c\n\"two\nlines\u001b[2J\"\n").Summary().ToString().Should().NotContain("\u001b").And.NotContain("two\n");
        Read($"c\n{new string('x', 10_000)}\n").Summary().ToString().Length.Should().BeLessThan(400);
        Read("n\n1e308\n1.7e308\n").Summary()[0].Values.Should().Be("1e+308 to 1.7e+308, mean 1.35e+308");
    }

    [Fact]
    public void A_schema_says_what_becomes_of_each_column()
    {
        Table table = Read(Text, _options).DropMissing("age");
        TableSchema schema = table.FitRegression(
            "age", new() { Inputs = ["town", "left", "since", "cut"], Numbers = NumberEncoding.Standardize });
        Lines(schema.ToString()).Should().Equal(
            "town: one-hot, 3 categories",
            "left: 0 or 1; missing 1",
            "since.month: sine and cosine; missing 6.5, with an indicator",
            "since.weekday: sine and cosine; missing 5",
            "cut: standardize; missing 0",
            "to predict: age");
        Lines(table.FitClassification("left", new() { Inputs = ["town"], MaxOneHot = 0 }).ToString()).Should().Equal(
            "town: embedding of 3 categories", "to predict: left, one of no, yes");
        var bins = new SchemaOptions { Inputs = ["cut"], Numbers = NumberEncoding.PiecewiseLinear };
        Lines(table.FitRegression("age", bins).ToString()).Should().Equal(
            "cut: piecewise linear, up to 16 bins; missing 0", "to predict: age");
        schema.Columns[0].ToString().Should().Be("town: Category");
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');
}
