using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>Missing values are read as they are, and refused where a column is used or replaced.</summary>
public sealed class MissingValueTests
{
    private const string Text = "n,c,y\n1,a,1\n?,b,2\n3,,3\n8,a,4\n";

    private static readonly SchemaOptions _plain = new() { Numbers = NumberEncoding.None };

    [Fact]
    public void Reading_refuses_and_drops_nothing()
    {
        Table table = Read(Text);
        table.RowCount.Should().Be(4);
        table["n"].Values.ToArray().Should().Equal(1, double.NaN, 3, 8);
        table["c"].Text(2).Should().BeNull();
        table["c"].Categories!.Labels.Should().Equal("", "a", "b");
        table.DropMissing("n").RowCount.Should().Be(3);
    }

    [Theory]
    [InlineData("n", 3)]
    [InlineData("c", 4)]
    public void An_input_is_refused_with_row_column_and_options(string input, int line) =>
        Refusal(() => Read(Text).FitRegression("y", new() { Inputs = [input] })).Should().Be(
            $"'text', line {line}, column '{input}' is missing. TableOptions.Missing says what becomes of missing "
            + "values, such as MissingValues.Median; for this column alone, "
            + $"PerColumn[\"{input}\"] = new() {{ Missing = … }}; Table.DropMissing leaves rows out.");

    [Fact]
    public void Every_column_may_have_a_treatment_of_its_own()
    {
        Table table = Read("a,b,d,e,y\n1,2,3,x,1\n,,,,2\n3,4,8,y,3\n5,9,4,x,4\n", new()
        {
            Missing = MissingValues.Mean,
            PerColumn =
            {
                ["b"] = new() { Missing = MissingValues.Median.WithIndicator() },
                ["d"] = new() { Missing = MissingValues.Constant(-1) },
                ["e"] = new() { Missing = MissingValues.Category },
            },
        });
        TableSchema schema = table.FitRegression("y", _plain);

        // a, b and d, the indicator of b, and the categories missing, x and y.
        schema.ToInputs<double>(table).Column(1).Should().Equal(3, 4, -1, 1, 1, 0, 0);
        schema.ToInputs<double>(table).Column(2).Should().Equal(3, 4, 8, 0, 0, 0, 1);
        Refusal(() => Read(Text, new()
        {
            Missing = MissingValues.Mean,
            PerColumn = { ["n"] = new() { Missing = MissingValues.Refuse } },
        }).FitRegression("y")).Should().StartWith("'text', line 3, column 'n' is missing");
    }

    [Fact]
    public void Numbers_with_and_without_a_replacement_stand_beside_each_other()
    {
        Table table = Read(
            "a,b,y\n1,2,1\n3,,2\n", new() { PerColumn = { ["b"] = new() { Missing = MissingValues.Mean } } });
        TableSchema schema = table.FitRegression("y", TestTable.Standardized);
        schema.ToInputs<double>(table).ToRowMajorArray().Should().Equal(-1, 1, 0, 0);
        Refusal(() => schema.ToInputs<double>(Read("a,b\n,1\n")))
            .Should().StartWith("'text', line 2, column 'a' is missing, and the training data said nothing");
        schema.ToInputs<double>(Read("a,b\n3,\n")).Column(0).Should().Equal(1, 0);
    }

    [Fact]
    public void Columns_without_gaps_get_no_indicator()
    {
        var options = new CsvOptions { Missing = MissingValues.Median.WithIndicator() };
        TableSchema schema = Read("a,b,y\n1,1,1\n,2,2\n", options).FitRegression("y", _plain);
        schema.ToInputs<double>(Read("a,b\n,\n")).Column(0).Should().Equal(1, 1.5, 1);
        schema.ToInputs<double>(Read("a,b\n7,8\n")).Column(0).Should().Equal(7, 8, 0);
    }

    [Theory]
    [InlineData(NumberEncoding.Standardize)]
    [InlineData(NumberEncoding.MinMax)]
    [InlineData(NumberEncoding.None)]
    [InlineData(NumberEncoding.PiecewiseLinear)]
    public void A_gap_that_training_did_not_have_is_refused_in_any_encoding(NumberEncoding encoding)
    {
        TableSchema schema = Read("a,b,y\n1,1,1\n2,2,2\n3,4,3\n").FitRegression("y", new() { Numbers = encoding });
        Refusal(() => schema.ToInputs<float>(Read("a,b\n1,1\n1,NA\n"))).Should().StartWith(
            "'text', line 3, column 'b' is missing, and the training data said nothing about what stands for it: fill "
            + "it in, or");
    }

