using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>A saved model reads new rows as training read its own, whatever their options.</summary>
public sealed class SavedTableModelTests
{
    private const string Text = """
        id;amount;day;at;grade;member;shop;town;plan;bought
        a1;1.234,5;05.03.2024;6:30;low;ja;s1;York;basic;yes
        a2;-999;06.04.2024;18:15;high;nein;s2;Bath;plus;no
        a3;0,5;-999;7:00;mid;ja;s3;York;basic;yes
        a4;12;07.05.2024;-999;low;-999;s4;-999;plus;no
        a5;3.000;08.05.2024;23:59;mid;nein;s1;Leeds;PLUS;no

        """;

    private static readonly MissingValues _gaps = MissingValues.Median.WithIndicator();

    private static readonly ComputedColumn _size =
        ComputedColumn.Text("size", row => row.Number("amount") > 1000 ? "large" : "small");

    private static readonly CsvOptions _training = new()
    {
        Delimiter = ';',
        DecimalSeparator = ',',
        ThousandsSeparator = '.',
        MissingTexts = ["-999"],
        Missing = MissingValues.Category,
        Identifiers = ["id"],
        Booleans = ["member"],
        PerColumn =
        {
            ["amount"] = new() { Missing = _gaps },
            ["day"] = new()
            {
                DateFormat = "dd.MM.yyyy",
                DateParts = DateParts.Year | DateParts.Month | DateParts.Time,
            },
            ["at"] = new() { DateFormat = "H:mm" },
            ["grade"] = new() { Order = ["low", "mid", "high"] },
            ["member"] = new()
            {
                Replace = new Dictionary<string, string> { ["ja"] = "1", ["nein"] = "0" },
            },
            ["plan"] = new() { Map = text => text.ToLowerInvariant() },
        },
        Computed = [_size],
    };

    // What cannot be saved, and the delimiter; everything else is what a reader takes by default.
    private static readonly CsvOptions _new = new()
    {
        Delimiter = ';',
        PerColumn = { ["plan"] = new() { Map = text => text.ToLowerInvariant() } },
        Computed = [ComputedColumn.Text("size", row => row["amount"] is "1.234,5" or "3.000" ? "large" : "small")],
    };

    [Theory]
    [InlineData(50, NumberEncoding.Standardize)]
    [InlineData(3, NumberEncoding.MinMax)]
    [InlineData(0, NumberEncoding.PiecewiseLinear)]
    public void Every_kind_of_column_predicts_the_same_behind_saving(int maxOneHot, NumberEncoding numbers)
    {
        var options = new SchemaOptions { MaxOneHot = maxOneHot, Numbers = numbers };
        Table training = Read(Text, _training);
        TableSchema schema = training.FitBinaryClassification("bought", "yes", options);
        schema.Columns.Select(column => column.Kind).Distinct().Should().BeEquivalentTo(
            [
                ColumnKind.Number, ColumnKind.Date, ColumnKind.OrderedCategory, ColumnKind.Boolean,
                ColumnKind.Category,
            ]);
        Network<double> network = schema.BuildNetwork<double>(seed: 1, hidden: [8]);
        Pipeline<double> pipeline = schema.ToPipeline(network);
        Pipeline<double> loaded = SavedPipeline.Loaded(pipeline);
        double[] expected = [.. pipeline.Predict(training).Row(0)];
        expected.Should().OnlyContain(value => double.IsFinite(value)).And.OnlyHaveUniqueItems();
        loaded.Predict(training).Row(0).Should().Equal(expected);
        loaded.Predict(Read(Text, _new)).Row(0).Should().Equal(expected);
        loaded.PredictLabels(Read(Text, _new)).Should().Equal(pipeline.PredictLabels(training));
        SavedPipeline.Loaded(loaded).Predict(Read(Text, _new)).Row(0).Should().Equal(expected);

        // What training left out does not matter, nor the order of the columns.
        string[] lines = Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string turned = string.Concat(
            lines.Select(line => string.Join(';', line.Split(';')[1..^1].Reverse()) + "\n"));
        loaded.Predict(Read(turned, _new)).Row(0).Should().Equal(expected);
    }

    [Fact]
    public void The_schema_of_a_saved_pipeline_is_that_of_training()
    {
        TableSchema schema = Read(Text, _training).FitBinaryClassification("bought", "yes");
        Network<float> network = schema.BuildNetwork<float>(seed: 1, hidden: [2]);
        TableSchema loaded = SavedPipeline.Loaded(schema.ToPipeline(network)).Schema();
        loaded.Columns.Select(Described).Should().Equal(schema.Columns.Select(Described));
        loaded.ToString().Should().StartWith("amount: Number").And.Contain("day.month: Date");
        loaded.TargetNames.Should().Equal("bought");
        loaded.Labels!.Labels.Should().Equal("no", "yes");
        loaded.ToDataSet<double>(Read(Text, _new)).Targets.Values.ToArray().Should().Equal(1, 0, 1, 0, 0);
        loaded.InputSize.Should().Be(schema.InputSize);
        loaded.UnknownCategories(Read(Text.Replace("York", "Hull", StringComparison.Ordinal), _new))
            .Select(report => (report.Column, report.Rows)).Should().Equal(("town", 2));

        static (string, string, ColumnKind, DateParts, bool, string) Described(SchemaColumn column) => (
            column.Name, column.Column, column.Kind, column.Part, column.IsComputed,
            string.Join(',', column.Categories?.Labels ?? []));
    }

