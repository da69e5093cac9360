using NeuralNet.Data;
using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>Categories that the training data lack, and how a network learns what to make of them.</summary>
public sealed class UnknownCategoryTests
{
    private const string Text = "zone,size,n,b,y\nA,s,1,yes,1\nB,m,2,no,2\nA,l,3,yes,3\n";

    [Fact]
    public void A_report_names_the_column_the_rows_and_the_texts()
    {
        TableSchema schema = Read(Text).FitRegression("y");
        Table rows = Read("zone,size,n,b\nC,s,1,yes\nA,m,1,no\nD,,2,no\nC,s,NA,yes\n");
        IReadOnlyList<UnknownCategories> reports = schema.UnknownCategories(rows);
        reports.Select(report => (report.Column, report.Rows)).Should().Equal(("zone", 3), ("size", 1));
        reports[0].Texts.Should().Equal("C", "D");
        reports[1].Texts.Should().Equal("");
        reports[0].ToString().Should().Be("zone: 3 rows with categories that training never saw, such as C, D");
        reports[1].ToString().Should().StartWith("size: 1 row with categories");
        schema.UnknownCategories(Read(Text)).Should().BeEmpty();
        Refusal(() => schema.UnknownCategories(Read("zone\nA\n"))).Should().Contain("no column 'size'");
        schema.Invoking(s => s.UnknownCategories(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Unknown_ones_are_zeros_or_the_number_behind_the_last()
    {
        Table rows = Read("zone,size,n,b\nC,s,1,yes\n");
        Read(Text).FitRegression("y", new() { Inputs = ["zone", "size"] }).ToInputs<double>(rows).Column(0)
            .Should().Equal(0, 0, 0, 0, 1);
        Read(Text).FitRegression("y", new() { Inputs = ["zone", "size"], MaxOneHot = 2 }).ToInputs<double>(rows)
            .Column(0).Should().Equal(0, 0, 2);
        Read(Text).FitRegression("y", new() { Inputs = ["zone", "size"], MaxOneHot = 0 }).ToInputs<double>(rows)
            .Column(0).Should().Equal(2, 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public void Where_they_are_refused_the_row_is_named(int maxOneHot)
    {
        var options = new SchemaOptions { RefuseUnknownCategories = true, MaxOneHot = maxOneHot };
        TableSchema schema = Read(Text).FitRegression("y", options);
        Refusal(() => schema.ToInputs<double>(Read("zone,size,n,b\nA,s,1,yes\nA,xl,1,no\n"))).Should().Be(
            "'text', line 3, column 'size' is 'xl', which was not there in the training data; known are l, m, s.");
        schema.UnknownCategories(Read("zone,size,n,b\nA,xl,1,no\n")).Should().ContainSingle();
    }

    [Theory]
    [InlineData(1000, 0.01, 10)]
    [InlineData(1000, 0.25, 250)]
    [InlineData(1000, 0, 0)]
    [InlineData(10, 0.01, 1)]
    public void The_training_set_shows_a_share_of_each_column_as_unknown_but_nothing_else(
        int rows, double share, int expected)
    {
        Table table = Rows(rows);
        TableSchema schema = table.FitRegression(
            "y", new() { MaxOneHot = 3, UnknownShare = share, Numbers = NumberEncoding.None });
        DataSet<double> whole = schema.ToDataSet<double>(table);
        DataSet<double> training = schema.ToTrainingSet<double>(table, seed: 1);
        training.Targets.Values.ToArray().Should().Equal(whole.Targets.Values.ToArray());

        // A number, one of yes and no, three features of a category and one by its number, of which there are five.
        schema.InputSize.Should().Be(6);
        int zeros = 0;
        int behindLast = 0;
        for (int j = 0; j < rows; j++)
        {
            double[] now = training.Inputs.Column(j).ToArray();
            double[] before = whole.Inputs.Column(j).ToArray();
            now[..2].Should().Equal(before[..2]);
            zeros += now[2..5].Sum() == 0 ? 1 : 0;
            behindLast += now[5] == schema.Embedded[0].Categories!.Labels.Count ? 1 : 0;
            (now[2..5].Sum() == 0 || now.AsSpan(2, 3).SequenceEqual(before.AsSpan(2, 3))).Should().BeTrue();
            (now[5] == before[5] || now[5] == schema.Embedded[0].Categories!.Labels.Count).Should().BeTrue();
        }

        zeros.Should().Be(expected);
        behindLast.Should().Be(expected);
    }

    [Fact]
    public void The_seed_chooses_the_rows_for_each_column_by_itself()
    {
        Table table = Rows(400);
        TableSchema schema = table.FitRegression("y", new() { UnknownShare = 0.1, Bins = 1 });
        double[] one = schema.ToTrainingSet<double>(table, seed: 1).Inputs.Values.ToArray();
        schema.ToTrainingSet<double>(table, seed: 1).Inputs.Values.ToArray().Should().Equal(one);
        schema.ToTrainingSet<double>(table, seed: 2).Inputs.Values.ToArray().Should().NotEqual(one);
        int[] firstUnknown = Unknown(2, 3);
        int[] secondUnknown = Unknown(5, 5);
        firstUnknown.Should().HaveCount(40);
        secondUnknown.Should().HaveCount(40).And.NotEqual(firstUnknown);

        int[] Unknown(int from, int count) =>
        [
            .. Enumerable.Range(0, 400)
                .Where(j => one.AsSpan((j * schema.InputSize) + from, count).ToArray().Sum() == 0),
        ];
    }

    [Fact]
    public void A_single_row_is_shown_as_unknown()
    {
        Table table = Read("c,y\nx,1\n");
        TableSchema schema = table.FitRegression("y");
        schema.ToDataSet<float>(table).Inputs[0, 0].Should().Be(1);
        schema.ToTrainingSet<float>(table, seed: 1).Inputs[0, 0].Should().Be(0);
    }

    [Fact]
    public void Where_unknown_ones_are_refused_none_is_shown()
    {
        Table table = Rows(100);
        TableSchema schema = table.FitRegression("y", new() { RefuseUnknownCategories = true, UnknownShare = 0.5 });
        schema.ToTrainingSet<float>(table, seed: 1).Inputs.Values.ToArray()
            .Should().Equal(schema.ToDataSet<float>(table).Inputs.Values.ToArray());
    }

    [Fact]
    public void Classes_are_never_unknown()
    {
        Table table = Rows(100);
        TableSchema schema = table.FitClassification("c", new() { UnknownShare = 0.5 });
        schema.ToTrainingSet<float>(table, seed: 1).Targets.Values.ToArray()
            .Should().Equal(schema.ToDataSet<float>(table).Targets.Values.ToArray());
        Refusal(() => schema.ToLabels(Read("c\nother\n"))).Should().Contain("'other'");
    }

    private static Table Rows(int rows) => Table.FromRows(Enumerable.Range(0, rows).Select(i => new
    {
        n = i,
        b = i % 2 == 0,
        c = $"c{i % 3}",
        e = $"e{i % 5}",
        y = i * 2,
    }));
}
