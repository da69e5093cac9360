using NeuralNet.LinearAlgebra;

namespace NeuralNet.Datasets.Tests;

/// <summary>The small tables: means as scikit-learn, seaborn and the UCI repository have them.</summary>
public class TableDatasetTests
{
    public static TheoryData<TableDataset, string, double> Tables { get; } = new()
    {
        { Iris.Load(), "Iris: 150 rows, 4 features, 3 classes of species", 5.843333 },
        { Wine.Load(), "Wine: 178 rows, 13 features, 3 classes of cultivar", 13.000618 },
        { Penguins.Load(), "Penguins: 342 rows, 4 features, 3 classes of species", 43.921930 },
        { AutoMpg.Load(), "Auto MPG: 392 rows, 6 features, to predict mpg", 5.471939 },
    };

    [Theory]
    [MemberData(nameof(Tables), DisableDiscoveryEnumeration = true)]
    public void Rows_classes_and_the_mean_of_the_first_feature_are_known(TableDataset table, string text, double mean)
    {
        table.ToString().Should().Be(text);
        Mean(table.Data.Inputs, 0).Should().BeApproximately(mean, 1e-5);
        table.Csv.Should().StartWith(table.Csv.Split(',')[0]).And.Contain(table.Target);
        table.License.Should().MatchRegex("CC BY 4.0|CC0");
    }

    [Fact]
    public void Classes_are_one_hot_in_the_order_of_their_names()
    {
        TableDataset iris = Iris.Load();

        iris.Classes.Should().Equal("setosa", "versicolor", "virginica");
        ReadOnlyMatrixSpan<float> targets = iris.Data.Targets;
        for (int sample = 0; sample < 150; sample++)
        {
            targets[sample / 50, sample].Should().Be(1);
        }
    }

    [Fact]
    public void A_regression_has_its_numbers()
    {
        TableDataset cars = AutoMpg.Load();

        cars.Classes.Should().BeEmpty();
        cars.Data.TargetSize.Should().Be(1);
        Mean(cars.Data.Targets, 0).Should().BeApproximately(23.445918, 1e-5);
    }

    [Fact]
    public void The_text_keeps_every_row_and_its_gaps()
    {
        string[] lines = Penguins.Load().Csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Should().HaveCount(345);
        lines.Should().Contain("Adelie,Torgersen,,,,,");
    }

    private static double Mean(ReadOnlyMatrixSpan<float> numbers, int row)
    {
        double sum = 0;
        for (int sample = 0; sample < numbers.Columns; sample++)
        {
            sum += numbers[row, sample];
        }

        return sum / numbers.Columns;
    }
}
