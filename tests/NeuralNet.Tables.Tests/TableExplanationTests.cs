using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Ensembles;
using NeuralNet.Explanations;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Pipelines;

namespace NeuralNet.Tables.Tests;

/// <summary>What predictions depend on is told by column, whatever inputs the column became.</summary>
public sealed class TableExplanationTests
{
    private static readonly string[] _columns = ["zone", "fare", "at", "night"];
    private static readonly CsvOptions _options = new() { Missing = MissingValues.Median.WithIndicator() };

    public static TheoryData<string> Columns { get; } = new(_columns);

    // A network that looks at the inputs of one column alone.
    [Theory]
    [MemberData(nameof(Columns))]
    public void Only_the_column_that_the_network_looks_at_is_important(string column)
    {
        Table table = Trips();
        TableSchema schema = table.FitRegression("tip");
        Network<double> network = Linear(schema, i => SourceOf(schema, i) == column ? 1 + i : 0);
        Pipeline<double> pipeline = SavedPipeline.Loaded(schema.ToPipeline(network));

        FeatureImportances importances = pipeline.PermutationImportance(
            table, "tip", Score.Loss(new MeanSquaredError()), new() { Repeats = 3 });

        importances.Select(one => one.Name).Should().BeEquivalentTo(_columns);
        foreach (FeatureImportance importance in importances)
        {
            bool isWorse = importance.Drops.Any(drop => drop != 0);
            isWorse.Should().Be(importance.Name == column, importance.Name);
        }
    }

    // The ones of a category add up to one in each row, unless they are shuffled apart.
    [Fact]
    public void A_category_is_shuffled_as_a_whole()
    {
        Table table = Trips();
        TableSchema schema = table.FitRegression("tip");
        Network<double> network = Linear(schema, i => SourceOf(schema, i) == "zone" ? 1 : 0);

        FeatureImportances importances = schema.ToPipeline(network)
            .PermutationImportance(table, "tip", Score.Loss(new MeanSquaredError()));

        importances["zone"].Drops.Should().OnlyContain(drop => drop == 0);
    }

    [Fact]
    public void Groups_name_columns_of_the_table()
    {
        Table table = Trips();
        TableSchema schema = table.FitRegression("tip");
        Pipeline<double> pipeline = schema.ToPipeline(Curved(schema, 1));
        Score score = Score.Loss(new MeanSquaredError());

        FeatureImportances importances = pipeline.PermutationImportance(
            table, "tip", score, new() { Groups = [new("where and when", 0, 2), new("zone", 0)] });
        Action target = () => pipeline.PermutationImportance(table, "tip", score, new() { Groups = [new("x", 4)] });

        importances["zone"].Drops.Should().Equal(pipeline.PermutationImportance(table, "tip", score)["zone"].Drops);
        importances["where and when"].Drops.Should().NotEqual(importances["zone"].Drops);
        target.Should().Throw<ArgumentException>().WithMessage("*'tip' is no input*");
    }

    [Fact]
    public void Classes_are_read_by_their_labels()
    {
        Table table = Trips();
        TableSchema schema = table.FitBinaryClassification("night", "true", new() { Inputs = ["zone", "fare"] });
        Pipeline<double> binary = schema.ToPipeline(Curved(schema, 1));
        TableSchema zones = table.FitClassification("zone", new() { Inputs = ["fare", "night"] });
        Pipeline<double> several = zones.ToPipeline(Curved(zones, zones.TargetSize));

        FeatureImportances ofBinary = binary.PermutationImportance(table, "night", Score.Highest(new BinaryAccuracy()));
        FeatureImportances ofSeveral = several.PermutationImportance(table, "zone", Score.Highest(new Accuracy()));

        double right = binary.PredictLabels(table).Zip(Texts(table, "night")).Count(pair => pair.First == pair.Second);
        ofBinary.Value.Should().BeApproximately(right / table.RowCount, 1e-12);
        right = several.PredictLabels(table).Zip(Texts(table, "zone")).Count(pair => pair.First == pair.Second);
        ofSeveral.Value.Should().BeApproximately(right / table.RowCount, 1e-12);
    }

    [Fact]
    public void Targets_that_do_not_fit_are_refused()
    {
        Table table = Trips();
        TableSchema schema = table.FitClassification("zone", new() { Inputs = ["fare"] });
        Pipeline<double> pipeline = schema.ToPipeline(Curved(schema, schema.TargetSize));
        Score score = Score.Highest(new Accuracy());
        Action two = () => pipeline.PermutationImportance(table, ["zone", "night"], score);
        Action unknown = () => pipeline.PermutationImportance(
            TestTable.Read("fare,zone\n1,Harlem\n2,Queens\n3,Soho\n"), "zone", score);

        two.Should().Throw<ArgumentException>().WithMessage("*1 column, but 2 are named*");
        TestTable.Refusal(unknown).Should().Contain("Queens").And.Contain("not there in the training data");
    }

