using NeuralNet.Reports.Html;
using NeuralNet.Reports.Recording;

namespace NeuralNet.Reports.Tests;

/// <summary>Numbers as people read them.</summary>
public sealed class FigureTextTests
{
    [Theory]
    [InlineData(0.26514, "0.2651")]
    [InlineData(0.0012346, "0.001235")]
    [InlineData(12.3456, "12.35")]
    [InlineData(0.5, "0.5000")]
    [InlineData(123456, "123,456")]
    [InlineData(3.365e-10, "3.365 × 10⁻¹⁰")]
    [InlineData(-1e-12, "−10⁻¹²")]
    [InlineData(2.5e9, "2.5 × 10⁹")]
    [InlineData(-0.25, "−0.2500")]
    [InlineData(0, "0")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NegativeInfinity, "−∞")]
    [InlineData(double.MaxValue, "1.798 × 10³⁰⁸")]
    [InlineData(double.Epsilon, "4.941 × 10⁻³²⁴")]
    public void A_number_has_the_digits_that_tell_something(double value, string expected) =>
        FigureText.Of(value).Should().Be(expected);

    [Theory]
    [InlineData(nameof(FigureKind.Metric), "accuracy", 0.97853, "97.85 %")]
    [InlineData(nameof(FigureKind.Metric), "top_5_accuracy", 1, "100.00 %")]
    [InlineData(nameof(FigureKind.Metric), "rmse", 0.97853, "0.9785")]
    [InlineData(nameof(FigureKind.LearningRate), "", 0.003, "0.003")]
    [InlineData(nameof(FigureKind.Seconds), "", 0.0251, "25 ms")]
    [InlineData(nameof(FigureKind.Seconds), "", 12.34, "12.3 s")]
    [InlineData(nameof(FigureKind.Seconds), "", 754, "12 min 34 s")]
    [InlineData(nameof(FigureKind.Seconds), "", 7380, "2 h 3 min")]
    public void A_figure_is_read_as_what_it_is(string kind, string metric, double value, string expected) =>
        FigureText.Of(new(Enum.Parse<FigureKind>(kind), metric, "training"), value).Should().Be(expected);

    [Theory]
    [InlineData(0, 1, 6, "0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(92.3, 99.9, 6, "92 94 96 98 100")]
    [InlineData(0, 0.003, 6, "0 0.001 0.002 0.003")]
    [InlineData(0.1, 0.1, 3, "0.05 0.10 0.15")]
    [InlineData(-0.3, 0.3, 4, "−0.4 −0.2 0 0.2 0.4")]
    [InlineData(0, 3e-6, 4, "0 10⁻⁶ 2×10⁻⁶ 3×10⁻⁶")]
    [InlineData(0, 1234, 3, "0 1,000 2,000")]
    public void Axes_are_marked_at_round_numbers(double least, double most, int count, string expected)
    {
        var axis = Axis.Straight(least, most, count);

        string.Join(' ', axis.Marks.Select(mark => mark.Label.Replace(" ", ""))).Should().Be(expected);
        axis.Place(least).Should().BeInRange(-1e-9, 1);
        axis.Place(most).Should().BeInRange(0, 1 + 1e-9);
    }

    [Theory]
    [InlineData(1e-6, 3, "10⁻⁶ 10⁻⁴ 0.01 1 100")]
    [InlineData(0.002, 0.9, "0.001 0.01 0.1 1")]
    [InlineData(double.Epsilon, double.MaxValue, null)]
    public void Figures_of_very_different_size_have_a_logarithmic_axis(double least, double most, string? expected)
    {
        var axis = Axis.Over(
            [least, most, double.NaN, double.PositiveInfinity], mayBeLogarithmic: true, fromZero: true);

        axis.IsLogarithmic.Should().BeTrue();
        axis.Place(least).Should().BeInRange(-1e-9, 0.5);
        axis.Place(most).Should().BeInRange(0.5, 1 + 1e-9);
        if (expected is not null)
        {
            string.Join(' ', axis.Marks.Select(mark => mark.Label)).Should().Be(expected);
        }
    }

    [Theory]
    [InlineData(-double.MaxValue, double.MaxValue)]
    [InlineData(double.MaxValue, double.MaxValue)]
    [InlineData(0, double.Epsilon)]
    [InlineData(-1e-300, 1e-300)]
    [InlineData(1e15, 1e15 + 1)]
    public void Every_range_has_an_axis(double least, double most)
    {
        var axis = Axis.Over([least, most], mayBeLogarithmic: false, fromZero: false);

        axis.Marks.Should().HaveCountGreaterThan(1).And.HaveCountLessThan(40);
        double.IsFinite(axis.Place(least)).Should().BeTrue();
        double.IsFinite(axis.Place(most)).Should().BeTrue();
    }
}
