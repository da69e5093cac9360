using MathNet.Numerics.LinearAlgebra;
using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tests.Preprocessing;

public sealed class ChannelStandardizationTests
{
    // Two images of two pixels with two channels.
    private static readonly FeatureShape _shape = new(1, 2, 2);
    private static readonly Matrix<double> _images = Matrix<double>.Build.Dense(4, 2, [1, 10, 3, 20, 5, 30, 7, 60]);

    [Fact]
    public void Mean_and_deviation_are_those_of_a_channel_over_all_pixels_of_all_images()
    {
        ChannelStandardization scaling = ChannelStandardization.Fit(_images, _shape);
        scaling.Means.Should().Equal(4, 30);
        scaling.StandardDeviations.Should().Equal(Math.Sqrt(5), Math.Sqrt(350));
        (scaling.InputSize, scaling.OutputSize, scaling.Shape).Should().Be((4, 4, _shape));
        Matrix<double> scaled = scaling.Transform(_images);
        scaled[0, 0].Should().BeApproximately((1 - 4) / Math.Sqrt(5), 1e-15);
        scaled[3, 1].Should().BeApproximately((60 - 30) / Math.Sqrt(350), 1e-15);
        (scaling.Invert(scaled) - _images).InfinityNorm().Should().BeLessThan(1e-14);
    }

    [Fact]
    public void Given_numbers_are_applied_to_every_pixel()
    {
        var scaling = new ChannelStandardization(_shape, [1, 10], [2, 5]);
        scaling.Transform(_images).ToColumnMajorArray().Should().Equal(0, 0, 1, 2, 2, 4, 3, 10);
        float[] inPlace = [1, 10, 3, 20];
        scaling.Transform<float>(new ReadOnlyMatrixSpan<float>(inPlace, 4, 1), new MatrixSpan<float>(inPlace, 4, 1));
        inPlace.Should().Equal(0, 0, 1, 2);
    }

    [Fact]
    public void A_channel_that_is_everywhere_the_same_becomes_zero()
    {
        Matrix<float> images = Matrix<float>.Build.Dense(4, 2, [1, 0.1f, 3, 0.1f, 5, 0.1f, 7, 0.1f]);
        ChannelStandardization scaling = ChannelStandardization.Fit(images, _shape);
        scaling.StandardDeviations[1].Should().Be(1);
        scaling.Transform(images)[1, 1].Should().Be(0);
    }

    [Fact]
    public void Other_shapes_are_refused()
    {
        FluentActions.Invoking(() => new ChannelStandardization(_shape, [1, 2, 3], [1, 1, 1]))
            .Should().Throw<ArgumentException>()
            .WithMessage("Samples of 1 × 2 × 2 have 2 channels, but there are 3 means.*");
        FluentActions.Invoking(() => new ChannelStandardization(_shape, [1, 2], [1, 0]))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ChannelStandardization.Fit(_images, new(3, 2)))
            .Should().Throw<ArgumentException>()
            .WithMessage("Samples of 3 × 2 have 6 features, but those to fit to have 4.*");
        FluentActions.Invoking(
            () => new ChannelStandardization(_shape, [1, 2], [1, 1]).Transform(Matrix<double>.Build.Dense(2, 4)))
            .Should().Throw<ArgumentException>().WithMessage("The transform takes 4 features*");
    }
}
