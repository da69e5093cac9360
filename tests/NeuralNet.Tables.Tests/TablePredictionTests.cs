using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tables.Tests;

public sealed class TablePredictionTests
{
    private const string Customers =
        "months,charge,payment,left\n1,70.1,card,yes\n20,,cash,no\n33,90.7,,no\n7,55.5,card,yes\n48,20.25,cash,no\n";

    private static readonly CsvOptions _options = new() { Missing = MissingValues.Median };

    [Fact]
    public void One_file_holds_all_that_raw_rows_need_elsewhere()
    {
        Table table = Read(Customers);
        TableSchema schema = table.FitBinaryClassification("left", positive: "yes");
        schema.IsBinary.Should().BeTrue();
        schema.TargetSize.Should().Be(1);
        schema.Labels!.Labels.Should().Equal("no", "yes");
        schema.ToDataSet<float>(table).Targets.Values.ToArray().Should().Equal(1, 0, 0, 1, 0);

        Network<float> network = Network.Create<float>(schema.InputSize, seed: 1).Dense(8, new ReLU())
            .Dense(1, new Sigmoid()).Build();
        Matrix<float> expected = network.Predict(schema.ToInputs<float>(table));
        Pipeline<float> loaded = SavedPipeline.Loaded(schema.ToPipeline(network, threshold: expected[0, 2]));
        loaded.Threshold.Should().Be(expected[0, 2]);

        // Another order, other columns, no target, a category that looks missing: to the bit what the network says.
        Table rows = Read(
            "payment,note,charge,months\ncard,a,70.1,1\ncash,b,,20\n,c,90.7,33\ncard,d,55.5,7\ncash,e,20.25,48\n");
        loaded.Predict(rows).ToRowMajorArray().Should().Equal(expected.ToRowMajorArray());
        loaded.PredictProbabilities(rows).Row(1).Should().Equal(expected.Row(0));
        loaded.PredictLabels(rows).Should().Equal(expected.Row(0).Select(p => p > expected[0, 2] ? "yes" : "no"));
        loaded.Columns![2].Categories!.Labels.Should().Equal("", "card", "cash");
    }

    [Fact]
    public void The_positive_class_is_the_second_whatever_the_alphabet_says()
    {
        TableSchema schema = Read("x,state\n1,active\n2,lapsed\n3,active\n")
            .FitBinaryClassification("state", "active");
        schema.Labels!.Labels.Should().Equal("lapsed", "active");
        schema.ToDataSet<double>(Read("x,state\n1,active\n2,lapsed\n")).Targets.Values.ToArray()
            .Should().Equal(1, 0);
        Read("x,state\n1,0\n2,1\n").FitBinaryClassification("state", "1").Labels!.Labels.Should().Equal("0", "1");
    }

    [Theory]
    [InlineData(
        "x,y\n1,a\n2,b\n3,c\n", "a", "'text': column 'y' must hold 'a' and one other class, but it holds a, b, c.")]
    [InlineData("x,y\n1,a\n2,b\n", "yes", "'text': column 'y' must hold 'yes' and one other class, but it holds a, b.")]
    [InlineData("x,y\n1,a\n2,a\n", "a", "'text': column 'y' must hold 'a' and one other class, but it holds a.")]
    public void Other_than_two_classes_are_no_yes_or_no(string text, string positive, string message) =>
        FluentActions.Invoking(() => Read(text).FitBinaryClassification("y", positive))
            .Should().Throw<InvalidDataException>().WithMessage(message);

    [Fact]
    public void Classes_and_results_in_the_unit_of_the_targets_come_from_a_table_too()
    {
        Table table = Read(Customers.Replace("90.7,,", "90.7,invoice,", StringComparison.Ordinal));
        TableSchema classes = table.FitClassification("payment", new() { Inputs = ["months", "charge"], Bins = 1 });
        Network<double> three = Network.Create<double>(2, seed: 1).Dense(3).Build();
        Pipeline<double> classifier = SavedPipeline.Loaded(classes.ToPipeline(three));
        Matrix<double> logits = three.Predict(classes.ToInputs<double>(table));
        classifier.PredictLabels(table)
            .Should().Equal(logits.EnumerateColumns().Select(column => classes.Labels!.Decode(column.MaximumIndex())));
        classifier.PredictProbabilities(table).ColumnSums().Should().OnlyContain(sum => Math.Abs(sum - 1) < 1e-14);

        TableSchema charges = table.FitRegression("months", new() { Inputs = ["charge", "payment"] });
        Network<double> one = Network.Create<double>(charges.InputSize, seed: 2).Dense(1).Build();
        Matrix<double> expected = charges.Targets!.Invert(one.Predict(charges.ToInputs<double>(table)));
        SavedPipeline.Loaded(charges.ToPipeline(one)).Predict(table).Should().BeEquivalentTo(expected);
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        Table table = Read(Customers);
        TableSchema schema = table.FitBinaryClassification(
            "left", "yes", new() { RefuseUnknownCategories = true });
        Network<float> network = Network.Create<float>(schema.InputSize, seed: 1).Dense(1).Build();
        Pipeline<float> pipeline = schema.ToPipeline(network);
        pipeline.Invoking(p => p.Predict(Read("months,charge\n1,2\n")))
            .Should().Throw<InvalidDataException>().WithMessage("*no column 'payment'*");
        pipeline.Invoking(p => p.Predict(Read("months,charge,payment\n1,2,barter\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage("'text', line 2, column 'payment' is 'barter', which was not there in the training data*");
        Pipeline.Create(network).Invoking(p => p.Predict(table))
            .Should().Throw<InvalidOperationException>().WithMessage("*TableSchema.ToPipeline*");
        Network<float> two = Network.Create<float>(schema.InputSize, seed: 1).Dense(2).Build();
        schema.Invoking(p => p.ToPipeline(two)).Should().Throw<ArgumentException>()
            .WithMessage("The network gives 2 outputs, but the schema makes 1 target.*");
    }

    [Fact]
    public void New_rows_are_read_in_the_number_format_of_training()
    {
        var german = new CsvOptions
        {
            Delimiter = ';',
            DecimalSeparator = ',',
            ThousandsSeparator = '.',
            AllowPercent = true,
        };
        Table table = Table.Read(new StringReader("x;p;y\n1.234;1 %;1\n5,5;2,5 %;2\n7;3 %;3\n"), german);
        TableSchema schema = table.FitRegression("y", new() { Bins = 1, Targets = TargetScaling.None });
        Network<double> network = Network.Create<double>(2, seed: 1).Dense(1).Build();
        double expected = network.Predict(schema.ToInputs<double>(table))[0, 0];
        Pipeline<double> loaded = SavedPipeline.Loaded(schema.ToPipeline(network));
        loaded.Columns![0].Reading.Should().Be("{\"numbers\":\",.%\"}");
        loaded.Predict(Table.Read(new StringReader("x;p\n1.234;1 %\n"), new() { Delimiter = ';' }))[0, 0]
            .Should().Be(expected);

        // What the options of the new file say holds.
        var english = new CsvOptions { DecimalSeparator = '.', ThousandsSeparator = ',' };
        loaded.Predict(Table.Read(new StringReader("x,p\n\"1,234\",1.0 %\n"), english))[0, 0]
            .Should().Be(expected);
    }

    private static Table Read(string text) => Table.Read(new StringReader(text), _options);
}
