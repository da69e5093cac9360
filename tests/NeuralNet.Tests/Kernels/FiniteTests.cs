using NeuralNet.Kernels;

namespace NeuralNet.Tests.Kernels;

public sealed class FiniteTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void One_value_anywhere_is_found(double value)
    {
        for (int length = 1; length < 80; length++)
        {
            for (int at = 0; at < length; at++)
            {
                double[] doubles = Enumerable.Repeat(double.MaxValue, length).ToArray();
                float[] singles = Enumerable.Repeat(-float.MaxValue, length).ToArray();
                Finite.All<double>(doubles).Should().BeTrue();
                Finite.All<float>(singles).Should().BeTrue();
                doubles[at] = value;
                singles[at] = (float)value;
                if (Finite.All<double>(doubles) || Finite.All<float>(singles))
                {
                    Assert.Fail($"{value} at {at} of {length} was not found.");
                }
            }
        }
    }

    [Fact]
    public void Nothing_is_finite() => Finite.All<float>([]).Should().BeTrue();
}
