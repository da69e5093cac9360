using NeuralNet.Networks;
using NeuralNet.Pipelines;
using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>Targets and classes of any table are read as training read its own.</summary>
public sealed class TargetReadingTests
{
    private static readonly CsvOptions _german = new()
    {
        Delimiter = ';',
        DecimalSeparator = ',',
        ThousandsSeparator = '.',
        MissingTexts = ["-999"],
    };

    [Fact]
    public void Numbers_are_in_the_format_of_training()
    {
        Table training = Read("x;y\n1;1.500\n2;2,5\n", _german);
        TableSchema schema = training.FitRegression("y", new() { Targets = TargetScaling.None });
        Table test = Read("x;y\n1;1.500\n2;2,5\n", new() { Delimiter = ';' });
        schema.ToDataSet<double>(test).Targets.Values.ToArray().Should().Equal(1500, 2.5);
        schema.ToDataSet<double>(Table.FromRows([new { x = 1, y = 1.5 }])).Targets.Values.ToArray().Should().Equal(1.5);
        Refusal(() => schema.ToDataSet<double>(Read("x;y\n1;-999\n", new() { Delimiter = ';' })))
            .Should().StartWith("'text', line 2, column 'y' is missing");
    }

    [Fact]
    public void Classes_are_replaced_and_mapped_as_in_training()
    {
        var replacing = new CsvOptions
        {
            PerColumn = { ["y"] = new() { Replace = new Dictionary<string, string> { ["j"] = "yes" } } },
        };
        TableSchema schema = Read("x,y\n1,j\n2,no\n3,yes\n", replacing).FitBinaryClassification("y", "yes");
        schema.ToLabels(Read("y\nj\nno\n")).Should().Equal(1, 0);
        var mapping = new CsvOptions { PerColumn = { ["y"] = new() { Map = text => text.ToLowerInvariant() } } };
        TableSchema mapped = Read("x,y\n1,A\n2,b\n", mapping).FitClassification("y");
        mapped.ToLabels(Read("y\nB\na\n", mapping)).Should().Equal(1, 0);
        Refusal(() => mapped.ToLabels(Read("y\nB\n"))).Should().Contain("in training a function mapped the texts");
    }

    [Fact]
    public void A_class_stays_its_text_whatever_the_column_held()
    {
        string[][] pairs = [["1", "01"], ["1.0", "1"], ["2024-01-01", "x"], ["yes", "no"], ["-", "5"]];
        foreach (string[] pair in pairs)
        {
            string text = $"x,y\n1,{pair[0]}\n2,{pair[1]}\n";
            TableSchema schema = Read(text).FitClassification("y");
            foreach (string label in pair)
            {
                int number = schema.ToLabels(Read($"y\n{label}\n"))[0];
                schema.Labels!.Decode(number).Should().Be(label);
            }
        }
    }

    [Fact]
    public void A_computed_target_is_computed_again()
    {
        var options = new CsvOptions { Computed = [ComputedColumn.Number("late", row => row.Number("x") + 1)] };
        Table table = Read("x\n1\n2\n", options);
        TableSchema schema = table.FitRegression("late", new() { Targets = TargetScaling.None });
        schema.ToDataSet<double>(Read("x\n5\n", options)).Targets.Values.ToArray().Should().Equal(6);
        Refusal(() => schema.ToDataSet<double>(Read("x\n5\n"))).Should().Contain("no column 'late'");
    }

    [Fact]
    public void The_schema_of_a_saved_pipeline_has_its_targets()
    {
        Table table = Read("x,y\n1,1\n2,2\n");
        TableSchema schema = table.FitRegression("y");
        Network<float> network = schema.BuildNetwork<float>(seed: 1, hidden: []);
        TableSchema loaded = SavedPipeline.Loaded(schema.ToPipeline(network)).Schema();
        loaded.ToDataSet<float>(table).Targets.Values.ToArray().Should()
            .Equal(schema.ToDataSet<float>(table).Targets.Values.ToArray());
        loaded.Invoking(s => s.ToLabels(table)).Should().Throw<InvalidOperationException>();

        // One of an earlier version does not know them.
        TableSchema old = Pipeline.Create(network, schema.Inputs, schema.Targets, columns: [new("x")]).Schema();
        old.TargetNames.Should().BeEmpty();
        Refusal(() => old.ToDataSet<float>(table)).Should().StartWith("'text' makes no data set");
    }
}
