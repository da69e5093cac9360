using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Convolutions;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Convolutions;

/// <summary>Layers that make images larger without parameters.</summary>
public sealed class ResizingTests
{
    [Fact]
    public void Zeros_around_an_image_and_a_sequence()
    {
        Run(new ZeroPadding<double>(new FeatureShape(2, 1, 2), (1, 0, 0, 1)), [1, 2, 3, 4])
            .Should().Equal(0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0);
        var layer = new ZeroPadding<double>(new FeatureShape(2, 2), (1, 2, 3, 4));
        layer.Padding.Should().Be(new Padding(1, 2, 0, 0));
        layer.OutputShape.Should().Be(new FeatureShape(5, 2));
        Run(layer, [1, 2, 3, 4]).Should().Equal(0, 0, 1, 2, 3, 4, 0, 0, 0, 0);
    }

    [Fact]
    public void Pixels_are_repeated()
    {
        Run(new UpSampling<double>(new FeatureShape(2, 2, 1), (2, 3)), [1, 2, 3, 4])
            .Should().Equal(1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 3, 3, 3, 4, 4, 4);
        Run(new UpSampling<double>(new FeatureShape(2, 2), 2), [1, 2, 3, 4]).Should().Equal(1, 2, 1, 2, 3, 4, 3, 4);
    }

    [Fact]
    public void Values_change_linearly_between_the_centres_of_pixels()
    {
        // Centres of the columns of a factor 4 at −3/8, −1/8, 1/8, 3/8, 5/8, 7/8, 9/8 and 11/8.
        Run(new UpSampling<double>(new FeatureShape(1, 2, 1), (1, 4), Interpolation.Bilinear), [0, 8])
            .Should().Equal(0, 0, 1, 3, 5, 7, 8, 8);

        // Of a factor 3 at −1/3, 0, 1/3, 2/3, 1 and 4/3.
        Run(new UpSampling<double>(new FeatureShape(2, 1), 3, Interpolation.Bilinear), [3, 6])
            .Should().Equal(3, 3, 4, 5, 6, 6);
        Run(new UpSampling<double>(new FeatureShape(2, 2, 1), 2, Interpolation.Bilinear), [0, 16, 32, 48])
            .Should().Equal(0, 4, 12, 16, 8, 12, 20, 24, 24, 28, 36, 40, 32, 36, 44, 48);
    }

    [Fact]
    public void A_pixel_that_has_no_share_may_be_infinite()
    {
        Run(
            new UpSampling<double>(new FeatureShape(1, 3, 1), (2, 3), Interpolation.Bilinear),
            [1, double.PositiveInfinity, 2]).Take(2).Should().Equal(1, 1);
    }

    [Theory]
    [InlineData(1, 1, 1, 1, 1, Interpolation.Bilinear)]
    [InlineData(3, 2, 2, 2, 3, Interpolation.Nearest)]
    [InlineData(4, 3, 1, 3, 1, Interpolation.Bilinear)]
    [InlineData(1, 5, 3, 2, 4, Interpolation.Bilinear)]
    [InlineData(3, 3, 17, 5, 2, Interpolation.Bilinear)]
    public void The_gradient_of_up_sampling_is_proven(
        int height, int width, int channels, int down, int across, Interpolation interpolation) =>
        RequireProven(new UpSampling<double>(
            new FeatureShape(height, width, channels), (down, across), interpolation));

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 2, 3, 0)]
    public void The_gradient_of_zero_padding_is_proven(int top, int bottom, int left, int right) =>
        RequireProven(new ZeroPadding<double>(new FeatureShape(3, 2, 3), (top, bottom, left, right)));

    [Fact]
    public void What_cannot_be_is_refused_in_words()
    {
        FeatureShape image = new(3, 3, 1);
        Refuse(() => new ZeroPadding<float>(image, -1)).WithMessage("padding must be at least 0*");
        Refuse(() => new ZeroPadding<float>(image, Padding.Same)).WithMessage("Padding.Same follows from windows*");
        Refuse(() => new ZeroPadding<float>(9, 1)).WithMessage("The input must be an image*sequence*9*");
        Refuse(() => new ZeroPadding<float>(image, int.MaxValue))
            .WithMessage("The output would be 4294967297 × 4294967297 × 1, more elements than can be counted*");
        Refuse(() => new UpSampling<float>(image, (1, 0))).WithMessage("factor must be at least 1*");
        Refuse(() => new UpSampling<float>(image, 1, (Interpolation)7)).WithMessage("There is no Interpolation 7*");
        Refuse(() => new UpSampling<float>(new FeatureShape(1, 2, 3, 4), 2)).WithMessage("The input must be an image*");
        Refuse(() => new UpSampling<float>(image, int.MaxValue)).WithMessage("*more elements than can be counted*");
        Refuse(() => new UpSampling<float>(image, 30000)).WithMessage("The shape 90000 × 90000 × 1 has more elements*");
    }

    private static Vector<double> Run(Layer<double> layer, double[] input) =>
        Network.Create<double>(layer.InputShape, seed: 1).Add(layer).Build()
            .Predict(Vector<double>.Build.Dense(input));

    private static void RequireProven(Layer<double> layer)
    {
        GradientCheckReport report = GradientCheck.Run(layer, TestData.Uniform<double>(layer.InputSize, 3, seed: 2));
        report.Comparisons.Should().OnlyContain(comparison => comparison.WorstRelativeError <= 1e-7, $"{report}");
    }

    private static FluentAssertions.Specialized.ExceptionAssertions<ArgumentException> Refuse(Func<object> make) =>
        FluentActions.Invoking(make).Should().Throw<ArgumentException>();
}
