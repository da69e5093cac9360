using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Training;
using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>Columns of many categories are embedded, and networks are made for them.</summary>
public sealed class EmbeddedCategoryTests
{
    [Theory]
    [InlineData(50, 50, 0)]
    [InlineData(51, 1, 1)]
    [InlineData(2, 2, 0)]
    public void Columns_of_more_than_so_many_categories_are_one_number(int categories, int size, int embedded)
    {
        Table table = Zones(categories);
        TableSchema schema = table.FitRegression("y", new() { Inputs = ["zone"] });
        schema.InputSize.Should().Be(size);
        schema.Embedded.Should().HaveCount(embedded);
        table.FitRegression("y", new() { Inputs = ["zone"], MaxOneHot = categories }).Embedded.Should().BeEmpty();
        table.FitRegression("y", new() { Inputs = ["zone"], MaxOneHot = categories - 1 }).InputSize.Should().Be(1);
    }

    [Fact]
    public void They_are_the_last_features_whatever_their_place_in_the_table()
    {
        Table table = Read("many,x,few,more,b,y\na,1,p,k,yes,1\nb,2,q,l,no,2\nc,3,p,m,yes,3\n");
        TableSchema schema = table.FitRegression("y", new() { MaxOneHot = 2, Numbers = NumberEncoding.None });
        schema.Embedded.Select(column => column.Name).Should().Equal("many", "more");
        schema.ToInputs<double>(table).Column(2).Should().Equal(3, 1, 1, 0, 2, 2);
    }

    [Theory]
    [InlineData(51, 14)]
    [InlineData(3, 3)]
    [InlineData(1, 2)]
    [InlineData(1000, 50)]
    public void A_network_begins_with_an_embedding_of_each(int categories, int dimensions)
    {
        // One number more than categories stands for all that are unknown.
        TableSchema schema = Zones(categories)
            .FitRegression("y", new() { MaxOneHot = 0, Numbers = NumberEncoding.Standardize });
        Network<float> network = schema.CreateNetwork<float>(seed: 1).Dense(schema.TargetSize).Build();
        network.Inputs.Select(input => (input.Name, input.Size)).Should().Equal(("features", 1), ("categories", 1));
        network.OutputSize.Should().Be(1);
        network.ParameterCount.Should().Be(((categories + 1) * dimensions) + 1 + dimensions + 1);
        schema.ToPipeline(network).Predict(Read("zone,x\nnone of these,1\n")).RowCount.Should().Be(1);
    }

    [Fact]
    public void A_network_of_nothing_but_categories_or_of_none_has_one_input()
    {
        Table table = Zones(10);
        TableSchema categories = table.FitRegression("y", new() { Inputs = ["zone"], MaxOneHot = 0 });
        Network<double> embedding = categories.BuildNetwork<double>(seed: 1);
        embedding.Inputs.Select(input => input.Name).Should().Equal("categories");
        categories.ToPipeline(embedding).Predict(table).ColumnCount.Should().Be(table.RowCount);
        TableSchema numbers = table.FitRegression("y", new() { Inputs = ["x"], Bins = 1 });
        Network<double> plain = numbers.BuildNetwork<double>(seed: 1);
        plain.InputSize.Should().Be(1);
        numbers.ToPipeline(plain).Predict(table).ColumnCount.Should().Be(table.RowCount);
    }

    [Fact]
    public void The_usual_network_has_two_hidden_layers_and_may_have_others()
    {
        TableSchema schema = Zones(10).FitClassification("zone", TestTable.Standardized);
        schema.BuildNetwork<float>(seed: 1).ParameterCount
            .Should().Be((2 * 256) + 256 + (256 * 256) + 256 + (256 * 10) + 10);
        schema.BuildNetwork<float>(seed: 1, hidden: [3], dropout: 0).ParameterCount.Should().Be(9 + 40);
        schema.BuildNetwork<float>(seed: 1, hidden: []).ParameterCount.Should().Be(30);
        Matrix<float> inputs = Matrix<float>.Build.Dense(2, 1, 1);
        schema.BuildNetwork<float>(seed: 1, hidden: [4]).Predict(inputs)
            .Should().BeEquivalentTo(schema.BuildNetwork<float>(seed: 1, hidden: [4]).Predict(inputs));
        schema.Invoking(s => s.BuildNetwork<float>(1, hidden: [0])).Should().Throw<ArgumentOutOfRangeException>();
        foreach (double rate in new[] { 1, -0.1, double.NaN })
        {
            schema.Invoking(s => s.BuildNetwork<float>(1, dropout: rate)).Should().Throw<ArgumentOutOfRangeException>();
        }
    }

