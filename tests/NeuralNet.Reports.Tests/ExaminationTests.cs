using System.Xml.Linq;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Reports.Pictures;
using NeuralNet.Training;

namespace NeuralNet.Reports.Tests;

/// <summary>What a page says about the trained network, sample by sample.</summary>
public sealed class ExaminationTests
{
    [Fact]
    public void The_confusion_matrix_and_the_figures_of_classes_are_those_of_the_library()
    {
        var report = new HtmlReport<float>(path: null, new() { Names = ["inner", "middle", "outer"] });
        Trainer<float> trainer = Runs.Classifier();
        trainer.Fit(Runs.Rings, Runs.Options(3, report));
        var confusion = new ConfusionMatrix(3);
        confusion.Add(trainer.Network.Predict(Runs.Rings.Inputs), Runs.Rings.Targets);
        var figures = new ClassificationReport(confusion, ["inner", "middle", "outer"]);

        XElement page = Runs.Parse(report.ToHtml());
        string[][] matrix = Runs.Rows(page, "recall");
        for (int actual = 0; actual < 3; actual++)
        {
            matrix[actual][1..4].Select(cell => cell == "·" ? 0 : int.Parse(cell)).Should()
                .Equal(Enumerable.Range(0, 3).Select(predicted => (int)confusion[actual, predicted]));
        }

        Runs.Rows(page, "F1").Select(row => string.Join('|', row)).Should().Equal(figures.Classes.Select(
            (line, i) => FormattableString.Invariant(
                $"{line.Name}|{100 * line.Precision:F2} %|{100 * line.Recall:F2} %|{100 * line.F1:F2} %|40|")
            + confusion.PredictedCount(i)));
    }

    [Fact]
    public void The_surest_mistakes_come_first_with_their_pictures()
    {
        var seen = new List<int>();
        var report = new HtmlReport<float>(path: null, new()
        {
            Picture = (sample, input) =>
            {
                seen.Add(sample);
                input[0].Should().Be(Runs.Rings.Inputs[0, sample]);
                return sample % 2 == 0
                    ? $"point {sample}"
                    : SamplePicture.FromPixels<float>([0, 1, 2, 3], new(2, 2, 1));
            },
        });
        Trainer<float> trainer = Runs.Classifier();
        trainer.Fit(Runs.Rings, Runs.Options(2, report));
        Matrix<float> outputs = trainer.Network.Predict(Runs.Rings.Inputs);
        int[] expected =
        [
            .. Enumerable.Range(0, 120).Where(j => outputs.Column(j).MaximumIndex() != j % 3)
                .OrderByDescending(j => outputs.Column(j).Maximum() - outputs[j % 3, j]).Take(24),
        ];

        seen.Should().Equal(expected).And.HaveCountGreaterThan(5);
        XElement[] figures =
        [
            .. Runs.Parse(report.ToHtml()).Descendants("div")
                .Single(div => (string?)div.Attribute("class") == "mistakes").Elements("figure"),
        ];
        int first = expected[0];
        Vector<float> scores = outputs.Column(first);
        double p = 1 / scores.Sum(score => Math.Exp(score - scores.Maximum()));
        figures[0].Element("figcaption")!.Value.Should().Be(FormattableString.Invariant(
            $"{first % 3}, taken for {scores.MaximumIndex()} ({100 * p:F1} %)sample {first}"));
    }

    [Fact]
    public void A_picture_that_fails_costs_no_run()
    {
        string html = Runs.Page(new() { Picture = (_, _) => throw new NotSupportedException("sorry") });

        html.Should().Contain("no picture: sorry").And.Contain("Completed");
    }

    [Fact]
    public void Numbers_have_errors_as_computed_by_hand()
    {
        Matrix<double> inputs = Matrix<double>.Build.Dense(1, 4, [1, 2, 3, 4]);
        Matrix<double> targets = Matrix<double>.Build.Dense(1, 4, [1, 2, 4, 6]);
        Network<double> network = Network.Create<double>(1, seed: 1).Dense(1).Build();
        network.Parameter("dense1.weights").Values.Fill(1);
        var report = new HtmlReport<double>(path: null, new() { Names = ["height"] });
        var data = new DataSet<double>(inputs, targets);
        new Trainer<double>(network, new MeanSquaredError(), new Sgd(1e-300)).Fit(
            data, new() { Epochs = 1, Validation = data, Callbacks = [report] });

        XElement page = Runs.Parse(report.ToHtml());
        Runs.Headings(page).Should().Contain("Errors of the validation samples");
        // Errors 0, 0, −1, −2; targets 1, 2, 4, 6 vary by 14.75.
        Runs.Rows(page, "R²").Single().Should().Equal("height", "0.7500", "1.118", "0.6610", "−0.7500", "2.000", "4");
        Runs.Chart(page, "Predicted: height").Descendants("circle").Should().HaveCount(4);
        Runs.Chart(page, "Errors: height").Descendants("rect").Select(bar => bar.Value)
            .Should().HaveCount(3).And.Contain(bar => bar.StartsWith("2 from"));
    }

