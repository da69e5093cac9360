using NeuralNet.Networks;
using NeuralNet.Pipelines;
using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>Texts may be mapped by a function, which is not saved, or replaced, which is.</summary>
public sealed class MappedColumnTests
{
    [Fact]
    public void A_function_maps_each_different_text_once_before_anything_else_looks_at_it()
    {
        var seen = new List<string>();
        Table table = Read("w,y\n5 kg,1\n 7 kg ,2\n5 kg,3\n-,4\n", new()
        {
            PerColumn =
            {
                ["w"] = new()
                {
                    Map = text =>
                    {
                        seen.Add(text);
                        return text == "-" ? null : text.Replace("kg", "", StringComparison.Ordinal);
                    },
                },
            },
        });
        seen.Should().Equal("5 kg", "7 kg", "-");
        table["w"].Kind.Should().Be(ColumnKind.Number);
        table["w"].Values.ToArray().Should().Equal(5, 7, 5, double.NaN);
        table["w"].Text(1).Should().Be("7");
    }

    [Fact]
    public void What_a_function_makes_may_be_missing_or_the_same_as_another_text()
    {
        Table table = Read("c\nRed.\nred\nNA.\nBLUE\n", Mapped("c", text => text.TrimEnd('.').ToLowerInvariant()));
        table["c"].Categories!.Labels.Should().Equal("blue", "na", "red");
        table["c"].Values.ToArray().Should().Equal(2, 2, 1, 0);
        Read("c\nx\nNA.\n", Mapped("c", text => text.TrimEnd('.')))["c"].Text(1).Should().BeNull();
    }

    [Fact]
    public void A_function_that_fails_is_named_with_the_text() =>
        Refusal(() => Read("c\nx\ny\n", Mapped("c", text => text == "y" ? throw new FormatException("no y") : text)))
            .Should().Be("'text', column 'c': ColumnOptions.Map failed on 'y': no y");

    [Fact]
    public void Texts_are_replaced_behind_the_function()
    {
        var options = new CsvOptions
        {
            PerColumn =
            {
                ["s"] = new()
                {
                    Map = text => text.ToLowerInvariant(),
                    Replace = new Dictionary<string, string> { ["m"] = "male", ["f"] = "female", ["u"] = "NA" },
                },
            },
        };
        Table table = Read("s\nM\nf\nmale\nU\n", options);
        Enumerable.Range(0, 4).Select(table["s"].Text).Should().Equal("male", "female", "male", null);
    }

    [Fact]
    public void A_saved_model_replaces_as_training_did_and_asks_for_the_function()
    {
        var replaced = new CsvOptions
        {
            PerColumn = { ["s"] = new() { Replace = new Dictionary<string, string> { ["m"] = "male" } } },
        };
        Pipeline<double> pipeline = Model(Read("s,y\nm,1\nmale,2\nfemale,3\n", replaced));
        pipeline.Schema().Columns[0].Categories!.Labels.Should().Equal("female", "male");
        pipeline.Predict(Read("s\nm\nfemale\n")).Row(0)
            .Should().Equal(pipeline.Predict(Read("s\nmale\nfemale\n")).Row(0));

        CsvOptions mapped = Mapped("s", text => text[..1]);
        Pipeline<double> needy = Model(Read("s,y\nmx,1\nma,2\nfe,3\n", mapped));
        Refusal(() => needy.Predict(Read("s\nmx\n"))).Should().StartWith(
            "'text': in training a function mapped the texts of column 's', which cannot be saved")
            .And.Contain("TableOptions.PerColumn[\"s\"] = new() { Map = … }");
        needy.Predict(Read("s\nmm\nff\n", mapped)).Row(0).Should().Equal(
            needy.Predict(Read("s\nm\nf\n", Mapped("s", text => text))).Row(0));
    }

    [Fact]
    public void Texts_to_replace_are_compared_exactly_before_and_behind_saving()
    {
        // A dictionary of another comparison must not replace more in training than in the saved model.
        var replace = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["m"] = "male" };
        var options = new CsvOptions { PerColumn = { ["s"] = new() { Replace = replace } } };
        Table table = Read("s,y\nm,1\nM,2\nfemale,3\n", options);
        TableSchema schema = table.FitRegression("y");
        Network<double> network = Network.Create<double>(schema.InputSize, seed: 1).Dense(1).Build();
        SavedPipeline.Loaded(schema.ToPipeline(network)).Predict(Read("s\nm\nM\nfemale\n"))
            .Should().BeEquivalentTo(schema.ToPipeline(network).Predict(table));
        replace["female"] = "changed later";
        Read("s,y\nfemale,3\n", options)["s"].Text(0).Should().Be("female");
    }

    [Fact]
    public void New_rows_may_map_where_training_did_not()
    {
        TableSchema schema = Read("s,y\nmale,1\nfemale,2\n").FitRegression("y");
        schema.ToInputs<double>(Read("s\nMALE\n", Mapped("s", text => text.ToLowerInvariant()))).Column(0)
            .Should().Equal(0, 1);
        var renamed = new CsvOptions
        {
            PerColumn = { ["s"] = new() { Replace = new Dictionary<string, string> { ["Herr"] = "male" } } },
        };
        schema.ToInputs<double>(Read("s\nHerr\n", renamed)).Column(0).Should().Equal(0, 1);
    }

    private static CsvOptions Mapped(string column, Func<string, string?> map) =>
        new() { PerColumn = { [column] = new() { Map = map } } };

    private static Pipeline<double> Model(Table table)
    {
        TableSchema schema = table.FitRegression("y");
        return SavedPipeline.Loaded(
            schema.ToPipeline(Network.Create<double>(schema.InputSize, seed: 1).Dense(1).Build()));
    }
}
