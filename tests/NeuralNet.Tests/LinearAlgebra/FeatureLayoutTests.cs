using MathNet.Numerics.LinearAlgebra;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Tests.LinearAlgebra;

public sealed class FeatureLayoutTests
{
    private static readonly FeatureLayout _layout =
        new(("image", new FeatureShape(1, 2, 1)), ("price", 1), ("kind", 3));

    [Fact]
    public void Ranges_follow_each_other()
    {
        _layout.Size.Should().Be(6);
        _layout.Select(range => (range.Name, range.Start, range.Size))
            .Should().Equal(("image", 0, 2), ("price", 2, 1), ("kind", 3, 3));
        _layout["kind"].Shape.Should().Be(new FeatureShape(3));
        _layout.Shape.Should().Be(new FeatureShape(6));
        new FeatureLayout(("image", new FeatureShape(2, 3))).Shape.Should().Be(new FeatureShape(2, 3));
        _layout.ToString().Should().Be("image: 1 × 2 × 1, price: 1, kind: 3");
    }

    [Fact]
    public void Matrices_are_joined_by_name_and_taken_apart_again()
    {
        Matrix<float> image = TestData.Uniform<float>(2, 4, seed: 1);
        Matrix<float> price = TestData.Uniform<float>(1, 4, seed: 2);
        Matrix<float> kind = TestData.Uniform<float>(3, 4, seed: 3);
        Matrix<float> joined = _layout.Join(("kind", kind), ("image", image), ("price", price));
        joined.Should().BeEquivalentTo(image.Stack(price).Stack(kind));
        _layout["image"].Of(joined).Should().BeEquivalentTo(image);
        _layout["price"].Of(joined).Should().BeEquivalentTo(price);
        _layout["kind"].Of(joined.Column(2)).Should().BeEquivalentTo(kind.Column(2));
    }

    [Fact]
    public void Arrays_are_joined_sample_by_sample()
    {
        float[] joined = _layout.Join<float>(
            ("image", [1, 2, 7, 8]), ("price", [3, 9]), ("kind", [4, 5, 6, 10, 11, 12]));
        joined.Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        _layout["kind"].Of<float>(joined.AsSpan(0, 6)).ToArray().Should().Equal(4, 5, 6);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Matrix<float> image = Matrix<float>.Build.Dense(2, 4);
        Matrix<float> price = Matrix<float>.Build.Dense(1, 4);
        Refused(() => _layout.Join(("image", image), ("price", price)), "'kind' (3 features) is missing*");
        Refused(() => _layout.Join(("image", image), ("image", image)), "'image' is given twice*");
        Refused(
            () => _layout.Join(("images", image)),
            "There is no 'images'; there are image, price, kind. Did you mean 'image'?*");
        Refused(
            () => _layout.Join(("image", image), ("price", image), ("kind", image)),
            "'price' must be 1 × 4 (rows × samples, as many as 'image' has), but is 2 × 4.*");
        Refused(
            () => _layout.Join<float>(("image", [1, 2]), ("price", [1]), ("kind", [1, 2])),
            "'kind' has 3 numbers per sample, so of 1 sample, as many as 'image' has, there must be 3, but * 2.*");
        Refused(
            () => _layout["price"].Of(image), "'price' is a range of samples of 6 rows (*), but there are 2 rows.*");
        FluentActions.Invoking(() => _layout["prize"]).Should().Throw<KeyNotFoundException>()
            .WithMessage("*Did you mean 'price'?");
    }

    [Theory]
    [InlineData("", "*not blank*")]
    [InlineData(" ", "*not blank*")]
    [InlineData("a\u0007", "*none of them invisible*")]
    [InlineData("price", "Two ranges of rows are named 'price'*")]
    public void Names_are_checked(string name, string message) =>
        Refused(() => new FeatureLayout(("price", 1), (name, 2)), message);

    [Fact]
    public void There_are_ranges_and_no_more_rows_than_can_be_counted()
    {
        Refused(() => new FeatureLayout(), "There must be at least one range*");
        Refused(() => new FeatureLayout(("a", int.MaxValue), ("b", 1)), "Up to 'b' there are more rows*");
        Refused(() => new FeatureLayout((new string('x', 101), 1)), "*1 to 100 characters*");
    }

    private static void Refused(Func<object> action, string message) =>
        FluentActions.Invoking(action).Should().Throw<ArgumentException>().WithMessage(message);
}
