using NeuralNet.Samples.Digits.Images;

namespace NeuralNet.Samples.Tests;

public class DigitFrameTests
{
    [Theory]
    [InlineData(300, 200, false)]
    [InlineData(300, 200, true)]
    [InlineData(28, 28, false)]
    [InlineData(9, 30, true)]
    [InlineData(1, 1000, true)]
    public void The_digit_fills_a_box_of_20_pixels_with_its_centre_of_mass_in_the_middle(
        int height, int width, bool isDark)
    {
        // A filled rectangle off the middle of a larger paper.
        GrayImage image = Draw(height + 40, width + 90, isDark, (row, column) =>
            row >= 7 && row < 7 + height && column >= 60 && column < 60 + width);

        float[] frame = DigitFrame.Place(image, 28);

        (int rows, int columns) = Extent(frame);
        Math.Max(rows, columns).Should().Be(20);
        int shorter = Math.Max(1, (int)Math.Round(20.0 * Math.Min(height, width) / Math.Max(height, width)));
        Math.Min(rows, columns).Should().Be(shorter, "proportions are kept");
        frame.Max().Should().Be(1, "ink is white");
        frame[0].Should().Be(0, "paper is black");
        (double row, double column) = Centre(frame);
        row.Should().BeInRange(13.4, 14.6, "whole pixels part it from 14 by a half at most");
        column.Should().BeInRange(13.4, 14.6);
    }

    [Fact]
    public void A_heavy_foot_moves_the_digit_up_and_it_stays_in_the_frame()
    {
        GrayImage image = Draw(100, 100, isDark: true, (row, column) => row is >= 10 and < 90
            && (row >= 80 ? column is >= 10 and < 90 : column is >= 48 and < 52));

        float[] frame = DigitFrame.Place(image, 28);

        Extent(frame).Should().Be((20, 20));
        Enumerable.Range(0, 28).First(row => frame.AsSpan(row * 28, 28).ContainsAnyExcept(0f))
            .Should().BeLessThan(3, "the box, centred, would begin at row 4");
    }

    [Fact]
    public void Dark_on_light_and_light_on_dark_give_the_same()
    {
        bool IsInk(int row, int column) =>
            ((row - 40) * (row - 40)) + ((column - 50) * (column - 50)) is > 400 and < 900;

        float[] dark = DigitFrame.Place(Draw(90, 110, isDark: true, IsInk), 28);
        float[] light = DigitFrame.Place(Draw(90, 110, isDark: false, IsInk), 28);

        dark.Zip(light, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-5f);
    }

    [Fact]
    public void The_grain_of_the_paper_is_no_ink()
    {
        var random = new Random(1);
        GrayImage clean = Draw(
            120, 120, isDark: true, (row, column) => row is >= 30 and < 90 && column is >= 50 and < 64);
        GrayImage grainy = clean with
        {
            Pixels = Array.ConvertAll(clean.Pixels, pixel => Math.Clamp(pixel - (0.1f * random.NextSingle()), 0, 1)),
        };

        Extent(DigitFrame.Place(grainy, 28)).Should().Be(Extent(DigitFrame.Place(clean, 28)));
    }

    [Fact]
    public void A_digit_of_the_data_set_comes_out_as_it_is()
    {
        byte[] drawn = GeneratedDigits.Draw(3, new Random(4));
        float[] once = DigitFrame.Place(new(28, 28, Array.ConvertAll(drawn, pixel => pixel / 255f)), 28);

        float[] twice = DigitFrame.Place(new(28, 28, once), 28);

        twice.Zip(once, (a, b) => Math.Abs(a - b)).Average().Should().BeLessThan(0.01f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Blank_paper_is_refused(float light)
    {
        var blank = new GrayImage(20, 30, [.. Enumerable.Repeat(light, 600)]);

        FluentActions.Invoking(() => DigitFrame.Place(blank, 28))
            .Should().Throw<InvalidDataException>().WithMessage("*nothing*");
    }

    private static GrayImage Draw(int rows, int columns, bool isDark, Func<int, int, bool> isInk)
    {
        float[] pixels = new float[rows * columns];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = isInk(i / columns, i % columns) != isDark ? 0.9f : 0.1f;
        }

        return new(rows, columns, pixels);
    }

    private static (int Rows, int Columns) Extent(float[] frame)
    {
        int[] inked = [.. Enumerable.Range(0, frame.Length).Where(i => frame[i] > 0)];
        return (
            inked.Max(i => i / 28) - inked.Min(i => i / 28) + 1,
            inked.Max(i => i % 28) - inked.Min(i => i % 28) + 1);
    }

    private static (double Row, double Column) Centre(float[] frame) => (
        frame.Select((ink, i) => ink * (i / 28)).Sum() / frame.Sum(),
        frame.Select((ink, i) => ink * (i % 28)).Sum() / frame.Sum());
}