    [Fact]
    public void Yes_or_no_labels_several_outputs_and_masks_are_told_apart()
    {
        Matrix<float> inputs = Matrix<float>.Build.Dense(3, 20, (i, j) => MathF.Sin((i * 5) + j));
        Network<float> network = Network.Create<float>(seed: 1).Input("x", 3)
            .Output("yes", o => o.Dense(1)).Output("tags", o => o.Dense(2)).Output("size", o => o.Dense(1)).Build();
        Matrix<float> targets = Matrix<float>.Build.Dense(4, 20, (i, j) =>
            i == 3 ? (j % 2 == 0 ? -1 : j) : (i + j) % 3 == 0 ? 1 : 0);
        var loss = new LossPerOutput(
            network.Outputs,
            new("yes", new SigmoidCrossEntropy()),
            new("tags", new SigmoidCrossEntropy()),
            new("size", new MaskedLoss(new MeanSquaredError(), mask: -1)));
        var data = new DataSet<float>(inputs, targets);
        var report = new HtmlReport<float>(path: null);
        new Trainer<float>(network, loss, new Adam()).Fit(
            data, new() { Epochs = 1, Validation = data, Callbacks = [report] });

        XElement page = Runs.Parse(report.ToHtml());
        Runs.Headings(page).Should().Contain([
            "Confusion matrix of the validation samples: yes", "Labels of the validation samples: tags",
            "Errors of the validation samples: size",
        ]);
        Runs.Rows(page, "label").Select(row => row[4]).Should().Equal("6", "7");
        Runs.Rows(page, "R²").Single()[^1].Should().Be("10", "half of the targets are masked");
    }

    [Fact]
    public void A_squared_error_on_classes_is_read_as_told()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(3, new Sigmoid()).Build();
        string Page(OutputMeaning? meaning)
        {
            var report = new HtmlReport<float>(path: null, new() { Meaning = meaning });
            new Trainer<float>(network, new MeanSquaredError(), new Adam()).Fit(
                Runs.Rings, new() { Epochs = 1, ValidationSplit = 0.25, Callbacks = [report] });
            return report.ToHtml();
        }

        Runs.Headings(Runs.Parse(Page(null))).Should().Contain("Labels of the validation samples");
        Runs.Headings(Runs.Parse(Page(OutputMeaning.Classes))).Should().Contain(
            "Confusion matrix of the validation samples");
    }

    [Fact]
    public void Pixels_between_black_and_white_are_numbers_and_no_answers()
    {
        Matrix<float> pixels = Matrix<float>.Build.Dense(16, 20, (i, j) => 0.5f + (0.4f * MathF.Sin(i + (3 * j))));
        Network<float> network = Network.Create<float>(new FeatureShape(4, 4, 1), seed: 1)
            .Dense(16, new Sigmoid()).Build();
        var data = new DataSet<float>(pixels, pixels);
        var report = new HtmlReport<float>(path: null);
        new Trainer<float>(network, new BinaryCrossEntropy(), new Adam()).Fit(
            data, new() { Epochs = 1, Validation = data, Callbacks = [report] });

        Runs.Rows(Runs.Parse(report.ToHtml()), "R²").Single()[0].Should().Be("all outputs together");
    }

    [Theory]
    [InlineData("iVBORw0KGgo=", "data:image/png;")]
    [InlineData("/9j/4A==", "data:image/jpeg;")]
    [InlineData("R0lGODlh", "data:image/gif;")]
    [InlineData("PHN2ZyAv", "data:image/svg+xml;")]
    public void An_image_file_is_known_by_its_beginning(string file, string expected) =>
        SamplePicture.FromFile(Convert.FromBase64String(file)).Address.Should().StartWith(expected);

    [Fact]
    public void What_is_no_picture_is_refused()
    {
        FluentActions.Invoking(() => SamplePicture.FromFile("text"u8)).Should().Throw<ArgumentException>()
            .WithMessage("*PNG, JPEG*");
        FluentActions.Invoking(() => SamplePicture.FromPixels<float>([1, 2], new(2, 2, 1)))
            .Should().Throw<ArgumentException>().WithMessage("*4 numbers*2*");
        FluentActions.Invoking(() => SamplePicture.FromPixels<float>([1, 2], 2))
            .Should().Throw<ArgumentException>().WithMessage("*(height, width, 1)*");
    }

    [Theory]
    [InlineData(new[] { 0f, 0.5f, 1f }, new byte[] { 0, 128, 255 })]
    [InlineData(new[] { 0f, 100f, 255f }, new byte[] { 0, 100, 255 })]
    [InlineData(new[] { -1f, 0f, 1f }, new byte[] { 0, 128, 255 })]
    [InlineData(new[] { float.NaN, 2f, float.PositiveInfinity }, new byte[] { 0, 2, 255 })]
    [InlineData(new[] { -3f, -3f, -3f }, new byte[] { 0, 0, 0 })]
    public void Numbers_are_stretched_from_black_to_white(float[] values, byte[] expected) =>
        PixelRange.ToBytes<float>(values).Should().Equal(expected);
}
