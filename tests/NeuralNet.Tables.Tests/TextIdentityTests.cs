using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Training;

namespace NeuralNet.Tables.Tests;

/// <summary>A category or a class is its text as it is written, from training to prediction.</summary>
public sealed class TextIdentityTests
{
    private static readonly string[][] _lookalikes =
    [
        ["1.1", "1.10"],
        ["007", "7"],
        ["0", "-0"],
        ["1e3", "1000"],
        ["12345678901234567890", "12345678901234567891"],
        ["9007199254740992", "9007199254740993"],
        ["+5", "5"],
        ["0.1", ".1"],
        ["1.0", "1"],
        ["1", "1."],
        ["0.30000000000000004", "0.300000000000000040"],
        ["1,5", "1,50"],
        ["1E5", "1e5"],
    ];

    public static TheoryData<string, string> Lookalikes()
    {
        var data = new TheoryData<string, string>();
        foreach (string[] pair in _lookalikes)
        {
            data.Add(pair[0], pair[1]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Lookalikes))]
    public void Classes_keep_their_texts(string one, string other)
    {
        Table table = Read($"x,y\n1,\"{other}\"\n2,\"{one}\"\n3,\"{other}\"\n");
        TableSchema schema = table.FitClassification("y", TestTable.Standardized);
        schema.Labels!.Labels.Should().BeEquivalentTo([one, other]);
        schema.ToLabels(table).Select(schema.Labels.Decode).Should().Equal(other, one, other);
        schema.ToLabels(Read($"y\n\"{one}\"\n")).Select(schema.Labels.Decode).Should().Equal(one);
        table.FitBinaryClassification("y", positive: one).Labels!.Labels.Should().Equal(other, one);
        table["y"].Text(0).Should().Be(other);

        // By network, file and prediction, and as what a stratified split goes by.
        Network<float> network = Learned(schema.ToDataSet<float>(table));
        SavedPipeline.Loaded(schema.ToPipeline(network)).PredictLabels(table).Should().Equal(other, one, other);
        Table many = Read(
            "y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"\"{(i % 10 == 0 ? one : other)}\"\n")));
        Count(many.StratifiedSplit("y", 0.5, seed: 3).First["y"], one).Should().Be(2);
    }

    [Theory]
    [MemberData(nameof(Lookalikes))]
    public void Categories_keep_their_texts_and_prediction_reads_them_as_training_did(string one, string other)
    {
        CsvOptions options = new() { Categories = ["code"] };
        Table table = Read($"code,y\n\"{one}\",1\n\"{other}\",2\nzebra,3\n", options);
        TableSchema schema = table.FitRegression(
            "y", new() { Targets = TargetScaling.None, RefuseUnknownCategories = true });
        schema.Columns[0].Categories!.Labels.Should().BeEquivalentTo([one, other, "zebra"]);
        Network<float> network = Network.Create<float>(3, seed: 1).Dense(1).Build();
        Pipeline<float> loaded = SavedPipeline.Loaded(schema.ToPipeline(network));
        Matrix<float> expected = network.Predict(schema.ToInputs<float>(table));

        // The files to predict are read without the options; two of them hold nothing but what looks like numbers.
        foreach ((string text, int at) in new[] { (one, 0), (other, 1), ("zebra", 2) })
        {
            loaded.Predict(Read($"code\n\"{text}\"\n")).ToColumnMajorArray().Should().Equal(expected[0, at]);
        }

        loaded.Predict(Read($"code\nzebra\n\"{one}\"\n\"{other}\"\n")).Row(0)
            .Should().Equal(expected[0, 2], expected[0, 0], expected[0, 1]);
        loaded.Columns![0].Categories!.Labels.Should().Equal(schema.Columns[0].Categories!.Labels);
        loaded.Invoking(p => p.Predict(Read("code\n0x\n")))
            .Should().Throw<InvalidDataException>().WithMessage("*'0x'*");
    }

    [Fact]
    public void A_number_that_is_written_otherwise_is_no_known_category()
    {
        TableSchema schema = Read("zip,y\n007,1\n08,2\n", new() { Categories = ["zip"] })
            .FitRegression("y");
        schema.ToInputs<double>(Read("zip\n7\n007\n")).ToColumnMajorArray().Should().Equal(0, 0, 1, 0);
        TableSchema classes = Read("x,y\n1,1.0\n2,2.0\n").FitClassification("y");
        classes.Invoking(p => p.ToLabels(Read("y\n1\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage(
                "'text', line 2, column 'y' is '1', which was not there in the training data; known are 1.0, 2.0.");
    }

    [Fact]
    public void A_culture_changes_no_category()
    {
        CsvOptions german = new() { Delimiter = ';', DecimalSeparator = ',' };
        Table table = Read("x;y\n1,5;1,50\n2,5;1,5\n", german);
        table["x"].Values.ToArray().Should().Equal(1.5, 2.5);
        table.FitClassification("y").Labels!.Labels.Should().Equal("1,5", "1,50");
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = german.Culture;
            Read("x,y\n1,1.5\n2,0.5\n").FitClassification("y").Labels!.Labels.Should().Equal("0.5", "1.5");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Labels_that_are_numbers_are_in_numeric_order_and_others_in_ordinal_order()
    {
        Labels("10", "9", "-1", "2.5", "09").Should().Equal("-1", "2.5", "09", "9", "10");
        Labels("10", "9", "none").Should().Equal("10", "9", "none");
        Labels("2024-01-02", "1,5", "5 %").Should().Equal("1,5", "2024-01-02", "5 %");
        Read("x,y\n1,10\n2,9\n", new() { Categories = ["y"] }).FitClassification("y").Labels!.Labels
            .Should().Equal("10", "9");

        static IEnumerable<string> Labels(params string[] texts) =>
            Read("x,y\n" + string.Concat(texts.Select((text, i) => $"{i},\"{text}\"\n")))
                .FitClassification("y").Labels!.Labels;
    }

    [Fact]
    public void A_number_of_the_training_data_must_be_one_of_the_rows_to_predict()
    {
        TableSchema schema = Read("x,y\n1,1\n2,2\n").FitRegression("y");
        schema.Invoking(p => p.ToInputs<float>(Read("x\n1\n2\nthree\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage(
                "'text', line 4, column 'x' is 'three', but must be a finite number as in the training data.*");
        schema.Invoking(p => p.ToInputs<float>(Read("x\n\"1,5\"\n")))
            .Should().Throw<InvalidDataException>().WithMessage("*DecimalSeparator = ','*");

        // Other columns of the file do not matter, whatever they hold.
        schema.ToInputs<double>(Read("id,x\nA,1\n7,2\n2024-01-01,3\n")).ColumnCount.Should().Be(3);
    }

    [Fact]
    public void A_text_is_kept_by_a_choice_of_few_rows()
    {
        Table table = Read("a\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i}.{i % 10}0\n")));
        Table few = table.Select([99, 3, 99]);
        few["a"].Text(0).Should().Be("99.90");
        few["a"].Text(1).Should().Be("3.30");
        few["a"].Values.ToArray().Should().Equal(99.9, 3.3, 99.9);
        few["a"].Invoking(column => column.Text(3)).Should().Throw<ArgumentOutOfRangeException>();
        Read("a\n?\n1\n")["a"].Text(0).Should().BeNull();
    }

    private static int Count(TableColumn column, string text) =>
        Enumerable.Range(0, 20).Count(row => column.Text(row) == text);

    // A network that learned three rows by heart.
    private static Network<float> Learned(DataSet<float> data)
    {
        Network<float> network = Network.Create<float>(1, seed: 1).Dense(8, new Tanh()).Dense(2).Build();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.05));
        trainer.Fit(data, new() { Epochs = 300 });
        return network;
    }

    private static Table Read(string text, CsvOptions? options = null) =>
        Table.Read(new StringReader(text), options);
}
