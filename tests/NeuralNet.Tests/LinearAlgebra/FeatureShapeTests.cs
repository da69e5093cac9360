using NeuralNet.LinearAlgebra;

namespace NeuralNet.Tests.LinearAlgebra;

public sealed class FeatureShapeTests
{
    [Fact]
    public void The_number_of_features_is_described_in_the_singular_or_the_plural()
    {
        new FeatureShape(1).Describe().Should().Be("1 feature");
        new FeatureShape(1, 1).Describe().Should().Be("1 feature (1 × 1)");
        new FeatureShape(28, 28, 1).Describe().Should().Be("784 features (28 × 28 × 1)");
    }

    [Fact]
    public void An_image_has_height_width_and_channels_the_last_the_fastest()
    {
        var shape = new FeatureShape(28, 20, 3);
        shape.Size.Should().Be(28 * 20 * 3);
        shape.Rank.Should().Be(3);
        shape.Dimensions.Should().Equal(28, 20, 3);
        shape[1].Should().Be(20);
        shape.Channels.Should().Be(3);
        shape.Positions.Should().Be(28 * 20);
        shape.IsFlat.Should().BeFalse();
        shape.ToString().Should().Be("28 × 20 × 3");
        shape.WithChannels(7).Should().Be(new FeatureShape(28, 20, 7));
    }

    [Fact]
    public void A_number_is_a_flat_shape()
    {
        FeatureShape shape = 784;
        shape.IsFlat.Should().BeTrue();
        shape.Positions.Should().Be(1);
        shape.Channels.Should().Be(784);
        shape.ToString().Should().Be("784");
        (shape == FeatureShape.FromInt32(784)).Should().BeTrue();
    }

    [Fact]
    public void Shapes_are_equal_by_their_dimensions()
    {
        var shape = new FeatureShape(2, 3);
        shape.Equals(new FeatureShape(2, 3)).Should().BeTrue();
        shape.GetHashCode().Should().Be(new FeatureShape(2, 3).GetHashCode());
        (shape != new FeatureShape(3, 2)).Should().BeTrue();
        (shape == 6).Should().BeFalse("a flat shape is another reading");
        shape.Equals(null).Should().BeFalse();
        ((FeatureShape?)null == null).Should().BeTrue();
    }

    [Fact]
    public void A_flat_shape_and_one_of_the_same_size_can_be_read_as_each_other()
    {
        var shape = new FeatureShape(2, 3);
        shape.CanBeReadAs(6).Should().BeTrue();
        ((FeatureShape)6).CanBeReadAs(shape).Should().BeTrue();
        shape.CanBeReadAs(new FeatureShape(3, 2)).Should().BeFalse();
        shape.CanBeReadAs(5).Should().BeFalse();
    }

    [Fact]
    public void What_is_no_shape_is_refused()
    {
        FluentActions.Invoking(() => new FeatureShape())
            .Should().Throw<ArgumentException>().WithMessage("*1 to 8 dimensions*");
        FluentActions.Invoking(() => new FeatureShape(1, 1, 1, 1, 1, 1, 1, 1, 1)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new FeatureShape(2, 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => (FeatureShape)0)
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*at least 1*");
        FluentActions.Invoking(() => new FeatureShape(65536, 65536)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("The shape 65536 × 65536 has more elements than can be counted.*");
    }
}
