using System.Globalization;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Tables.Tests;

/// <summary>Tables whose rows a network learns to give back.</summary>
public sealed class ReconstructionTests
{
    // Length and weight go together, and so do color and sex; those of the odd rows do not.
    private const string Odd = "fish,length,weight,color,sex\n901,10,95,red,f\n902,95,10,blue,m\n903,50,50,red,m\n";

    [Fact]
    public void Rows_unlike_the_others_have_large_errors_also_from_a_file()
    {
        Table usual = Fish(400);
        TableSchema schema = usual.FitReconstruction(new()
        {
            Inputs = ["length", "weight", "color", "sex"],
            Numbers = NumberEncoding.Standardize,
        });
        schema.IsReconstruction.Should().BeTrue();
        (schema.InputSize, schema.TargetSize).Should().Be((6, 6));
        schema.Loss.Should().BeOfType<MeanSquaredError>();
        schema.ToString().Should().EndWith("to predict: the same");
        DataSet<double> data = schema.ToDataSet<double>(usual);
        data.Targets.Values.ToArray().Should().Equal(data.Inputs.Values.ToArray());

        Network<double> network = schema.BuildNetwork<double>(seed: 1, hidden: [12, 2, 12]);
        new Trainer<double>(network, schema.Loss, new Adam(0.01)).Fit(data, new() { Epochs = 60 });
        Pipeline<double> pipeline = schema.ToPipeline(network);
        double[] errors = pipeline.ReconstructionErrors(usual);
        errors.Should().HaveCount(400);
        errors.Average().Should().BeApproximately(
            new Trainer<double>(network, schema.Loss, new Adam(0.01)).Evaluate(data).Loss, 1e-12);
        double[] odd = pipeline.ReconstructionErrors(Read(Odd));
        odd.Min().Should().BeGreaterThan(3 * errors.Max());

        string path = Path.GetTempFileName();
        try
        {
            pipeline.Save(path);
            Pipeline.Load<double>(path).ReconstructionErrors(Read(Odd), threads: 2).Should().Equal(odd);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Without_options_numbers_are_standardized_and_identifiers_left_out()
    {
        var table = Table.Read(new StringReader(Text(50)), new() { Identifiers = ["fish"] });
        TableSchema schema = table.FitReconstruction();
        schema.ToString().Should().StartWith("length: standardize").And.NotContain("fish");
    }

    [Fact]
    public void Categories_that_would_be_numbers_are_refused()
    {
        string text = "city,size\n" + string.Join("\n", Enumerable.Range(0, 300).Select(i => $"city {i % 60},{i}"));
        Read(text).Invoking(table => table.FitReconstruction()).Should().Throw<InvalidDataException>().WithMessage(
            "*column 'city' has 60 categories, more than become a feature each*SchemaOptions.MaxOneHot*Inputs.");
        Read(text).FitReconstruction(new() { MaxOneHot = 60 }).InputSize.Should().BeGreaterThan(60);
        Read(text).Invoking(table => table.FitReconstruction(new() { Inputs = [] }))
            .Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_network_needs_its_narrow_layer()
    {
        TableSchema schema = Fish(50).FitReconstruction();
        schema.Invoking(s => s.BuildNetwork<float>(seed: 1)).Should().Throw<ArgumentNullException>()
            .WithParameterName("hidden").WithMessage("A network that gives its * inputs back needs*[16, 4, 16]*");
        Network<float> other = Network.Create<float>(schema.InputSize, seed: 1).Dense(2).Build();
        schema.Invoking(s => s.ToPipeline(other)).Should().Throw<ArgumentException>().WithMessage("*gives 2 outputs*");
    }

    [Fact]
    public void A_pipeline_that_predicts_something_else_has_no_errors()
    {
        Table usual = Fish(50);
        TableSchema schema = usual.FitRegression("weight");
        Pipeline<float> pipeline = schema.ToPipeline(schema.BuildNetwork<float>(seed: 1, hidden: [3]));
        pipeline.Invoking(p => p.ReconstructionErrors(usual)).Should().Throw<InvalidOperationException>()
            .WithMessage("The pipeline does not give its inputs back: it turns * into 1 output, of weight. Train*");
        usual.Invoking(table => table.FitRegression(Array.Empty<ColumnReference>())).Should()
            .Throw<ArgumentException>().WithMessage("There are 0 targets*FitReconstruction needs none.");
    }

    private static Table Read(string text) => Table.Read(new StringReader(text));

    private static Table Fish(int count) => Read(Text(count));

    private static string Text(int count)
    {
        var random = new Random(1);
        return "fish,length,weight,color,sex\n" + string.Join("\n", Enumerable.Range(0, count).Select(i =>
        {
            double length = 10 + (85 * random.NextDouble());
            bool isRed = random.Next(2) == 0;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{i},{length:F2},{length + random.NextDouble():F2},{(isRed ? "red,f" : "blue,m")}");
        }));
    }
}
