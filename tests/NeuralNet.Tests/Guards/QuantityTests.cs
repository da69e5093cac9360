using NeuralNet.Guards;

namespace NeuralNet.Tests.Guards;

public sealed class QuantityTests
{
    [Fact]
    public void One_is_singular_and_all_else_plural()
    {
        new[] { 0L, 1, 2, 12345 }.Select(count => Quantity.Of(count, "feature"))
            .Should().Equal("0 features", "1 feature", "2 features", "12345 features");
        Quantity.Of(1, "class", "classes").Should().Be("1 class");
        Quantity.Of(3, "class", "classes").Should().Be("3 classes");
        Quantity.Are(1, "sample").Should().Be("is 1 sample");
        Quantity.Are(4_000_000_000, "sample").Should().Be("are 4000000000 samples");
    }
}
