using NeuralNet.LinearAlgebra;

namespace NeuralNet.Data.Images.Tests;

public sealed class ResizingTests
{
    // Random pixels of 5 × 7, and what Pillow makes of them: see Files/make.py.
    private const string Source =
        "JeuMSP+Jy4VPwJCBzEft/IYZshT+ZZLUi/zqnJ2OMkTX1+nx995gVo3piQc/PRY5AYA80QjYjXOv6nnIHkeDxpUxOQPEGPErTBo0UG"
        + "1zKdIPQMQZb+LXhxqZaBYJw+d+F31km6U5U6aI";

    private static readonly Image _source = new(5, 7, 3, Convert.FromBase64String(Source));

    [Theory]
    [InlineData(3, 2, ImageFit.Stretch, "f7egwIOjYVp2hHyUamtvWJtK")]
    [InlineData(
        9,
        4,
        ImageFit.Stretch,
        "PO+IrqBp0mik00ebUN+jnZ2CxoOywmuiccXRgZits7DIp6itbnOUZHSSsY3HkI6qYhM8R0lns1a/e1+jcztZOWpYd2GAVZhWgF93N3"
        + "9LSnBPPcIhfHadamJJWZBcXK9LeYOziFFHYqNjb6Rk")]
    [InlineData(
        2,
        11,
        ImageFit.Stretch,
        "XY+UXqSaZLmceJ50g3mBhE20qHvNypu56Khpo36bZlnPmI1welmDUyWOPG5HVHtGj1l4aG5+X4hyfqtPXqVVP5xe")]
    [InlineData(4, 4, ImageFit.Crop, "buCSsYZ2unXK6YpoaJSTZmaYnH3W1q+gOTtvQHlQdEiEcJ1mbi+Ddng3W5FqZqRB")]
    public void Scaled_pixels_are_those_of_Pillow_but_for_its_rounding(
        int height, int width, ImageFit fit, string expected)
    {
        Image scaled = _source.Resize((height, width), fit);
        scaled.Shape.Should().Be(new FeatureShape(height, width, 3));
        scaled.Pixels.ToArray().Zip(Convert.FromBase64String(expected), (one, other) => Math.Abs(one - other)).Max()
            .Should().BeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Growing_interpolates_and_shrinking_averages()
    {
        // Twice as wide: centres at −¼, ¼, ¾ and 1¼ of the old pixels.
        new Image(1, 2, 1, [0, 100]).Resize((1, 4)).Pixels.ToArray().Should().Equal(0, 25, 75, 100);

        // Half as wide: weights ¼, ¾, ¾, ¼, of which those beyond the edge fall away.
        new Image(1, 4, 1, [0, 70, 140, 210]).Resize((1, 2)).Pixels.ToArray().Should().Equal(50, 160);

        // A fine pattern becomes its mean, not one of its colours.
        new Image(64, 64, 1, [.. Enumerable.Range(0, 64 * 64).Select(i => (byte)(i % 2 * 255))]).Resize(4).Pixels
            .ToArray().Should().OnlyContain(value => value >= 120 && value <= 135);
    }

    [Fact]
    public void A_crop_shows_the_middle()
    {
        byte[] row = [.. Enumerable.Range(0, 9).Select(x => (byte)(20 * x))];
        new Image(3, 9, 1, [.. row, .. row, .. row]).Resize(3, ImageFit.Crop).Pixels.ToArray()
            .Should().Equal(60, 80, 100, 60, 80, 100, 60, 80, 100);
        new Image(9, 3, 1, [.. row.SelectMany(value => Enumerable.Repeat(value, 3))]).Resize(3, ImageFit.Crop).Pixels
            .ToArray().Should().Equal(60, 60, 60, 80, 80, 80, 100, 100, 100);
    }

    [Fact]
    public void The_same_size_is_the_same_image_and_impossible_sizes_are_refused()
    {
        _source.Resize((5, 7)).Should().BeSameAs(_source);
        _source.WithChannels(3).Should().BeSameAs(_source);
        _source.Invoking(image => image.Resize(0)).Should().Throw<ArgumentOutOfRangeException>();
        _source.Invoking(image => image.Resize(3, (ImageFit)7)).Should().Throw<ArgumentOutOfRangeException>();
        _source.Invoking(image => image.Resize(1 << 20)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Options_scale_what_is_read() =>
        ImageFiles.Read(PngFile.Plain(40, 30, 1, 2, 3), new() { Size = (4, 5), Channels = 1, Fit = ImageFit.Crop })
            .Shape.Should().Be(new FeatureShape(4, 5, 1));
}
