using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.Extensions.Logging.Abstractions;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Data.Images.Tests;
using NeuralNet.Datasets.Tests;
using NeuralNet.Extensibility.Tests.Api;
using NeuralNet.Forecasting;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Preprocessing;
using NeuralNet.Tables;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>
/// Every package has a page of its own, whose snippets are compiled and do what they say, with files in the current
/// folder.
/// </summary>
[Collection("Pages")]
public sealed class PackagePageTests
{
    public static TheoryData<string> Packages => PublicApiTests.Packages;

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_page_shows_how_its_package_is_used(string package)
    {
        string page = Snippets.Read($"Packages/{package}/PACKAGE.md");
        page.Should().StartWith($"# {package}\n");
        string[] snippets = [.. Snippets.In(page)];
        snippets.Should().NotBeEmpty();
        foreach (string snippet in snippets)
        {
            Snippets.ShouldBeCompiled(snippet);
        }
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_page_has_no_link_into_the_repository_which_leads_nowhere_from_there(string package) =>
        Snippets.Read($"Packages/{package}/PACKAGE.md").Split("](").Skip(1)
            .Where(link => !link.StartsWith("https://", StringComparison.Ordinal)).Should().BeEmpty();

    [Fact]
    public void A_model_is_trained_saved_and_used()
    {
        float[][] features = [.. Enumerable.Range(0, 150).Select(i => Flower(i % 3, i * 0.001f))];
        TrainingHistory history = PackagePages.Train(features, [.. Enumerable.Range(0, 150).Select(i => i % 3)]);
        history.Epochs[^1].Validation!.Metrics["accuracy"].Should().BeGreaterThan(0.95);
        PackagePages.Use().Should().Be("setosa");
    }

    [Fact]
    public void Prices_are_predicted_for_new_rows()
    {
        IEnumerable<string> houses = Enumerable.Range(0, 200).Select(
            i => string.Create(
                CultureInfo.InvariantCulture,
                $"{(i == 7 ? "" : 1 + (i % 5))},{(i % 2 == 0 ? "Bath" : "York")},"
                + $"{(100_000 * (1 + (i % 5))) + (i % 2 == 0 ? 50_000 : 0)}"));
        File.WriteAllLines("houses.csv", houses.Prepend("rooms,town,price"));
        File.WriteAllLines("new-houses.csv", ["town,rooms", "Bath,2", "York,"]);
        (Table known, Table asked) = Table.Read("houses.csv", new() { Missing = MissingValues.Median })
            .Split(0.8, seed: 1);
        (TableSchema schema, Table test) = PackagePages.OfDataFrame();
        schema.ToString().Should().Be(known.FitRegression("price").ToString());
        test.RowCount.Should().Be(asked.RowCount);
        Matrix<float> prices = PackagePages.Prices();
        prices[0, 0].Should().BeApproximately(250_000, 20_000);
        prices[0, 1].Should().BeApproximately(300_000, 40_000, "what is missing is the median, 3 rooms");
    }

    [Fact]
    public void The_next_days_are_forecast()
    {
        File.WriteAllLines(
            "temperatures.csv",
            Enumerable.Range(0, 1600).Select(day => string.Create(
                CultureInfo.InvariantCulture,
                $"{new DateTime(2020, 1, 1).AddDays(day):yyyy-MM-dd},{10 + (8 * Math.Sin(day / 58.0)):F2}"))
                .Prepend("Date,Temp"));
        Forecast forecast = PackagePages.Forecasts().Forecast(TimeSeries.FromCsv("temperatures.csv", "Date"));
        forecast.Times[0].Should().Be(new DateTime(2020, 1, 1).AddDays(1600));
        for (int step = 0; step < 7; step++)
        {
            forecast.Values[step].Should().BeApproximately(10 + (8 * Math.Sin((1600 + step) / 58.0)), 1.5);
        }
    }

    [Fact]
    public void Photos_are_classified()
    {
        // Skies and meadows: blue above, or green below, of three sizes.
        for (int i = 0; i < 40; i++)
        {
            Directory.CreateDirectory(i % 2 == 0 ? "photos/sky" : "photos/meadow");
            File.WriteAllBytes($"photos/{(i % 2 == 0 ? "sky" : "meadow")}/{i}.png", Photo(i % 2, 32 + (i % 3), i));
        }

        File.WriteAllBytes("new.jpg", Photo(0, 50, noise: 99));
        PackagePages.Photos().Should().Be(1);
        PackagePages.NewPhoto().Should().Be("sky");
        File.Exists("photos.safetensors").Should().BeTrue();
        Directory.Delete("photos", recursive: true);
    }

    [Fact]
    public void An_exported_model_gives_probabilities_of_raw_features()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(4, new ReLU()).Dense(3).Build();
        PackagePages.ThereAndBack(network, new Standardization([10, 20], [1, 2]), [11, 19]).Sum()
            .Should().BeApproximately(1, 1e-5f);
    }

    [Fact]
    public void Digits_are_loaded_and_learnt()
    {
        string folder = Directory.CreateDirectory("digits").FullName;
        TinyDataSet.Write(folder);
        string? before = Environment.GetEnvironmentVariable("NEURALNET_MNIST");
        try
        {
            Environment.SetEnvironmentVariable("NEURALNET_MNIST", folder);
            PackagePages.Digits().Should().Be(1);
        }
        finally
        {
            Environment.SetEnvironmentVariable("NEURALNET_MNIST", before);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Small_tables_are_at_hand()
    {
        (DataSet<float> test, Table penguins) = PackagePages.SmallTables();
        test.Count.Should().Be(30);
        penguins.RowCount.Should().Be(344);
    }

    [Fact]
    public void A_run_is_logged()
    {
        var trainer = new Trainer<float>(
            Network.Create<float>(1, seed: 1).Dense(1).Build(), new MeanSquaredError(), new Sgd());
        Matrix<float> numbers = Matrix<float>.Build.Dense(1, 4, [0, 1, 2, 3]);
        PackagePages.Log(trainer, new DataSet<float>(numbers, numbers), NullLogger.Instance).Epochs
            .Should().HaveCount(20);
    }

    private static byte[] Photo(int kind, int size, int noise)
    {
        var random = new Random(noise);
        return PngFile.Of(size, size, 3, (y, _, channel) =>
        {
            bool isColored = channel == 2 - kind && y < size / 2 == (kind == 0);
            return (byte)((isColored ? 150 : 30) + random.Next(50));
        });
    }

    private static float[] Flower(int species, float noise) => species switch
    {
        0 => [5 + noise, 3.4f, 1.5f + noise, 0.2f],
        1 => [5.9f + noise, 2.8f, 4.3f + noise, 1.3f],
        _ => [6.6f + noise, 3, 5.6f + noise, 2],
    };
}
