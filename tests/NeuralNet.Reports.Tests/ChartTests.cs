using System.Xml.Linq;
using NeuralNet.Reports.Examining;
using NeuralNet.Reports.Html;
using NeuralNet.Reports.Recording;

namespace NeuralNet.Reports.Tests;

/// <summary>Charts and tables of figures that runs may have, the strangest included.</summary>
public sealed class ChartTests
{
    private static readonly FigureName _loss = new(FigureKind.Loss, "", "training");

    [Fact]
    public void Higher_values_stand_higher_and_later_epochs_further_right()
    {
        XElement chart = Draw(_loss, [1, 2, 3], [0.9, 0.3, 0.5])!;

        (double X, double Y)[] points = Runs.Points(chart).Single();
        points.Select(point => point.X).Should().BeInAscendingOrder();
        points[1].Y.Should().BeGreaterThan(points[2].Y);
        points[2].Y.Should().BeGreaterThan(points[0].Y);
        chart.Descendants("title").Select(title => title.Value).Should().Contain("training, epoch 2: 0.3000");
        ((string)chart.Element("svg")!.Attribute("aria-label")!).Should().Be(
            "Loss. training: from 0.9000 in epoch 1 to 0.5000 in epoch 3, lowest 0.3000 in epoch 2, highest 0.9000 in "
            + "epoch 1.");
    }

    [Fact]
    public void What_is_not_finite_is_a_gap_and_told()
    {
        XElement chart = Draw(
            _loss, [1, 2, 3, 4, 5], [1, double.PositiveInfinity, 0.5, 0.4, double.NegativeInfinity])!;

        Runs.Points(chart).Select(line => line.Length).Should().Equal(1, 2);
        chart.Element("p")!.Value.Should().Be("2 values are infinite and not drawn.");
        chart.ToString().Should().NotContain("NaN").And.NotContain("∞");
    }

    [Fact]
    public void Nothing_but_NaN_is_no_chart() =>
        Draw(_loss, [1, 2], [double.NaN, double.NaN]).Should().BeNull();

    [Fact]
    public void Validations_of_every_fifth_epoch_are_one_line()
    {
        double[] values = [.. Enumerable.Range(1, 40).Select(epoch => epoch % 5 == 0 ? 1.0 / epoch : double.NaN)];

        Runs.Points(Draw(_loss, [.. Enumerable.Range(1, 40)], values)!).Single().Should().HaveCount(8);
    }

    [Fact]
    public void One_epoch_stands_in_the_middle()
    {
        XElement chart = Draw(_loss, [1], [0.7])!;

        chart.Descendants("circle").Should().ContainSingle();
        double x = (double)chart.Descendants("circle").Single().Attribute("cx")!;
        x.Should().BeInRange(180, 300);
        chart.Descendants("text").Select(text => text.Value).Should().Contain("1").And.NotContain("2");
    }

    [Fact]
    public void Ten_thousand_epochs_keep_their_extremes_and_a_light_page()
    {
        double[] values = [.. Enumerable.Range(0, 10_000).Select(i => 1 + (0.1 * Math.Sin(i)))];
        (values[3_333], values[7_777]) = (5, 0.2);
        int[] epochs = [.. Enumerable.Range(1, 10_000)];
        var curves = new Curves(
            epochs,
            [.. Enumerable.Range(0, 12).Select(i => new Series(_loss with { Line = $"data {i}" }, values))]);
        var run = new RunData { Title = "long", Status = "Completed", Curves = curves };

        string html = ReportPage.Write(run, refresh: null);

        html.Length.Should().BeLessThan(1_500_000);
        XElement page = Runs.Parse(html);
        (double X, double Y)[] line = Runs.Points(Runs.Chart(page, "Loss"))[0];
        line.Length.Should().BeLessThan(700);
        double left = line[0].X;
        double width = line[^1].X - left;
        line.MinBy(point => point.Y).X.Should().BeApproximately(left + (width * 0.3333), 0.2);
        line.MaxBy(point => point.Y).X.Should().BeApproximately(left + (width * 0.7777), 0.2);
        Runs.Rows(page, "data 3 loss").Length.Should().BeInRange(200, 201);
        page.Descendants("p").Select(p => p.Value).Should().Contain(p => p.Contains("of 10,000 epochs."));
    }

    [Fact]
    public void Thinning_keeps_the_ends_and_the_extremes_whatever_is_between()
    {
        var random = new Random(1);
        double[] values = [.. Enumerable.Range(0, 5000).Select(i => i % 7 == 0 ? double.NaN : random.NextDouble())];

        IReadOnlyList<int> kept = Thinning.Keep(values, 100);

        kept.Count.Should().BeLessThanOrEqualTo(100);
        kept.Should().BeInAscendingOrder().And.StartWith(0).And.EndWith(4999);
        kept.Select(i => values[i]).Where(double.IsFinite).Max().Should().Be(values.Where(double.IsFinite).Max());
        kept.Select(i => values[i]).Where(double.IsFinite).Min().Should().Be(values.Where(double.IsFinite).Min());
        Thinning.Keep([double.NaN, double.NaN], 100).Should().Equal(0, 1);
    }

    [Fact]
    public void Very_long_names_are_whole_for_those_who_ask()
    {
        string name = new('n', 500);
        var chart = new LineChart(
            "Loss",
            [new(name, _loss, [1], [1]), new("other", _loss, [1], [2])]);

        XElement item = chart.Draw()!.Descendants("li").First();
        item.Value.Should().HaveLength(40);
        ((string)item.Element("span")!.Attribute("title")!).Should().Be(name);
    }

    [Fact]
    public void Many_layers_are_in_several_charts()
    {
        Series[] series =
        [
            .. Enumerable.Range(1, 20)
                .Select(i => new Series(new(FigureKind.GradientNorm, "", $"dense{i}"), [i, 2.0 * i])),
        ];

        CurveCharts.OfLayers(new([1, 2], series)).Select(chart => chart.Descendants("h3").Single().Value)
            .Should().Equal(
                "Gradient norm, dense1 to dense8", "Gradient norm, dense9 to dense16",
                "Gradient norm, dense17 to dense20");
    }

    [Fact]
    public void A_run_without_epochs_and_data_without_an_answer_are_pages()
    {
        var nothing = new RunData
        {
            Title = "",
            Status = "",
            Curves = new([], []),
            Examined = new("test", 0, [], [
                new ExaminedClasses("a", new(["x", "y"]) { Undecided = 2 }, []),
                new ExaminedLabels("b", [new("label", 0, 0, 0)]),
                new ExaminedNumbers("c", [new("", 0)]),
            ]),
        };

        XElement page = Runs.Parse(ReportPage.Write(nothing, refresh: null));

        page.Descendants("p").Select(p => p.Value)
            .Should().Contain("2 samples without an answer, as the outputs are not finite.");
        Runs.Rows(page, "root mean square").Single().Should().Equal("prediction", "–", "–", "–", "–", "–", "0");
        Runs.Rows(page, "recall").Single().Should().Equal("label", "–", "–", "–", "0", "0");
    }

    private static XElement? Draw(FigureName name, int[] epochs, double[] values) =>
        new LineChart("Loss", [new(name.Line, name, epochs, values)]).Draw();
}
