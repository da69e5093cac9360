using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Datasets;
using NeuralNet.Networks;
using NeuralNet.Tables;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

public sealed class OwnTableTests
{
    [Fact]
    public void Customers_that_leave_are_told_from_those_that_stay()
    {
        // Those on a monthly contract with many calls leave; one in five.
        var random = new Random(1);
        string[] rows = [.. Enumerable.Range(0, 600).Select(_ => Row(random))];
        File.WriteAllLines(
            "customers.csv", rows.Select((row, i) => $"C{i:D5},{row}").Prepend("customer,calls,age,contract,left"));
        File.WriteAllLines("new.csv", ["contract,age,calls", "month,,8.5", "year,44,0.5", ",30,1"]);

        TrainingHistory history = OwnTable.Train();
        history.Warnings.Should().BeEmpty();
        history.Epochs.Max(epoch => epoch.Validation!.Metrics["roc_auc"]).Should().BeGreaterThan(0.95);
        (string[] labels, Matrix<float> probabilities, double threshold) = OwnTable.Predict();
        labels[..2].Should().Equal("yes", "no");
        for (int j = 0; j < labels.Length; j++)
        {
            // The network gives logits, and so is the threshold.
            labels[j].Should().Be(probabilities[1, j] > 1 / (1 + Math.Exp(-threshold)) ? "yes" : "no");
            (probabilities[0, j] + probabilities[1, j]).Should().BeApproximately(1, 1e-6f);
        }
    }

    [Fact]
    public void Penguins_of_another_species_are_unlike_those_that_were_learned()
    {
        double[] errors = OwnTable.Unlike(
            Table.Read(new StringReader(Penguins.Load().Csv), new() { Missing = MissingValues.Median }));
        errors.Should().HaveCount(5).And.BeInDescendingOrder();
        errors[^1].Should().BeGreaterThan(1);
    }

    [Fact]
    public void A_layer_of_ones_own_is_saved_and_loaded()
    {
        Network<double> network = Network.Create<double>(3, seed: 1).Dense(4).Add(shape => new Scale(shape.Size))
            .Dense(2).Build();
        Matrix<double> inputs = Matrix<double>.Build.Random(3, 5, seed: 2);
        OwnTable.SaveScale(network).Predict(inputs).Should().BeEquivalentTo(network.Predict(inputs));
    }

    private static string Row(Random random)
    {
        double calls = random.NextDouble() * 10;
        bool monthly = random.Next(2) == 0;
        string contract = random.Next(20) == 0 ? "" : monthly ? "month" : "year";
        string age = random.Next(15) == 0 ? "" : random.Next(18, 90).ToString(CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture, $"{calls:F2},{age},{contract},{(monthly && calls > 6 ? "yes" : "no")}");
    }
}