    // As if the texts of the column were replaced in the file.
    [Theory]
    [InlineData("zone", "Bronx", "Harlem", "Soho")]
    [InlineData("night", "false", "true")]
    [InlineData("fare", "2", "5", "9")]
    [InlineData("at", "2024-03-01", "2024-05-07")]
    public void A_dependence_is_the_mean_of_predictions_with_the_value_in_each_row(
        string column, params string[] values)
    {
        Table table = Trips();
        TableSchema schema = table.FitRegression("tip");
        Pipeline<double> pipeline = schema.ToPipeline(Curved(schema, 1));
        double[]? grid = column switch
        {
            "fare" => [2, 5, 9],
            "at" => [.. values.Select(DaysOf)],
            _ => null,
        };

        PartialDependence dependence = pipeline.PartialDependence(table, column, new() { Grid = grid });

        dependence.Values.Should().Equal(values);
        for (int k = 0; k < values.Length; k++)
        {
            Table changed = TestTable.Read(TripText(column, values[k]), _options);
            dependence.Means[0, k].Should().BeApproximately(pipeline.Predict(changed).Row(0).Average(), 1e-12);
        }
    }

    [Fact]
    public void Dates_are_tried_that_occur()
    {
        Table table = Trips();
        TableSchema schema = table.FitRegression("tip");

        PartialDependence dependence = schema.ToPipeline(Curved(schema, 1))
            .PartialDependence(table, "at", new() { GridSize = 4 });

        dependence.Values.Should().HaveCountGreaterThan(2).And.BeSubsetOf(Texts(table, "at"));
    }

    [Fact]
    public void Attributions_of_a_row_add_up_by_column()
    {
        Table table = Trips();
        TableSchema schema = table.FitRegression("tip");
        Pipeline<double> pipeline = schema.ToPipeline(Curved(schema, 1));

        Attributions attributions = pipeline.IntegratedGradients(table, output: 0, baseline: table);

        attributions.Values.RowCount.Should().Be(4);
        Enumerable.Range(0, 4).Select(attributions.NameOf).Should().Equal(_columns);
        Matrix<double> results = pipeline.Predict(table);
        for (int j = 0; j < table.RowCount; j++)
        {
            attributions.Results[j].Should().BeApproximately(results[0, j], 1e-12);
            attributions.Gap(j).Should().BeApproximately(0, 1e-9);
        }
    }

    [Fact]
    public void An_ensemble_predicts_rows()
    {
        Table table = Trips();
        TableSchema schema = table.FitRegression("tip");
        Pipeline<double> pipeline = SavedPipeline.Loaded(
            schema.ToPipeline(Ensemble.Combine([Curved(schema, 1, seed: 1), Curved(schema, 1, seed: 2)], schema.Loss)));

        EnsemblePrediction<double> prediction = pipeline.PredictMembers(table);

        prediction.Mean.Should().Be(pipeline.Predict(table));
        prediction.Members[1].Should().Be(schema.ToPipeline(Curved(schema, 1, seed: 2)).Predict(table));
    }

    private static Network<double> Linear(TableSchema schema, Func<int, double> weight)
    {
        Network<double> network = Network.Create<double>(schema.InputSize, seed: 1).Dense(1).Build();
        network.Parameter("dense1.weights").Set(
            Matrix<double>.Build.Dense(1, schema.InputSize, (_, i) => weight(i)));
        return network;
    }

    private static Network<double> Curved(TableSchema schema, int outputs, int seed = 3) =>
        Network.Create<double>(schema.InputSize, seed).Dense(6, new Tanh()).Dense(outputs).Build();

    private static string SourceOf(TableSchema schema, int input) =>
        schema.Columns[schema.Inputs.SourceOf(input)].Column;

    private static string[] Texts(Table table, string column) =>
        [.. Enumerable.Range(0, table.RowCount).Select(row => table[column].Text(row) ?? "")];

    private static double DaysOf(string date) =>
        (DateTime.Parse(date, CultureInfo.InvariantCulture) - DateTime.UnixEpoch).TotalDays;

    private static Table Trips() => TestTable.Read(TripText(), _options);

    // Thirty trips, of which some lack a fare; a column may hold one value throughout.
    private static string TripText(string? column = null, string? value = null)
    {
        var random = new Random(4);
        var lines = new List<string> { "zone,fare,at,night,tip" };
        for (int row = 0; row < 30; row++)
        {
            string[] fields =
            [
                random.Next(3) switch { 0 => "Harlem", 1 => "Soho", _ => "Bronx" },
                row % 7 == 2 ? "" : (1 + random.Next(20)).ToString(CultureInfo.InvariantCulture),
                new DateTime(2024, 3, 1).AddDays(random.Next(90)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                random.Next(2) == 0 ? "true" : "false",
                random.NextDouble().ToString("F3", CultureInfo.InvariantCulture),
            ];
            if (column is not null)
            {
                fields[Array.IndexOf(_columns, column)] = value!;
            }

            lines.Add(string.Join(',', fields));
        }

        return string.Join('\n', lines) + "\n";
    }
}