    [Fact]
    public void A_missing_category_is_one_of_its_own_or_unknown()
    {
        TableSchema with = Read(Text, new() { Missing = MissingValues.Mean })
            .FitRegression("y", new() { Inputs = ["c"] });
        with.ToInputs<double>(Read("c\n\nNA\na\n")).ToColumnMajorArray()
            .Should().Equal(1, 0, 0, 1, 0, 0, 0, 1, 0);
        TableSchema without = Read("c,y\na,1\nb,2\n", new() { Missing = MissingValues.Category }).FitRegression("y");
        without.ToInputs<double>(Read("c\n\nb\n")).ToColumnMajorArray().Should().Equal(0, 0, 0, 1);
        Table known = Read("c,y\na,1\nb,2\n", new() { Missing = MissingValues.Category });
        Refusal(() => known.FitRegression("y", new() { RefuseUnknownCategories = true })
            .ToInputs<double>(Read("c\nb\n\n"))).Should().StartWith("'text', line 3, column 'c' is ''");

        // Where missing values are refused, they are so in new rows, too, of categories as of numbers.
        Refusal(() => Read("c,y\na,1\nb,2\n").FitRegression("y").ToInputs<double>(Read("c\nb\n\n")))
            .Should().StartWith("'text', line 3, column 'c' is missing");
    }

    [Fact]
    public void The_texts_that_count_as_missing_are_saved_with_a_model()
    {
        var options = new CsvOptions { MissingTexts = ["-999", "none"], Missing = MissingValues.Median };
        Table table = Read("n,c,y\n1,a,1\n-999,b,2\n5,none,3\n3,NA,4\n", options);
        TableSchema schema = table.FitRegression("y");
        Network<double> network = Network.Create<double>(schema.InputSize, seed: 1).Dense(1).Build();
        Pipeline<double> loaded = SavedPipeline.Loaded(schema.ToPipeline(network));

        // Read by default, -999 would be a number, none a category and NA missing.
        Matrix<double> expected = schema.ToPipeline(network).Predict(table);
        loaded.Predict(Read("n,c\n1,a\n-999,b\n5,none\n3,NA\n")).Should().BeEquivalentTo(expected);
        Table typed = Table.FromRows(
            [new { n = (double?)1, c = "a" }, new { n = (double?)null, c = "b" }, new { n = (double?)5, c = "none" },
             new { n = (double?)3, c = "NA" }]);
        loaded.Predict(typed).Should().BeEquivalentTo(expected);
    }

    [Fact]
    public void Rows_are_dropped_by_the_columns_that_count()
    {
        Table table = Read(Text);
        table.DropMissing("n").Lines.ToArray().Should().Equal(2, 4, 5);
        table.DropMissing("c", 0).Lines.ToArray().Should().Equal(2, 5);
        table.DropMissing().Lines.ToArray().Should().Equal(2, 5);
        table.DropMissing("y").RowCount.Should().Be(4);
        table.DropMissing("n", "c").FitRegression("y").InputSize.Should().Be(2);
        table.Invoking(t => t.DropMissing("z")).Should().Throw<ArgumentException>().WithMessage("*no column 'z'*");
        Refusal(() => Read("a,b\n,1\n,2\n").DropMissing("a"))
            .Should().Be("'text': in each of 2 rows a value is missing, of the columns a.");
    }

    [Fact]
    public void A_missing_target_is_told_with_the_way_to_drop_its_rows()
    {
        Refusal(() => Read("x,y\n1,1\n2,\n").FitRegression("y"))
            .Should().StartWith("'text', line 3, column 'y' is missing").And.Contain("Table.DropMissing(\"y\")");
        Read("x,y\n1,1\n2,\n3,2\n").DropMissing("y").FitRegression("y").InputSize.Should().Be(1);
    }

    [Fact]
    public void A_treatment_says_what_it_does()
    {
        MissingValues.Refuse.ToString().Should().Be("refused");
        MissingValues.Mean.ToString().Should().Be("mean");
        MissingValues.Median.WithIndicator().ToString().Should().Be("median, with an indicator");
        MissingValues.Constant(-1.5).ToString().Should().Be("-1.5");
        MissingValues.Constant(0).Should().NotBe(MissingValues.Refuse);
        MissingValues.Mean.WithIndicator().Should().Be(MissingValues.Category);
        MissingValues.Category.HasIndicator.Should().BeTrue();
        default(MissingValues).Should().Be(MissingValues.Refuse);
        FluentActions.Invoking(() => MissingValues.Refuse.WithIndicator())
            .Should().Throw<InvalidOperationException>().WithMessage("*MissingValues.Median.WithIndicator()*");
        foreach (double value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            FluentActions.Invoking(() => MissingValues.Constant(value))
                .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("value");
        }
    }
}