    [Fact]
    public void What_a_plain_column_needs_is_said_in_no_words()
    {
        TableSchema schema = Read("x,c,y\n1,a,1\n2,b,2\n").FitRegression("y");
        Pipeline<double> loaded = SavedPipeline.Loaded(
            schema.ToPipeline(Network.Create<double>(3, seed: 1).Dense(1).Build()));
        loaded.Columns!.Select(column => column.Reading).Should().Equal(null, null);
        Read("x,c,y\n1,a,1\n2,b,2\n", new() { MissingTexts = ["-"] }).FitRegression("y")
            .ToPipeline(loaded.Network).Columns![0].Reading.Should().Be("{\"missing\":[\"-\"]}");
    }

    [Fact]
    public void Dates_may_come_in_another_format_if_the_new_options_say_so()
    {
        Table training = Read("d,y\n05/03/2024,1\n06/04/2024,2\n", Format("dd/MM/yyyy"));
        TableSchema schema = training.FitRegression("y");
        Matrix<double> expected = schema.ToInputs<double>(training);
        schema.ToInputs<double>(Read("d\n05/03/2024\n06/04/2024\n")).Should().BeEquivalentTo(expected);
        schema.ToInputs<double>(Read("d\n03-05-24\n04-06-24\n", Format("MM-dd-yy"))).Should().BeEquivalentTo(expected);
        Refusal(() => schema.ToInputs<double>(Read("d\n05/03/2024\n2024-03-05\n"))).Should().StartWith(
            "'text', line 3, column 'd' is '2024-03-05', but must be a date in the format 'dd/MM/yyyy'.");

        static CsvOptions Format(string format) => new() { PerColumn = { ["d"] = new() { DateFormat = format } } };
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("{\"kind\":5}")]
    [InlineData("{\"kind\":\"Vector\"}")]
    [InlineData("{\"kind\":\"Category\"}")]
    [InlineData("{\"kind\":\"OrderedCategory\"}")]
    [InlineData("{\"kind\":\"Undecided\"}")]
    [InlineData("{\"kind\":\"Identifier\"}")]
    [InlineData("{\"kind\":\"Date\"}")]
    [InlineData("{\"kind\":\"Date\",\"part\":\"Century\"}")]
    [InlineData("{\"kind\":\"Date\",\"part\":\"Year, Month\"}")]
    [InlineData("{\"missing\":5}")]
    [InlineData("{\"missing\":[null]}")]
    [InlineData("{\"replace\":[1]}")]
    [InlineData("{\"replace\":{\"a\":1}}")]
    [InlineData("{\"replace\":{\"a\":\"b\",\"a\":\"c\"}}")]
    [InlineData("{\"mapped\":\"yes\"}")]
    [InlineData("{\"column\":\"\\ud800\"}")]
    [InlineData("{\"numbers\":\"??\"}")]
    [InlineData("{\"numbers\":\".\"}")]
    [InlineData("{\"kind\":\"Date\",\"part\":\"Time\",\"dateFormat\":\"%\"}")]
    public void A_damaged_reading_of_a_column_is_refused_and_nothing_else(string reading)
    {
        Network<double> network = Network.Create<double>(1, seed: 1).Dense(1).Build();
        Pipeline<double> pipeline = Pipeline.Create(
            network, columns: [new InputColumn("x", categories: null, reading)]);
        Refusal(() => pipeline.Predict(Read("x\n2024-01-01\n"))).Should().NotBeEmpty();
    }

    [Fact]
    public void A_pipeline_put_together_by_hand_reads_tables_too()
    {
        Network<double> network = Network.Create<double>(2, seed: 1).Dense(1).Build();
        Pipeline<double> pipeline = Pipeline.Create(
            network,
            columns: [new InputColumn("x"), new InputColumn("c", new LabelEncoder(["a", "b"]))]);
        pipeline.Predict(Read("c,x\nb,5\n"))[0, 0]
            .Should().Be(network.Predict(Matrix<double>.Build.Dense(2, 1, [5, 1]))[0, 0]);
        pipeline.Schema().Embedded.Select(column => column.Name).Should().Equal("c");
        Pipeline.Create(network).Invoking(p => p.Schema()).Should().Throw<InvalidOperationException>();
    }
}