    [Fact]
    public void A_network_that_would_compute_with_numbers_of_categories_is_refused()
    {
        TableSchema schema = Zones(60).FitRegression("y");
        Network<float> plain = Network.Create<float>(schema.InputSize, seed: 1).Dense(1).Build();
        schema.Invoking(s => s.ToPipeline(plain)).Should().Throw<ArgumentException>()
            .WithMessage("The last 1 feature of the schema, of zone, *no input 'categories'*CreateNetwork*MaxOneHot*")
            .WithParameterName("network");
        Network<float> wide = Network.Create<float>(seed: 1).Input("categories", 2).From("categories").Dense(1).Build();
        schema.Invoking(s => s.ToPipeline(wide)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void The_loss_fits_what_is_predicted()
    {
        Table table = Read("x,c,b,y\n1,u,yes,1\n2,v,no,2\n3,w,yes,3\n");
        table.FitRegression("y").Loss.Should().BeOfType<MeanSquaredError>();
        table.FitClassification("c").Loss.Should().BeOfType<SoftmaxCrossEntropy>();
        table.FitBinaryClassification("b", "yes").Loss.Should().BeOfType<SigmoidCrossEntropy>();
    }

    [Fact]
    public void What_zones_mean_is_learned_and_an_unknown_zone_lies_between()
    {
        Table table = Zones(60, rows: 1200);
        TableSchema schema = table.FitRegression("y", new() { UnknownShare = 0.1 });
        Network<float> network = schema.BuildNetwork<float>(seed: 1, hidden: [32], dropout: 0);
        DataSet<float> data = schema.ToTrainingSet<float>(table, seed: 1);
        new Trainer<float>(network, schema.Loss, new Adam(learningRate: 0.01)).Fit(data, new() { Epochs = 20 });
        Pipeline<float> loaded = SavedPipeline.Loaded(schema.ToPipeline(network));
        Matrix<float> predicted = loaded.Predict(Read("zone,x\nzone 0,0\nzone 59,0\nelsewhere,0\n"));
        predicted[0, 0].Should().BeInRange(-12, 12);
        predicted[0, 1].Should().BeInRange(47, 71);
        predicted[0, 2].Should().BeInRange(15, 45);
    }

    [Fact]
    public void The_schema_of_a_saved_pipeline_embeds_the_same_columns()
    {
        Table table = Zones(60);
        TableSchema schema = table.FitRegression("y");
        Network<float> network = schema.CreateNetwork<float>(seed: 1).Dense(4, new ReLU()).Dense(1).Build();
        TableSchema loaded = SavedPipeline.Loaded(schema.ToPipeline(network)).Schema();
        loaded.Embedded.Select(column => column.Name).Should().Equal("zone");
        loaded.Columns.Select(column => column.Name).Should().Equal("x", "zone");
        loaded.ToInputs<float>(table).Should().BeEquivalentTo(schema.ToInputs<float>(table));
        Network<float> again = loaded.CreateNetwork<float>(seed: 1).Dense(4, new ReLU()).Dense(1).Build();
        again.Predict(loaded.ToInputs<float>(table))
            .Should().BeEquivalentTo(network.Predict(schema.ToInputs<float>(table)));
    }

    private static Table Zones(int categories, int rows = 0) => Table.FromRows(
        Enumerable.Range(0, Math.Max(rows, 2 * categories)).Select(i => new
        {
            x = i % 7,
            zone = $"zone {i % categories}",
            y = (i % categories) + (i % 7 / 10.0),
        }),
        new() { Categories = ["zone"] });
}
